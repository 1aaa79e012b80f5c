import { integerValue } from "../../values.ts";
import { fail, LimitFailure, TemplateFailure } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import {
  makeUndefined,
  type Runtime,
  TemplateObject,
  Undefined,
} from "../runtime/runtime.ts";
import { characters, sliceText, textLength } from "../strings/text.ts";
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
  refuse,
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

/** The three parts of `[start:stop:step]`; `undefined` where one is left out. */
export interface SliceBounds {
  /** The first position. */
  readonly start: unknown;
  /** The position before which the slice ends. */
  readonly stop: unknown;
  /** The distance between two positions. */
  readonly step: unknown;
}

/**
 * Returns `target[start:stop:step]`.
 *
 * @throws {TemplateFailure} If the value cannot be sliced.
 */
export function getSlice(
  { budget }: Runtime,
  target: unknown,
  bounds: SliceBounds,
): unknown {
  const text = asText(target);
  if (text !== undefined) {
    const picked = pick(budget, characters(budget, text), bounds).join("");
    return htmlIf(target instanceof Markup, picked);
  }
  if (Array.isArray(target)) return pick(budget, target, bounds);
  if (target instanceof Tuple) {
    return new Tuple(pick(budget, target.items, bounds));
  }
  if (target instanceof Range) return sliceRange(target, bounds);
  if (asMapping(target) !== undefined) fail("unhashable type: 'slice'");
  return refuse(target, `'${typeName(target)}' object is not subscriptable`);
}

/**
 * Slices a constant. Jinja2 evaluates constants when it compiles a template and
 * makes the result undefined if that fails.
 */
export function getConstantSlice(
  runtime: Runtime,
  target: unknown,
  bounds: SliceBounds,
): unknown {
  try {
    return getSlice(runtime, target, bounds);
  } catch (error) {
    if (error instanceof LimitFailure || bounds.step === 0) throw error;
    if (!(error instanceof TemplateFailure)) throw error;
    return makeUndefined(runtime, error.message);
  }
}

function pick<T>(
  budget: Budget,
  items: readonly T[],
  bounds: SliceBounds,
): T[] {
  const indices = resolve(BigInt(items.length), bounds);
  // Both lie in the list or next to it.
  const start = Number(indices.start);
  const count = Number(indices.count);
  budget.allocateList(count);
  const step = Number(indices.step);
  return Array.from(
    { length: count },
    (_, index) => items[start + index * step]!,
  );
}

function sliceRange(range: Range, bounds: SliceBounds): Range {
  const { start, stop, step } = resolve(BigInt(range.size), bounds);
  return new Range(
    range.item(start),
    range.item(stop),
    integerValue(BigInt(range.step) * step),
  );
}

/** The positions that a slice names in a sequence of some length. */
interface Indices {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;
  readonly count: bigint;
}

/** Does what Python's `slice.indices()` does. */
function resolve(length: bigint, bounds: SliceBounds): Indices {
  const step = bound(bounds.step) ?? 1n;
  if (step === 0n) fail("slice step cannot be zero");
  const [lowest, highest] = step < 0n ? [-1n, length - 1n] : [0n, length];
  function clamp(value: bigint): bigint {
    const position = value < 0n ? value + length : value;
    if (position < lowest) return lowest;
    return position > highest ? highest : position;
  }
  const [first, last] = step < 0n ? [highest, lowest] : [lowest, highest];
  const start = bound(bounds.start);
  const stop = bound(bounds.stop);
  const from = start === undefined ? first : clamp(start);
  const to = stop === undefined ? last : clamp(stop);
  return { start: from, stop: to, step, count: countOf(to - from, step) };
}

/** Returns how many positions lie in a distance. */
function countOf(distance: bigint, step: bigint): bigint {
  const isReached = step > 0n ? distance > 0n : distance < 0n;
  return isReached ? (distance - (step > 0n ? 1n : -1n)) / step + 1n : 0n;
}

function bound(value: unknown): bigint | undefined {
  if (value === undefined || value === null) return undefined;
  return BigInt(
    asInteger(value) ?? refuse(
      value,
      "slice indices must be integers or None or have an __index__ method",
    ),
  );
}
