import { fail, TemplateFailure } from "../error.ts";
import { asInteger } from "../values/numbers.ts";
import { asText } from "../values/markup.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { makeUndefined } from "../runtime/undefined.ts";
import { Range } from "../values/range.ts";
import { Tuple } from "../values/tuple.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { characters } from "../strings/characters.ts";
import { markupLike } from "./attributes.ts";
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
  runtime.budget.step(picked.length);
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
