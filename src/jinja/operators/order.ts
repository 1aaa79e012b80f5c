import { compareText } from "../../formats/python_text.ts";
import { Timestamp } from "../../values.ts";
import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { Undefined } from "../runtime/undefined.ts";
import { isSame } from "../values/equality.ts";
import { asText } from "../values/markup.ts";
import { asNumber, sameNumber } from "../values/numbers.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type_name.ts";

/**
 * Orders two values as Python does.
 *
 * @param operator The operator that messages name.
 * @returns Negative, zero or positive; NaN if neither is smaller.
 * @throws {TemplateFailure} If the values have no order.
 */
export function order(
  budget: Budget,
  left: unknown,
  right: unknown,
  operator = "<",
): number {
  budget.step();
  const number = asNumber(left);
  const other = asNumber(right);
  if (number !== undefined && other !== undefined) {
    if (number < other) return -1;
    if (number > other) return 1;
    return sameNumber(number, other) ? 0 : NaN;
  }
  const text = asText(left);
  const otherText = asText(right);
  if (text !== undefined && otherText !== undefined) {
    budget.scan(Math.min(text.length, otherText.length));
    return compareText(text, otherText);
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return orderItems(budget, left, right, operator);
  }
  if (left instanceof Tuple && right instanceof Tuple) {
    return orderItems(budget, left.items, right.items, operator);
  }
  if (
    left instanceof Timestamp && right instanceof Timestamp &&
    left.kind === right.kind
  ) {
    return compareText(left.text, right.text);
  }
  if (left instanceof Undefined) left.fail();
  if (right instanceof Undefined) right.fail();
  fail(
    `'${operator}' not supported between instances of ` +
      `'${typeName(left)}' and '${typeName(right)}'`,
    "Compare values of the same type",
  );
}

function orderItems(
  budget: Budget,
  left: readonly unknown[],
  right: readonly unknown[],
  operator: string,
): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    if (!isSame(budget, left[index], right[index])) {
      return order(budget, left[index], right[index], operator);
    }
  }
  return left.length - right.length;
}
