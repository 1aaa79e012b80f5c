import { fail } from "../error.ts";
import { readPairs } from "../methods/dict.ts";
import { NativeFunction } from "../runtime/call.ts";
import { native, nativeTable } from "../runtime/native.ts";
import type { NativeTable } from "../runtime/runtime.ts";
import { requireAnyInteger, requireInteger } from "../values/arguments.ts";
import { Dict } from "../values/dict.ts";
import { Namespace } from "../values/namespace.ts";
import { toText } from "../values/print.ts";
import { Range } from "../values/range.ts";
import { isTrue } from "../values/truth.ts";
import { Cycler, Joiner } from "./cycler.ts";
import { loremIpsum } from "./lipsum.ts";

function makeRange(bounds: readonly unknown[]): Range {
  const numbers = bounds.map(requireAnyInteger);
  if (numbers.length === 0) fail("range expected at least 1 argument, got 0");
  if (numbers.length > 3) {
    fail(`range expected at most 3 arguments, got ${numbers.length}`);
  }
  const [first = 0, stop, step = 1] = numbers;
  if (step === 0) fail("range() arg 3 must not be zero");
  return stop === undefined
    ? new Range(0, first, 1)
    : new Range(first, stop, step);
}

/** The functions that every template can call. To add one, add an entry. */
const FUNCTIONS: NativeTable = nativeTable({
  /** Returns its items in turn. */
  cycler: native("*items", (_runtime, items) => {
    if (items.length === 0) fail("at least one item has to be provided");
    return new Cycler(items);
  }),

  /** Creates a dict of a mapping or pairs, and of keyword arguments. */
  dict: native("other? / **kwargs", (runtime, other, keywords) => {
    const pairs = other === undefined ? [] : readPairs(runtime.budget, other);
    return Dict.of(runtime.budget, [...pairs, ...keywords]);
  }),

  /** Returns nothing at its first call and a separator at all others. */
  joiner: native(
    "sep?",
    (_runtime, separator = ", ") => new Joiner(separator),
  ),

  /** Writes filler text: `n` paragraphs of `min` to `max` words. */
  lipsum: native(
    "n? html? min? max?",
    ({ budget }, count = 5, html = true, min = 20, max = 100) =>
      loremIpsum(budget, {
        paragraphs: requireInteger(count),
        isHtml: isTrue(html),
        min: requireInteger(min),
        max: requireInteger(max),
      }),
  ),

  /** Creates an object whose attributes `{% set %}` can change, in loops too. */
  namespace: native("other? / **kwargs", (runtime, other, keywords) => {
    const pairs = other === undefined ? [] : readPairs(runtime.budget, other);
    const named = pairs.map(([key, value]): [string, unknown] => [
      toText(runtime.budget, key),
      value,
    ]);
    return new Namespace([...named, ...keywords]);
  }),

  /** Returns integers, as Python's `range` does. */
  range: native("*bounds", (_runtime, bounds) => makeRange(bounds)),
});

/** Those that are classes in Python, which shows when they are printed. */
const CLASSES: ReadonlySet<string> = new Set([
  "cycler",
  "dict",
  "joiner",
  "namespace",
  "range",
]);

/** The names that a template sees unless its context has them. */
export const GLOBALS: ReadonlyMap<string, NativeFunction> = new Map(
  Array.from(FUNCTIONS, ([name, declared]) => [
    name,
    new NativeFunction(
      name,
      declared,
      CLASSES.has(name) ? "type" : "function",
    ),
  ]),
);
