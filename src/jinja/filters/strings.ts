import { fail } from "../error.ts";
import { center } from "../methods/string_search.ts";
import { modulo } from "../operators/arithmetic.ts";
import { isTrue } from "../operators/compare.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import type { Native, NativeTable } from "../runtime/runtime.ts";
import { capitalize, lower, upper } from "../strings/case.ts";
import { replace, splitLines } from "../strings/search.ts";
import {
  join,
  sliceText,
  SPACE_CLASS,
  strip,
  textLength,
} from "../strings/text.ts";
import { Dict } from "../values/dict.ts";
import { requireLength } from "../values/items.ts";
import { Tuple } from "../values/objects.ts";
import { escapeHtml, toText } from "../values/print.ts";
import {
  asText,
  htmlIf,
  Markup,
  requireInteger,
  requireText,
} from "../values/scalars.ts";
import { wrapLine } from "./word_wrap.ts";

const TRUNCATE_LEEWAY = 5;
const WORD_START_REGEXP = new RegExp(`((?:[-({[<]|${SPACE_CLASS})+)`);

/** Declares a filter that converts a string to a string, and markup to markup. */
function converter(convert: (budget: Budget, text: string) => string): Native {
  return native("s", ({ budget }, value) => {
    const text = convert(budget, toText(budget, value));
    return htmlIf(value instanceof Markup, text);
  });
}

function titleWords(budget: Budget, text: string): string {
  budget.allocateList(text.length);
  return text.split(WORD_START_REGEXP).map((word) => {
    if (word === "") return "";
    const first = String.fromCodePoint(word.codePointAt(0)!);
    return first.toUpperCase() + lower(budget, word.slice(first.length));
  }).join("");
}

/** Filters that take and return strings. To add one, add an entry. */
export const STRING_FILTERS: NativeTable = nativeTable({
  /** Makes the first letter upper case and all others lower case. */
  capitalize: converter(capitalize),

  /** Centers a string in a field of `width` characters. */
  center: native("value width?", (runtime, value, width = 80) => {
    const text = toText(runtime.budget, value);
    return htmlIf(value instanceof Markup, center(runtime.budget, text, width));
  }),

  /** Fills in the `%` placeholders of a string. */
  format: native("value / *args **kwargs", (runtime, value, args, keywords) => {
    if (args.length > 0 && keywords.size > 0) {
      fail("can't handle positional and keyword arguments at the same time");
    }
    const { budget } = runtime;
    const template = value instanceof Markup ? value : toText(budget, value);
    const values = keywords.size > 0
      ? Dict.of(budget, keywords)
      : new Tuple(args);
    return modulo(runtime, template, values);
  }),

  /**
   * Indents every line but the first, and but empty ones; `width` is a number
   * of spaces, or the string to put in front.
   */
  indent: native(
    "s width? first? blank?",
    ({ budget }, value, width = 4, first = false, blank = false) => {
      const text = requireText(value);
      const prefix = asText(width);
      const size = prefix?.length ?? Math.max(0, requireInteger(width));
      const lines = splitLines(budget, `${text}\n`);
      budget.allocateString(text.length + lines.length * size);
      const indentation = prefix ?? " ".repeat(size);
      const indented = lines.map((line, index) => {
        const isIndented = index === 0
          ? isTrue(first)
          : line !== "" || isTrue(blank);
        return isIndented ? indentation + line : line;
      });
      return htmlIf(value instanceof Markup, indented.join("\n"));
    },
  ),

  /** Makes all letters lower case. */
  lower: converter(lower),

  /** Replaces `old` by `new`, at most `count` times. */
  replace: native(
    "s old new count?",
    ({ budget, escapes }, value, old, replacement, count = null) => {
      const times = count === null ? -1 : requireInteger(count);
      const isHtml = escapes &&
        [value, old, replacement].some((item) => item instanceof Markup);
      const read = isHtml ? escapeHtml : toText;
      const text = replace(
        budget,
        read(budget, value),
        read(budget, old),
        read(budget, replacement),
        times,
      );
      return htmlIf(isHtml, text);
    },
  ),

  /** Converts a value to a string, unless it is one. */
  string: native(
    "object",
    ({ budget }, value) =>
      value instanceof Markup ? value : toText(budget, value),
  ),

  /** Makes the first letter of every word upper case and all others lower case. */
  title: native(
    "s",
    ({ budget }, value) => titleWords(budget, toText(budget, value)),
  ),

  /** Removes leading and trailing characters, by default white space. */
  trim: native("value chars?", ({ budget }, value, chars = null) => {
    const isHtml = value instanceof Markup;
    const text = toText(budget, value);
    if (chars === null) return htmlIf(isHtml, strip(budget, text));
    const stripped = requireText(chars, "strip arg must be None or str, not");
    // Markup escapes the arguments of its methods.
    const set = isHtml ? escapeHtml(budget, chars) : stripped;
    return htmlIf(isHtml, strip(budget, text, set));
  }),

  /** Shortens a string to `length` characters, unless it is at most `leeway` longer. */
  truncate: native(
    "s length? killwords? end? leeway?",
    (
      { budget },
      value,
      length = 255,
      cutsWords = false,
      ending = "...",
      leeway = null,
    ) => {
      const limit = requireInteger(length);
      const end = requireText(ending);
      const tolerance = leeway === null
        ? TRUNCATE_LEEWAY
        : requireInteger(leeway);
      const endLength = textLength(budget, end);
      if (limit < endLength) {
        fail(`expected length >= ${endLength}, got ${limit}`);
      }
      if (tolerance < 0) fail(`expected leeway >= 0, got ${tolerance}`);
      if (requireLength(budget, value) <= limit + tolerance) return value;
      const text = requireText(value);
      const cut = sliceText(budget, text, 0, limit - endLength);
      const space = isTrue(cutsWords) ? -1 : cut.lastIndexOf(" ");
      const kept = space === -1 ? cut : cut.slice(0, space);
      return value instanceof Markup
        ? new Markup(kept + escapeHtml(budget, ending))
        : kept + end;
    },
  ),

  /** Makes all letters upper case. */
  upper: converter(upper),

  /** Counts the words of a string. */
  wordcount: native("s", ({ budget }, value) => {
    const text = toText(budget, value);
    budget.scan(text.length);
    let count = 0;
    for (const _ of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
      budget.step();
      count++;
    }
    return count;
  }),

  /** Breaks lines at `width` characters and keeps the breaks that are there. */
  wordwrap: native(
    "s width? break_long_words? wrapstring? break_on_hyphens?",
    (
      { budget },
      value,
      width = 79,
      breaksLongWords = true,
      wrapString = null,
      breaksOnHyphens = true,
    ) => {
      const separator = wrapString === null ? "\n" : requireText(wrapString);
      const options = {
        width: requireInteger(width),
        breaksLongWords: isTrue(breaksLongWords),
        breaksOnHyphens: isTrue(breaksOnHyphens),
      };
      const lines = splitLines(budget, requireText(value)).map((line) =>
        join(budget, wrapLine(budget, line, options), separator)
      );
      return join(budget, lines, separator);
    },
  ),
});
