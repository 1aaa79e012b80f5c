import { fail } from "../error.ts";
import { add } from "../operators/arithmetic.ts";
import { isTrue, order } from "../operators/compare.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import {
  makeUndefined,
  type NativeTable,
  type Runtime,
  Undefined,
} from "../runtime/runtime.ts";
import { characters, join } from "../strings/text.ts";
import { asMapping, entriesOf } from "../values/dict.ts";
import {
  isEqual,
  isIterable,
  iterate,
  iterator,
  requireLength,
  toList,
} from "../values/items.ts";
import { Lazy, nativeGenerator, Range, Tuple } from "../values/objects.ts";
import { escapeHtml, toText } from "../values/print.ts";
import {
  asText,
  hash,
  htmlIf,
  Markup,
  refuse,
  requireInteger,
  typeName,
} from "../values/scalars.ts";
import { attributePath } from "./paths.ts";

/** What a list costs beside its items, in items. */
const LIST_COST = 4;

/** Returns the last item of what Python's `reversed()` takes, and nothing if there is none. */
function lastOf(runtime: Runtime, value: unknown): readonly unknown[] {
  if (value instanceof Range) {
    return value.length === 0 ? [] : [value.item(value.length - 1)];
  }
  const text = asText(value);
  if (text !== undefined) {
    return characters(runtime.budget, text).slice(-1)
      .map((letter) => htmlIf(value instanceof Markup, letter));
  }
  if (value instanceof Lazy || !isIterable(value)) {
    refuse(value, `'${typeName(value)}' object is not reversible`);
  }
  return toList(runtime.budget, value).slice(-1);
}

function* reversedRange(range: Range): Generator<unknown, void> {
  for (let index = range.length - 1; index >= 0; index--) {
    yield range.item(index);
  }
}

/** Returns the item at a position that exists. */
function itemAt(budget: Budget, value: unknown, index: number): unknown {
  if (value instanceof Range) return value.item(index);
  if (value instanceof Tuple) return value.items[index];
  if (Array.isArray(value)) return value[index];
  const text = asText(value) ??
    refuse(value, `'${typeName(value)}' object cannot be indexed`);
  return htmlIf(value instanceof Markup, characters(budget, text)[index]!);
}

const LENGTH = native(
  "obj /",
  ({ budget }, value) => requireLength(budget, value),
);

/** Filters of sequences and mappings. To add one, add an entry. */
export const SEQUENCE_FILTERS: NativeTable = nativeTable({
  /** Splits items into lists of `linecount`, and fills the last one up with `fill_with`. */
  batch: nativeGenerator(
    "value linecount fill_with?",
    function* ({ budget }, value, size, filler = null) {
      let row: unknown[] = [];
      for (const item of iterate(budget, value)) {
        if (isEqual(budget, row.length, size)) {
          yield row;
          row = [];
        }
        budget.allocateList(1);
        row.push(item);
      }
      if (row.length === 0) return;
      if (filler !== null && order(budget, row.length, size) < 0) {
        const count = requireInteger(size);
        budget.allocateList(count - row.length);
        while (row.length < count) row.push(filler);
      }
      yield row;
    },
  ),

  /** Alias of `length`. */
  count: LENGTH,

  /** Returns the first item. */
  first: native("seq", (runtime, value) => {
    const items = iterator(runtime.budget, value) ??
      refuse(value, `'${typeName(value)}' object is not iterable`);
    const found = items.next();
    return found.done
      ? makeUndefined(runtime, "No first item, sequence was empty.")
      : found.value;
  }),

  /** Returns the key-value pairs of a mapping; nothing if it is undefined. */
  items: nativeGenerator("value", function* ({ budget }, value) {
    if (value instanceof Undefined) return;
    const mapping = asMapping(value) ??
      fail("Can only get item pairs from a mapping.");
    for (const entry of entriesOf(budget, mapping)) yield new Tuple(entry);
  }),

  /** Joins items, or an attribute of each, with a separator. */
  join: native(
    "value d? attribute?",
    (runtime, value, separator = "", attribute = null) => {
      const { budget, escapes } = runtime;
      const follow = attributePath(runtime, attribute);
      const items = toList(budget, value).map(follow);
      const isHtml = escapes &&
        (separator instanceof Markup ||
          items.some((item) => item instanceof Markup));
      const print = isHtml ? escapeHtml : toText;
      const between = print(budget, separator);
      const texts = items.map((item) => print(budget, item));
      return htmlIf(isHtml, join(budget, texts, between));
    },
  ),

  /** Returns the last item. */
  last: native("seq", (runtime, value) => {
    const [last] = lastOf(runtime, value);
    return last === undefined
      ? makeUndefined(runtime, "No last item, sequence was empty.")
      : last;
  }),

  /** Returns the number of items. */
  length: LENGTH,

  /** Collects items in a list. */
  list: native(
    "value",
    (runtime, value) => runtime.own(toList(runtime.budget, value)),
  ),

  /** Returns a random item. */
  random: native("seq", (runtime, value) => {
    const length = requireLength(runtime.budget, value);
    return length === 0
      ? makeUndefined(runtime, "No random item, sequence was empty.")
      : itemAt(runtime.budget, value, Math.floor(Math.random() * length));
  }),

  /** Reverses a string, or goes through items from the last to the first. */
  reverse: native("value", (runtime, value) => {
    const text = asText(value);
    if (text !== undefined) {
      const reversed = characters(runtime.budget, text).reverse().join("");
      return htmlIf(value instanceof Markup, reversed);
    }
    if (!isIterable(value)) refuse(value, "argument must be iterable");
    if (value instanceof Range) return new Lazy(reversedRange(value));
    const list = toList(runtime.budget, value).reverse();
    // Python has no reversed() of a generator: Jinja2 reverses a list of it.
    return value instanceof Lazy ? runtime.own(list) : new Lazy(list.values());
  }),

  /** Splits items into `slices` lists of about one length. */
  slice: nativeGenerator(
    "value slices fill_with?",
    function* ({ budget }, value, count, filler = null) {
      const items = toList(budget, value);
      const columns = requireInteger(count);
      if (columns === 0) fail("integer division or modulo by zero");
      const size = Math.floor(items.length / columns);
      const longer = items.length - size * columns;
      let start = 0;
      for (let column = 0; column < columns; column++) {
        const end = start + size + (column < longer ? 1 : 0);
        budget.allocateList(LIST_COST + end - start);
        const part = items.slice(start, end);
        if (filler !== null && column >= longer) part.push(filler);
        yield part;
        start = end;
      }
    },
  ),

  /** Adds up items, or an attribute of each, from `start` on. */
  sum: native(
    "iterable attribute? start?",
    (runtime, value, attribute = null, start = 0) => {
      if (asText(start) !== undefined) {
        fail("sum() can't sum strings [use ''.join(seq) instead]");
      }
      const follow = attributePath(runtime, attribute);
      let total = start;
      for (const item of iterate(runtime.budget, value)) {
        total = add(runtime, total, follow(item));
      }
      return total;
    },
  ),

  /** Drops items that are equal to an earlier one. */
  unique: nativeGenerator(
    "value case_sensitive? attribute?",
    function* (runtime, value, caseSensitive = false, attribute = null) {
      const keyOf = attributePath(runtime, attribute, {
        ignoresCase: !isTrue(caseSensitive),
      });
      const { budget } = runtime;
      const seen = new Set<unknown>();
      for (const item of iterate(budget, value)) {
        const key = hash(budget, keyOf(item));
        if (seen.has(key)) continue;
        budget.allocateList(1);
        seen.add(key);
        yield item;
      }
    },
  ),
});
