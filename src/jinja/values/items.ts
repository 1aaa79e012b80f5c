import { Timestamp } from "../../values.ts";
import type { Budget } from "../runtime/budget.ts";
import { TemplateObject, Undefined } from "../runtime/runtime.ts";
import { characters, textLength } from "../strings/text.ts";
import {
  type AnyMapping,
  asMapping,
  entriesOf,
  getItem,
  keysOf,
  sizeOf,
} from "./dict.ts";
import { Tuple } from "./objects.ts";
import {
  asNumber,
  asText,
  Markup,
  refuse,
  sameNumber,
  typeName,
} from "./scalars.ts";

/** Returns what Python's `iter()` returns; `undefined` if the value has no items. */
export function iterator(
  budget: Budget,
  value: unknown,
): Iterator<unknown> | undefined {
  if (Array.isArray(value)) return value.values();
  const text = asText(value);
  if (text !== undefined) return characters(budget, text).values();
  if (value instanceof TemplateObject) return value.iterate();
  const mapping = asMapping(value);
  return mapping === undefined ? undefined : keysOf(budget, mapping).values();
}

/** Reports whether a value has items to iterate over. */
export function isIterable(value: unknown): boolean {
  if (value instanceof TemplateObject) {
    return value instanceof Markup || value.iterate() !== undefined;
  }
  return Array.isArray(value) || typeof value === "string" ||
    asMapping(value) !== undefined;
}

/**
 * Iterates over the items of a value and charges a step for each.
 *
 * @throws {TemplateFailure} If the value has no items.
 */
export function* iterate(
  budget: Budget,
  value: unknown,
): Generator<unknown, void> {
  const items = iterator(budget, value) ??
    refuse(value, `'${typeName(value)}' object is not iterable`);
  for (let next = items.next(); !next.done; next = items.next()) {
    budget.step();
    yield next.value;
  }
}

/**
 * Returns the items of a value as a new list.
 *
 * @throws {TemplateFailure} If the value has no items.
 */
export function toList(budget: Budget, value: unknown): unknown[] {
  const items = value instanceof Tuple ? value.items : value;
  if (Array.isArray(items)) {
    budget.allocateList(items.length);
    return items.slice();
  }
  const list: unknown[] = [];
  for (const item of iterate(budget, value)) {
    budget.allocateList(1);
    list.push(item);
  }
  return list;
}

/** Returns how many items a value has; `undefined` if it has no length. */
export function lengthOf(budget: Budget, value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  const text = asText(value);
  if (text !== undefined) return textLength(budget, text);
  if (value instanceof TemplateObject) return value.length;
  const mapping = asMapping(value);
  return mapping === undefined ? undefined : sizeOf(budget, mapping);
}

/**
 * Returns how many items a value has.
 *
 * @throws {TemplateFailure} If it has no length.
 */
export function requireLength(budget: Budget, value: unknown): number {
  return lengthOf(budget, value) ??
    refuse(value, `object of type '${typeName(value)}' has no len()`);
}

/** Reports whether two values are equal, as Python's `==` does. */
export function isEqual(
  budget: Budget,
  left: unknown,
  right: unknown,
): boolean {
  budget.step();
  if (left instanceof Undefined) return left.equals(right);
  if (right instanceof Undefined) return right.equals(left);
  if (left === right) return true;
  const number = asNumber(left);
  if (number !== undefined) {
    const other = asNumber(right);
    return other !== undefined && sameNumber(number, other);
  }
  const text = asText(left);
  if (text !== undefined) return sameText(budget, text, asText(right));
  if (Array.isArray(left)) {
    return Array.isArray(right) && sameItems(budget, left, right);
  }
  if (left instanceof Timestamp) {
    return right instanceof Timestamp && left.text === right.text;
  }
  const mapping = asMapping(left);
  if (mapping !== undefined) {
    const other = asMapping(right);
    return other !== undefined && sameEntries(budget, mapping, other);
  }
  return left instanceof TemplateObject &&
    left.equals(right, (a, b) => isEqual(budget, a, b));
}

function sameText(
  budget: Budget,
  left: string,
  right: string | undefined,
): boolean {
  if (right === undefined || left.length !== right.length) return false;
  budget.scan(left.length);
  return left === right;
}

function sameItems(
  budget: Budget,
  left: readonly unknown[],
  right: readonly unknown[],
): boolean {
  return left.length === right.length &&
    left.every((item, index) => isSame(budget, item, right[index]));
}

function sameEntries(
  budget: Budget,
  left: AnyMapping,
  right: AnyMapping,
): boolean {
  return sizeOf(budget, left) === sizeOf(budget, right) &&
    entriesOf(budget, left).every(([key, value]) => {
      const other = getItem(budget, right, key);
      return other !== undefined && isSame(budget, value, other);
    });
}

/** Reports whether two items are the same object or equal: containers ask this, not `==`. */
export function isSame(budget: Budget, left: unknown, right: unknown): boolean {
  return left === right || isEqual(budget, left, right);
}
