import { compareText } from "../../formats/python_text.ts";
import { Float, Timestamp } from "../../values.ts";
import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { TemplateObject, Undefined } from "../runtime/runtime.ts";
import { asMapping, getItem, isEmpty } from "../values/dict.ts";
import { isSame, iterator } from "../values/items.ts";
import { Range, Tuple } from "../values/objects.ts";
import {
  asNumber,
  asText,
  refuse,
  sameNumber,
  typeName,
} from "../values/scalars.ts";

/** Reports whether a value is true in a condition, as Python's `bool()` does. */
export function isTrue(value: unknown): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "string":
      return value !== "";
    case "number":
      return value !== 0;
    case "bigint":
      return value !== 0n;
  }
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof TemplateObject) return value.isTrue();
  if (value instanceof Float) return value.value !== 0;
  const mapping = asMapping(value);
  return mapping === undefined || !isEmpty(mapping);
}

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

/** Reports whether a container holds a value, as Python's `in` does. */
export function contains(
  budget: Budget,
  container: unknown,
  value: unknown,
): boolean {
  const text = asText(container);
  if (text !== undefined) {
    budget.scan(text.length);
    const part = asText(value) ?? refuse(
      value,
      `'in <string>' requires string as left operand, not ${typeName(value)}`,
    );
    return text.includes(part);
  }
  const mapping = asMapping(container);
  if (mapping !== undefined) {
    return getItem(budget, mapping, value) !== undefined;
  }
  if (container instanceof Range) return rangeContains(container, value);
  const items = iterator(budget, container);
  if (items === undefined) {
    fail(`argument of type '${typeName(container)}' is not iterable`);
  }
  for (let next = items.next(); !next.done; next = items.next()) {
    if (isSame(budget, next.value, value)) return true;
  }
  return false;
}

function rangeContains(range: Range, value: unknown): boolean {
  // Comparing a strict undefined value with a number is an error.
  if (value instanceof Undefined && range.isTrue()) return value.equals(0);
  // Nothing but a number equals a number.
  const number = asNumber(value);
  return number !== undefined && range.indexOf(number) !== undefined;
}
