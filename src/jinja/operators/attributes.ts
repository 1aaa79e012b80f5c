import { LimitFailure } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import {
  makeUndefined,
  type Runtime,
  TemplateObject,
  Undefined,
} from "../runtime/runtime.ts";
import { lower } from "../strings/case.ts";
import { sliceText, textLength } from "../strings/text.ts";
import { asMapping, getItem } from "../values/dict.ts";
import { Range, Tuple } from "../values/objects.ts";
import { toRepr } from "../values/print.ts";
import {
  asInteger,
  asText,
  describeObject,
  htmlIf,
  type Integer,
  isHashable,
  Markup,
  typeName,
} from "../values/scalars.ts";

/** Returns `target.name`: an attribute, else an item, else an undefined value. */
export function getAttribute(
  runtime: Runtime,
  target: unknown,
  name: string,
): unknown {
  runtime.budget.tick();
  let found = attributeOf(runtime, target, name);
  if (found === undefined) found = itemOf(runtime.budget, target, name);
  return found === undefined ? missing(runtime, target, name) : found;
}

/** Returns `target[key]`: an item, else an attribute, else an undefined value. */
export function getSubscript(
  runtime: Runtime,
  target: unknown,
  key: unknown,
): unknown {
  runtime.budget.tick();
  let found = itemOf(runtime.budget, target, key);
  if (found === undefined) {
    const name = asText(key);
    if (name !== undefined) found = attributeOf(runtime, target, name);
  }
  return found === undefined ? missing(runtime, target, key) : found;
}

/** Returns what Python's `getattr()` finds, which is never an item; `undefined` if there is nothing. */
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

/** Returns the undefined value of a missing attribute or item. */
export function missing(
  runtime: Runtime,
  target: unknown,
  key: unknown,
): Undefined {
  const name = asText(key);
  const object = describeObject(target);
  return makeUndefined(
    runtime,
    () =>
      name === undefined
        ? `${object} has no element ${describeKey(runtime.budget, key)}`
        : `'${object}' has no attribute '${name}'`,
  );
}

function describeKey(budget: Budget, key: unknown): string {
  try {
    return toRepr(budget, key);
  } catch (error) {
    if (error instanceof LimitFailure) throw error;
    return typeName(key);
  }
}

/** Reports whether Python lets a value be subscripted. */
export function isSubscriptable(value: unknown): boolean {
  return Array.isArray(value) || asText(value) !== undefined ||
    value instanceof Tuple || value instanceof Range ||
    value instanceof Undefined || asMapping(value) !== undefined;
}

/**
 * Returns the item of a key or index; `undefined` if there is none.
 *
 * @throws {TemplateFailure} If the target is an undefined value.
 */
export function itemOf(budget: Budget, target: unknown, key: unknown): unknown {
  if (target instanceof Undefined) target.fail();
  const mapping = asMapping(target);
  if (mapping !== undefined) {
    return isHashable(budget, key) ? getItem(budget, mapping, key) : undefined;
  }
  const index = asInteger(key);
  if (index === undefined) return undefined;
  if (Array.isArray(target)) return itemAt(target, index);
  if (target instanceof Tuple) return itemAt(target.items, index);
  if (target instanceof Range) return numberAt(target, index);
  const text = asText(target);
  return text === undefined
    ? undefined
    : characterAt(budget, text, index, target instanceof Markup);
}

function characterAt(
  budget: Budget,
  text: string,
  index: Integer,
  isHtml: boolean,
): unknown {
  const position = positionOf(index, textLength(budget, text));
  if (position === undefined) return undefined;
  return htmlIf(isHtml, sliceText(budget, text, position, position + 1));
}

function numberAt(range: Range, index: Integer): Integer | undefined {
  const { size } = range;
  const position = index < 0 ? BigInt(size) + BigInt(index) : index;
  return position >= 0 && position < size ? range.item(position) : undefined;
}

function itemAt(items: readonly unknown[], index: Integer): unknown {
  const position = positionOf(index, items.length);
  return position === undefined ? undefined : items[position];
}

/** Returns the position that an index names; `undefined` if it is out of range. */
function positionOf(index: Integer, length: number): number | undefined {
  const position = Number(index) < 0 ? Number(index) + length : Number(index);
  return position >= 0 && position < length ? position : undefined;
}

/** Options of {@linkcode attributePath}. */
interface PathOptions {
  /** Replaces undefined values, unless it is none. */
  readonly fallback?: unknown;
  /**
   * Whether strings are converted to lower case, so that comparisons ignore case.
   *
   * @default {false}
   */
  readonly ignoresCase?: boolean;
}

/**
 * Compiles the attribute that filters such as `map` take: names separated by dots,
 * where digits are indexes. None stands for the item itself.
 */
export function attributePath(
  runtime: Runtime,
  attribute: unknown,
  options: PathOptions = {},
): (item: unknown) => unknown {
  const { fallback = null, ignoresCase = false } = options;
  const parts = pathParts(attribute);
  return function follow(item: unknown): unknown {
    let value = item;
    for (const part of parts) {
      runtime.budget.step();
      value = getSubscript(runtime, value, part);
      if (fallback !== null && value instanceof Undefined) value = fallback;
    }
    return ignoresCase ? withoutCase(runtime.budget, value) : value;
  };
}

/** Compiles an attribute that may be several, separated by commas. */
export function attributePaths(
  runtime: Runtime,
  attribute: unknown,
  options: PathOptions = {},
): (item: unknown) => unknown[] {
  const text = asText(attribute);
  const paths = (text === undefined ? [attribute] : text.split(","))
    .map((path) => attributePath(runtime, path, options));
  return (item) => paths.map((follow) => follow(item));
}

/** Converts a string to lower case and returns other values as they are. */
export function withoutCase(budget: Budget, value: unknown): unknown {
  const text = asText(value);
  return text === undefined ? value : lower(budget, text);
}

function pathParts(attribute: unknown): unknown[] {
  if (attribute === null || attribute === undefined) return [];
  const text = asText(attribute);
  if (text === undefined) return [asInteger(attribute) ?? attribute];
  return text.split(".").map((part) =>
    /^\d+$/.test(part) ? Number(part) : part
  );
}
