import { compareText } from "../../formats/json.ts";
import { Timestamp } from "../../values.ts";
import { fail } from "../error.ts";
import { asNumber, sameNumber } from "./numbers.ts";
import { asText } from "./markup.ts";
import { Tuple } from "./tuple.ts";
import { typeName } from "./type_name.ts";
import { Undefined } from "../runtime/undefined.ts";
import { isEqual } from "./equality.ts";
/** Orders two values as Python does: negative, zero, positive; NaN: neither. */
export function order(left: unknown, right: unknown, operator = "<"): number {
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
    return compareText(text, otherText);
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return orderItems(left, right, operator);
  }
  if (left instanceof Tuple && right instanceof Tuple) {
    return orderItems(left.items, right.items, operator);
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
    `'${operator}' does not compare '${typeName(left)}' with '${
      typeName(right)
    }'`,
    "Compare values of one kind",
  );
}

function orderItems(
  left: readonly unknown[],
  right: readonly unknown[],
  operator: string,
): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    if (!isEqual(left[index], right[index])) {
      return order(left[index], right[index], operator);
    }
  }
  return left.length - right.length;
}
