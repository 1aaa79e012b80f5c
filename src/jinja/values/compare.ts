import { compareText } from "../../formats/json.ts";
import { Float, Timestamp } from "../../values.ts";
import { asMapping, entriesOf, getItem, hash, sizeOf } from "./dict.ts";
import { DictView } from "../methods/dict.ts";
import { fail } from "../error.ts";
import { iterate } from "./iterate.ts";
import { asNumber, sameNumber } from "./numbers.ts";
import {
  asText,
  Budget,
  Range,
  TemplateObject,
  Tuple,
  typeName,
  Undefined,
} from "./objects.ts";
import type { Runtime } from "./runtime.ts";

/** Tells whether a value counts as true in Python. */
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
  return mapping === undefined || sizeOf(mapping) > 0;
}

/** Compares as Python's `==` does. */
export function isEqual(
  left: unknown,
  right: unknown,
  budget?: Budget,
): boolean {
  if (left === right) return true;
  const number = asNumber(left);
  if (number !== undefined) {
    const other = asNumber(right);
    return other !== undefined && sameNumber(number, other);
  }
  const text = asText(left);
  if (text !== undefined) return text === asText(right);
  if (left instanceof Undefined) return right instanceof Undefined;
  if (Array.isArray(left)) {
    return Array.isArray(right) && sameItems(left, right, budget);
  }
  if (left instanceof Tuple) {
    return right instanceof Tuple && sameItems(left.items, right.items, budget);
  }
  if (left instanceof Range) {
    return right instanceof Range && sameRange(left, right);
  }
  if (left instanceof Timestamp) {
    return right instanceof Timestamp && left.text === right.text;
  }
  if (left instanceof DictView) {
    return right instanceof DictView && left.equals(right, isEqual);
  }
  return sameMapping(left, right, budget);
}

function sameItems(
  left: readonly unknown[],
  right: readonly unknown[],
  budget = new Budget(),
): boolean {
  budget.spend();
  return left.length === right.length &&
    left.every((item, index) => isEqual(item, right[index], budget));
}

function sameRange(left: Range, right: Range): boolean {
  if (left.length !== right.length) return false;
  if (left.length === 0) return true;
  return left.start === right.start &&
    (left.length === 1 || left.step === right.step);
}

function sameMapping(
  left: unknown,
  right: unknown,
  budget = new Budget(),
): boolean {
  budget.spend();
  const a = asMapping(left);
  const b = asMapping(right);
  if (a === undefined || b === undefined || sizeOf(a) !== sizeOf(b)) {
    return false;
  }
  return entriesOf(a).every(([key, value]) => {
    const other = getItem(b, key);
    return other !== undefined && isEqual(value, other, budget);
  });
}

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

/** Tells whether a value is among others, as Python's `in` does. */
export function contains(
  runtime: Runtime,
  container: unknown,
  value: unknown,
): boolean {
  const text = asText(container);
  if (text !== undefined) {
    const part = asText(value);
    if (part !== undefined) return text.includes(part);
    if (value instanceof Undefined) value.fail();
    fail(`'in' needs a string on its left, not '${typeName(value)}'`);
  }
  const mapping = asMapping(container);
  if (mapping !== undefined) {
    hash(value);
    return getItem(mapping, value) !== undefined;
  }
  const number = container instanceof Range ? asNumber(value) : undefined;
  if (container instanceof Range && number !== undefined) {
    return container.indexOf(Number(number)) >= 0;
  }
  for (const item of iterate(runtime, container)) {
    if (isEqual(item, value)) return true;
  }
  return false;
}
