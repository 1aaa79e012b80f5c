import { asMapping, getItem } from "../values/dict.ts";
import { isHashable } from "../values/hash.ts";
import type { Budget } from "../runtime/budget.ts";
import { TemplateFailure } from "../error.ts";
import { asInteger, type Integer } from "../values/numbers.ts";
import { asText, Markup } from "../values/markup.ts";
import { describeObject, typeName } from "../values/type_name.ts";
import { makeUndefined, Undefined } from "../runtime/undefined.ts";
import { Range } from "../values/range.ts";
import { TemplateObject } from "../runtime/object.ts";
import { Tuple } from "../values/tuple.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { sliceText, textLength } from "../strings/characters.ts";
import { toRepr } from "../values/print.ts";
/** What `target.name` is: an attribute, else an item. */
export function getAttribute(
  runtime: Runtime,
  target: unknown,
  name: string,
): unknown {
  const found = attributeOf(runtime, target, name) ??
    itemOf(runtime.budget, target, name);
  return found === undefined ? missing(runtime, target, name) : found;
}

/** What `target[key]` is: an item, else an attribute. */
export function getSubscript(
  runtime: Runtime,
  target: unknown,
  key: unknown,
): unknown {
  let found = itemOf(runtime.budget, target, key);
  if (found === undefined) {
    const name = asText(key);
    if (name !== undefined) found = attributeOf(runtime, target, name);
  }
  return found === undefined ? missing(runtime, target, key) : found;
}

/** What Python's `getattr` finds: a member or a method, never an item. */
export function attributeOf(
  runtime: Runtime,
  target: unknown,
  name: string,
): unknown {
  if (target instanceof TemplateObject) {
    const own = target.attribute(name);
    if (own !== undefined) return own;
  }
  return runtime.findMethod(target, name);
}

/** Makes what a missing attribute or item is. */
export function missing(
  runtime: Runtime,
  target: unknown,
  key: unknown,
): Undefined {
  const name = asText(key);
  return makeUndefined(
    runtime,
    name === undefined
      ? `${describeObject(target)} has no element ${
        safeRepr(runtime.budget, key)
      }`
      : `'${describeObject(target)}' has no attribute '${name}'`,
  );
}

function safeRepr(budget: Budget, key: unknown): string {
  try {
    return toRepr(budget, key);
  } catch (error) {
    if (error instanceof TemplateFailure) return typeName(key);
    throw error;
  }
}

function itemOf(budget: Budget, target: unknown, key: unknown): unknown {
  if (target instanceof Undefined) target.fail();
  const mapping = asMapping(target);
  if (mapping !== undefined) {
    return isHashable(budget, key) ? getItem(budget, mapping, key) : undefined;
  }
  const index = asInteger(key);
  if (index === undefined) return undefined;
  if (Array.isArray(target)) return itemAt(target, index);
  if (target instanceof Tuple) return itemAt(target.items, index);
  if (target instanceof Range) {
    const position = place(index, target.length);
    return position === undefined ? undefined : target.item(position);
  }
  const text = asText(target);
  if (text === undefined) return undefined;
  const position = place(index, textLength(budget, text));
  return position === undefined ? undefined : markupLike(
    target,
    sliceText(budget, text, position, position + 1),
  );
}

export function markupLike(model: unknown, text: string): unknown {
  return model instanceof Markup ? new Markup(text) : text;
}

function itemAt(items: readonly unknown[], index: Integer): unknown {
  const position = place(index, items.length);
  return position === undefined ? undefined : items[position];
}

/** The position that an index names, counted from the end if it is negative. */
function place(index: Integer, length: number): number | undefined {
  const position = Number(index) < 0 ? Number(index) + length : Number(index);
  return position >= 0 && position < length ? position : undefined;
}
