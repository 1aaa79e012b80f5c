import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/native.ts";
import type { Native, NativeTable } from "../runtime/runtime.ts";
import { join } from "../strings/join.ts";
import { Searcher } from "../strings/search.ts";
import {
  splitAt,
  splitAtFromEnd,
  splitLines,
  splitWords,
  splitWordsFromEnd,
} from "../strings/split.ts";
import { requireInteger, requireText } from "../values/arguments.ts";
import { isIterable, iterate } from "../values/iterate.ts";
import { asText } from "../values/markup.ts";
import { Tuple } from "../values/tuple.ts";
import { refuse, typeName } from "../values/type_name.ts";

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
