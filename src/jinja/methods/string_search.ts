import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import type { Native, NativeTable } from "../runtime/runtime.ts";
import { countIn, Searcher } from "../strings/search.ts";
import { join, sliceText, textLength } from "../strings/text.ts";
import { Tuple } from "../values/objects.ts";
import {
  requireInteger,
  requirePosition,
  requireText,
} from "../values/scalars.ts";

/** A part of a string, with its position, all in code points. */
interface Part {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Returns the part between two positions; `undefined` if the start is past the end. */
function partOf(
  budget: Budget,
  text: string,
  start: unknown,
  end: unknown,
): Part | undefined {
  const length = textLength(budget, text);
  const from = requirePosition(start, length, 0);
  const to = Math.min(requirePosition(end, length, length), length);
  if (from > to) return undefined;
  return {
    text: from === 0 && to === length
      ? text
      : sliceText(budget, text, from, to),
    start: from,
    end: to,
  };
}

function find(
  budget: Budget,
  part: Part | undefined,
  wanted: string,
  isLast: boolean,
): number {
  if (part === undefined) return -1;
  if (wanted === "") return isLast ? part.end : part.start;
  const searcher = new Searcher(budget, wanted);
  const index = isLast
    ? searcher.lastIndexIn(part.text)
    : searcher.indexIn(part.text);
  if (index === -1) return -1;
  return part.start + textLength(budget, part.text.slice(0, index));
}

function finder(isLast: boolean): Native {
  return native(
    "self sub start? end? /",
    ({ budget }, self, sub, start, end) =>
      find(
        budget,
        partOf(budget, requireText(self), start, end),
        requireText(sub),
        isLast,
      ),
  );
}

/** Declares a finder that fails if it finds nothing. */
function requiring(isLast: boolean): Native {
  const { parameters, run } = finder(isLast);
  return {
    parameters,
    run(runtime, ...values) {
      const index = run(runtime, ...values);
      return index === -1 ? fail("substring not found") : index;
    },
  };
}

/** Declares a method that looks at one end of the string. */
function affix(
  name: string,
  test: (text: string, affix: string) => boolean,
): Native {
  return native(
    "self affix start? end? /",
    ({ budget }, self, wanted, start, end) => {
      const part = partOf(budget, requireText(self), start, end);
      const isTuple = wanted instanceof Tuple;
      const problem = isTuple
        ? `tuple for ${name} must only contain str, not`
        : `${name} first arg must be str or a tuple of str, not`;
      return (isTuple ? wanted.items : [wanted]).some((choice) => {
        const text = requireText(choice, problem);
        budget.scan(text.length);
        return part !== undefined && test(part.text, text);
      });
    },
  );
}

/** The methods of strings that look for other strings. */
export const STRING_SEARCH_METHODS: NativeTable = nativeTable({
  count: native(
    "self sub start? end? /",
    ({ budget }, self, sub, start, end) => {
      const part = partOf(budget, requireText(self), start, end);
      const wanted = requireText(sub);
      if (part === undefined) return 0;
      return wanted === ""
        ? part.end - part.start + 1
        : countIn(budget, part.text, wanted);
    },
  ),

  endswith: affix("endswith", (text, wanted) => text.endsWith(wanted)),

  find: finder(false),

  index: requiring(false),

  removeprefix: native("self prefix /", ({ budget }, self, prefix) => {
    const text = requireText(self);
    const wanted = requireText(
      prefix,
      "removeprefix() argument must be str, not",
    );
    budget.scan(text.length);
    return text.startsWith(wanted) ? text.slice(wanted.length) : text;
  }),

  removesuffix: native("self suffix /", ({ budget }, self, suffix) => {
    const text = requireText(self);
    const wanted = requireText(
      suffix,
      "removesuffix() argument must be str, not",
    );
    budget.scan(text.length);
    return text.endsWith(wanted)
      ? text.slice(0, text.length - wanted.length)
      : text;
  }),

  rfind: finder(true),

  rindex: requiring(true),

  startswith: affix("startswith", (text, wanted) => text.startsWith(wanted)),
});

/** Puts a string in the middle of a field, as Python's `str.center()` does. */
export function center(
  budget: Budget,
  text: string,
  width: unknown,
  fill?: unknown,
): string {
  const columns = requireInteger(width);
  const filler = fillCharacter(budget, fill);
  const missing = missingIn(budget, text, columns);
  // An odd rest goes to the right, unless the width is odd.
  const left = Math.floor(missing / 2) + (missing & columns & 1);
  return repeat(budget, filler, left) + text +
    repeat(budget, filler, missing - left);
}

/** Returns how many characters a string lacks to fill a field. */
function missingIn(budget: Budget, text: string, width: number): number {
  return Math.max(0, width - textLength(budget, text));
}

function repeat(budget: Budget, filler: string, count: number): string {
  budget.allocateString(filler.length * count);
  return filler.repeat(count);
}

function fillCharacter(budget: Budget, fill: unknown = " "): string {
  const text = requireText(
    fill,
    "The fill character must be a unicode character, not",
  );
  if (textLength(budget, text) !== 1) {
    fail("The fill character must be exactly one character long");
  }
  return text;
}

function expandTabs(budget: Budget, text: string, size: number): string {
  const parts: string[] = [];
  let column = 0;
  // Runs of other characters, and the separators between them.
  for (const part of text.split(/([\t\n\r])/)) {
    budget.allocateList(1);
    if (part === "\t") {
      const count = size > 0 ? size - column % size : 0;
      parts.push(repeat(budget, " ", count));
      column += count;
    } else {
      parts.push(part);
      column = part === "\n" || part === "\r"
        ? 0
        : column + textLength(budget, part);
    }
  }
  return join(budget, parts, "");
}

/** The methods of strings that lay them out. */
export const STRING_LAYOUT_METHODS: NativeTable = nativeTable({
  center: native(
    "self width fillchar? /",
    ({ budget }, self, width, fill) =>
      center(budget, requireText(self), width, fill),
  ),

  expandtabs: native(
    "self tabsize?",
    ({ budget }, self, size = 8) =>
      expandTabs(budget, requireText(self), requireInteger(size)),
  ),

  ljust: native("self width fillchar? /", ({ budget }, self, width, fill) => {
    const text = requireText(self);
    const missing = missingIn(budget, text, requireInteger(width));
    return text + repeat(budget, fillCharacter(budget, fill), missing);
  }),

  rjust: native("self width fillchar? /", ({ budget }, self, width, fill) => {
    const text = requireText(self);
    const missing = missingIn(budget, text, requireInteger(width));
    return repeat(budget, fillCharacter(budget, fill), missing) + text;
  }),

  zfill: native("self width /", ({ budget }, self, width) => {
    const text = requireText(self);
    const missing = missingIn(budget, text, requireInteger(width));
    const zeros = repeat(budget, "0", missing);
    const sign = /^[-+]/.exec(text)?.[0] ?? "";
    return sign + zeros + text.slice(sign.length);
  }),
});
