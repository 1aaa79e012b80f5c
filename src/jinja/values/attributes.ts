import { asMapping, getItem, isHashable } from "./dict.ts";
import { fail, TemplateFailure } from "../error.ts";
import { asInteger, type Integer } from "./numbers.ts";
import {
  asText,
  describeObject,
  makeUndefined,
  Markup,
  Range,
  refuse,
  TemplateObject,
  Tuple,
  typeName,
  Undefined,
} from "./objects.ts";
import type { Runtime } from "./runtime.ts";
import { lower } from "./strings.ts";
import { characters, sliceText, textLength, toRepr } from "./text.ts";

/** What `target.name` is: an attribute, else an item. */
export function getAttribute(
  runtime: Runtime,
  target: unknown,
  name: string,
): unknown {
  const found = attributeOf(runtime, target, name) ?? itemOf(target, name);
  return found === undefined ? missing(runtime, target, name) : found;
}

/** What `target[key]` is: an item, else an attribute. */
export function getSubscript(
  runtime: Runtime,
  target: unknown,
  key: unknown,
): unknown {
  let found = itemOf(target, key);
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
      ? `${describeObject(target)} has no element ${safeRepr(key)}`
      : `'${describeObject(target)}' has no attribute '${name}'`,
  );
}

function safeRepr(key: unknown): string {
  try {
    return toRepr(key);
  } catch (error) {
    if (error instanceof TemplateFailure) return typeName(key);
    throw error;
  }
}

function itemOf(target: unknown, key: unknown): unknown {
  if (target instanceof Undefined) target.fail();
  const mapping = asMapping(target);
  if (mapping !== undefined) {
    return isHashable(key) ? getItem(mapping, key) : undefined;
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
  const position = place(index, textLength(text));
  return position === undefined
    ? undefined
    : markupLike(target, sliceText(text, position, position + 1));
}

function markupLike(model: unknown, text: string): unknown {
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

/** The bounds of a slice; `undefined` where one is left out. */
interface SliceBounds {
  readonly start: unknown;
  readonly stop: unknown;
  readonly step: unknown;
}

/** What `target[start:stop:step]` is. */
export function getSlice(
  runtime: Runtime,
  target: unknown,
  bounds: SliceBounds,
): unknown {
  const text = asText(target);
  if (text !== undefined) {
    const items = characters(text);
    const picked = positions(items.length, bounds).map((at) => items[at]);
    return markupLike(target, picked.join(""));
  }
  if (Array.isArray(target)) return pick(runtime, target, bounds);
  if (target instanceof Tuple) {
    return new Tuple(pick(runtime, target.items, bounds));
  }
  if (target instanceof Range) return sliceRange(target, bounds);
  return refuse(target, `'${typeName(target)}' cannot be sliced`);
}

/** As {@linkcode getSlice}; but what Jinja2 cuts before it renders is undefined rather than an error. */
export function getConstantSlice(
  runtime: Runtime,
  target: unknown,
  bounds: SliceBounds,
): unknown {
  try {
    return getSlice(runtime, target, bounds);
  } catch (error) {
    if (!(error instanceof TemplateFailure) || bounds.step === 0) throw error;
    return makeUndefined(runtime, error.message);
  }
}

function pick(
  runtime: Runtime,
  items: readonly unknown[],
  bounds: SliceBounds,
): unknown[] {
  const picked = positions(items.length, bounds);
  runtime.step(picked.length);
  return picked.map((at) => items[at]);
}

function sliceRange(range: Range, bounds: SliceBounds): Range {
  const { start, stop, step } = resolve(range.length, bounds);
  return new Range(
    range.start + start * range.step,
    range.start + stop * range.step,
    range.step * step,
  );
}

function positions(length: number, bounds: SliceBounds): number[] {
  const { start, stop, step } = resolve(length, bounds);
  const result: number[] = [];
  if (step > 0) { for (let at = start; at < stop; at += step) result.push(at); }
  else for (let at = start; at > stop; at += step) result.push(at);
  return result;
}

function resolve(
  length: number,
  bounds: SliceBounds,
): { start: number; stop: number; step: number } {
  const step = bound(bounds.step) ?? 1;
  if (step === 0) fail("the step of a slice is zero");
  const lowest = step < 0 ? -1 : 0;
  const highest = step < 0 ? length - 1 : length;
  function clamp(value: number): number {
    const position = value < 0 ? value + length : value;
    return Math.min(Math.max(position, lowest), highest);
  }
  const start = bound(bounds.start);
  const stop = bound(bounds.stop);
  return {
    start: start === undefined ? (step < 0 ? highest : lowest) : clamp(start),
    stop: stop === undefined ? (step < 0 ? lowest : highest) : clamp(stop),
    step,
  };
}

function bound(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = asInteger(value) ??
    refuse(value, "the bounds of a slice are integers");
  return Number(number);
}

/** What is done with what an attribute's path leads to. */
interface PathOptions {
  /** Stands in for what is undefined. */
  readonly fallback?: unknown;
  /** Whether texts are made lower case, so that they compare so. */
  readonly ignoresCase?: boolean;
}

/**
 * Makes a function that follows the attribute that filters such as `map` take:
 * names apart by points, whole numbers as indexes; none: the item itself.
 */
export function attributePath(
  runtime: Runtime,
  attribute: unknown,
  options: PathOptions = {},
): (item: unknown) => unknown {
  const { fallback, ignoresCase = false } = options;
  const parts = pathParts(attribute);
  return function follow(item: unknown): unknown {
    let value = item;
    for (const part of parts) {
      value = getSubscript(runtime, value, part);
      if (
        fallback !== undefined && fallback !== null &&
        value instanceof Undefined
      ) {
        value = fallback;
      }
    }
    return ignoresCase ? withoutCase(value) : value;
  };
}

/** Makes a text lower case and leaves everything else. */
export function withoutCase(value: unknown): unknown {
  const text = asText(value);
  return text === undefined ? value : lower(text);
}

/** Reads an attribute that is several, apart by commas. */
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

function pathParts(attribute: unknown): unknown[] {
  if (attribute === null || attribute === undefined) return [];
  const text = asText(attribute);
  if (text === undefined) return [asInteger(attribute) ?? attribute];
  return text.split(".").map((part) =>
    /^\d+$/.test(part) ? Number(part) : part
  );
}
