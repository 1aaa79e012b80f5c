import type { Budget } from "../runtime/budget.ts";
import { TemplateObject } from "../runtime/object.ts";
import { characters, textLength } from "../strings/characters.ts";
import { asMapping, keysOf, sizeOf } from "./dict.ts";
import { asText, Markup } from "./markup.ts";
import { Tuple } from "./tuple.ts";
import { refuse, typeName } from "./type_name.ts";

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
