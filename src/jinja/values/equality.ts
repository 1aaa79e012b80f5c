import { Timestamp } from "../../values.ts";
import { asMapping, entriesOf, getItem, hash, sizeOf } from "./dict.ts";
import { DictView } from "./dict_view.ts";
import { fail } from "../error.ts";
import { iterate } from "./iterate.ts";
import { asNumber, sameNumber } from "./numbers.ts";
import { asText } from "./markup.ts";
import { Budget } from "./walk_budget.ts";
import { Range } from "./range.ts";
import { Tuple } from "./tuple.ts";
import { typeName } from "./type_name.ts";
import { Undefined } from "../runtime/undefined.ts";
import type { Runtime } from "../runtime/runtime.ts";
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
