import { integerValue } from "../../values.ts";
import { fail, LimitFailure, TemplateFailure } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { makeUndefined, type Runtime } from "../runtime/runtime.ts";
import { characters } from "../strings/text.ts";
import { asMapping } from "../values/dict.ts";
import { Range, Tuple } from "../values/objects.ts";
import {
  asInteger,
  asText,
  htmlIf,
  Markup,
  refuse,
  typeName,
} from "../values/scalars.ts";

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
