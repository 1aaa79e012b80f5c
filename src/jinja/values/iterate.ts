import { asMapping, keysOf, sizeOf } from "./dict.ts";
import { asText } from "./markup.ts";
import { refuse, typeName } from "./type_name.ts";
import { TemplateObject } from "../runtime/object.ts";
import { Tuple } from "./tuple.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { characters, textLength } from "../strings/characters.ts";

/** Goes through a value's items as Python's `iter()` does. */
export function iterator(value: unknown): Iterator<unknown> | undefined {
  if (Array.isArray(value)) return value.values();
  const text = asText(value);
  if (text !== undefined) return characters(text).values();
  if (value instanceof TemplateObject) return value.iterate();
  const mapping = asMapping(value);
  return mapping === undefined ? undefined : keysOf(mapping).values();
}

/** Goes through a value's items and counts them, or says that it has none. */
export function* iterate(
  runtime: Runtime,
  value: unknown,
): Generator<unknown, void> {
  const items = iterator(value) ??
    refuse(value, `'${typeName(value)}' object is not iterable`);
  for (let next = items.next(); !next.done; next = items.next()) {
    runtime.budget.step();
    yield next.value;
  }
}

/** Makes a list of a value's items. */
export function toList(runtime: Runtime, value: unknown): unknown[] {
  if (Array.isArray(value)) {
    runtime.budget.step(value.length);
    return value.slice();
  }
  if (value instanceof Tuple) return value.items.slice();
  return [...iterate(runtime, value)];
}

/** How many items a value has; `undefined` if it has no length. */
export function lengthOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  const text = asText(value);
  if (text !== undefined) return textLength(text);
  if (value instanceof TemplateObject) return value.length;
  const mapping = asMapping(value);
  return mapping === undefined ? undefined : sizeOf(mapping);
}

/** How many items a value has, or an error if it has no length. */
export function requireLength(value: unknown): number {
  return lengthOf(value) ??
    refuse(value, `object of type '${typeName(value)}' has no len()`);
}
