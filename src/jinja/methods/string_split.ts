import { fail } from "../error.ts";
import { isSubscriptable, itemOf } from "../operators/access.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import type { Native, NativeTable } from "../runtime/runtime.ts";
import {
  Searcher,
  splitAt,
  splitAtFromEnd,
  splitLines,
  splitWords,
  splitWordsFromEnd,
} from "../strings/search.ts";
import { characters, join, textLength } from "../strings/text.ts";
import { type AnyMapping, asMapping, Dict, entriesOf } from "../values/dict.ts";
import { isIterable, iterate } from "../values/items.ts";
import { Tuple } from "../values/objects.ts";
import {
  asInteger,
  asText,
  refuse,
  requireInteger,
  requireText,
  typeName,
} from "../values/scalars.ts";

type SplitWords = (budget: Budget, text: string, limit: number) => string[];
type SplitAt = (
  budget: Budget,
  text: string,
  separator: string,
  limit: number,
) => string[];

function splitter(words: SplitWords, at: SplitAt): Native {
  return native(
    "self sep? maxsplit?",
    ({ budget }, self, separator = null, maxSplit = -1) => {
      const text = requireText(self);
      const limit = requireInteger(maxSplit);
      return separator === null
        ? words(budget, text, limit)
        : at(budget, text, requireSeparator(separator, "str or None"), limit);
    },
  );
}

/** Declares a method that returns the parts before, of and after a separator. */
function partitioner(isLast: boolean): Native {
  return native("self sep /", ({ budget }, self, sep) => {
    const text = requireText(self);
    const separator = requireSeparator(sep, "str");
    const searcher = new Searcher(budget, separator);
    const index = isLast ? searcher.lastIndexIn(text) : searcher.indexIn(text);
    if (index === -1) {
      return new Tuple(isLast ? ["", "", text] : [text, "", ""]);
    }
    return new Tuple([
      text.slice(0, index),
      separator,
      text.slice(index + separator.length),
    ]);
  });
}

function requireSeparator(value: unknown, types: string): string {
  const separator = requireText(value, `must be ${types}, not`);
  return separator === "" ? fail("empty separator") : separator;
}

/** Joins strings, as Python's `str.join()` does. */
function joinItems(budget: Budget, separator: string, items: unknown): string {
  if (!isIterable(items)) refuse(items, "can only join an iterable");
  const texts: string[] = [];
  for (const item of iterate(budget, items)) {
    texts.push(
      asText(item) ?? refuse(
        item,
        `sequence item ${texts.length}: expected str instance, ` +
          `${typeName(item)} found`,
      ),
    );
  }
  return join(budget, texts, separator);
}

/** The methods of strings that take them apart and put them together. */
export const STRING_SPLIT_METHODS: NativeTable = nativeTable({
  join: native(
    "self iterable /",
    ({ budget }, self, items) => joinItems(budget, requireText(self), items),
  ),

  partition: partitioner(false),

  rpartition: partitioner(true),

  rsplit: splitter(splitWordsFromEnd, splitAtFromEnd),

  split: splitter(splitWords, splitAt),

  splitlines: native(
    "self keepends?",
    ({ budget }, self, keepsEnds = false) =>
      splitLines(budget, requireText(self), requireInteger(keepsEnds) !== 0),
  ),
});

const MAX_CODE_POINT = 0x10ffff;

/** Replaces the characters of a string by what a table has under their code points. */
function translate(budget: Budget, text: string, table: unknown): string {
  if (text !== "" && !isSubscriptable(table)) {
    refuse(table, `'${typeName(table)}' object is not subscriptable`);
  }
  return join(
    budget,
    characters(budget, text).map((character) => {
      const found = itemOf(budget, table, character.codePointAt(0)!);
      return found === undefined ? character : replacement(found);
    }),
    "",
  );
}

function replacement(value: unknown): string {
  if (value === null) return "";
  const text = asText(value);
  if (text !== undefined) return text;
  const code = asInteger(value) ??
    refuse(value, "character mapping must return integer, None or str");
  if (code < 0 || code > MAX_CODE_POINT) {
    fail("character mapping must be in range(0x110000)");
  }
  return String.fromCodePoint(Number(code));
}

/** Converts a mapping's keys that are characters to code points. */
function tableOf(budget: Budget, mapping: AnyMapping): Dict {
  return Dict.of(
    budget,
    entriesOf(budget, mapping).map(([key, value]) => {
      const text = asText(key);
      if (text === undefined) {
        return asInteger(key) === undefined
          ? fail("keys in translate table must be strings or integers")
          : [key, value];
      }
      if (textLength(budget, text) !== 1) {
        fail("string keys in translate table must be of length 1");
      }
      return [text.codePointAt(0)!, value];
    }),
  );
}

function makeTable(
  budget: Budget,
  from: unknown,
  to: unknown,
  removed: unknown,
): Dict {
  if (to === undefined) {
    const mapping = asMapping(from) ?? refuse(
      from,
      "if you give only one argument to maketrans it must be a dict",
    );
    return tableOf(budget, mapping);
  }
  const targets = codePoints(
    budget,
    requireText(to, "maketrans() argument 2 must be str, not"),
  );
  const sources = codePoints(
    budget,
    asText(from) ?? refuse(
      from,
      "first maketrans argument must be a string if there is a second argument",
    ),
  );
  if (sources.length !== targets.length) {
    fail("the first two maketrans arguments must have equal length");
  }
  const table = Dict.of(
    budget,
    sources.map((source, index) => [source, targets[index]]),
  );
  if (removed === undefined) return table;
  const text = requireText(removed, "maketrans() argument 3 must be str, not");
  for (const code of codePoints(budget, text)) table.set(budget, code, null);
  return table;
}

function codePoints(budget: Budget, text: string): number[] {
  return characters(budget, text).map((character) => character.codePointAt(0)!);
}

/** The methods of strings that replace single characters. */
export const STRING_TRANSLATE_METHODS: NativeTable = nativeTable({
  maketrans: native(
    "self x y? z? /",
    ({ budget }, _self, x, y, z) => makeTable(budget, x, y, z),
  ),

  translate: native(
    "self table /",
    ({ budget }, self, table) => translate(budget, requireText(self), table),
  ),
});
