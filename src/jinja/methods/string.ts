import type { Budget } from "../runtime/budget.ts";
import { fail } from "../error.ts";
import { iterate } from "../values/iterate.ts";
import type { Native, NativeTable, Runtime } from "../runtime/runtime.ts";
import { nativeTable } from "../runtime/native.ts";
import { requireInteger, requireText } from "../values/arguments.ts";
import { asText } from "../values/markup.ts";
import type { Keywords } from "../runtime/object.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { formatText } from "./string_format.ts";
import { affix, finder, window } from "./string_search.ts";
import {
  capitalize,
  foldCase,
  isLower,
  isTitle,
  isUpper,
  lower,
  swapCase,
  title,
} from "../strings/case.ts";
import { makeTranslation, translate } from "./string_translate.ts";
import { partition, split, splitFromEnd, splitLines } from "./string_split.ts";
import { replace } from "./string_replace.ts";
import { strip, stripLeft, stripRight } from "./string_strip.ts";
import { characters, textLength } from "../strings/characters.ts";
import { isIdentifier } from "../strings/classes.ts";
import { isSpace } from "../strings/space.ts";

/** Puts a text in the middle, as Python does when the blanks do not come out even. */
export function center(
  runtime: Runtime,
  text: string,
  width: unknown,
  fill: unknown = " ",
): string {
  const missing = padding(runtime, text, width);
  const left = Math.floor(missing / 2) +
    (missing & (Number(width) & 1) ? missing & Number(width) & 1 : 0);
  const filler = fillCharacter(runtime.budget, fill);
  return filler.repeat(left) + text + filler.repeat(missing - left);
}

function padding(runtime: Runtime, text: string, width: unknown): number {
  const wanted = Number(requireInteger(width));
  runtime.budget.allocateString(wanted);
  return Math.max(0, wanted - textLength(runtime.budget, text));
}

function fillCharacter(budget: Budget, fill: unknown): string {
  const text = requireText(fill);
  if (textLength(budget, text) !== 1) {
    fail("the fill must be one character");
  }
  return text;
}

/** A method without arguments. */
function simple(run: (budget: Budget, text: string) => unknown): Native {
  return {
    parameters: "self /",
    run: ({ budget }, self: unknown) => run(budget, requireText(self)),
  };
}

function expandTabs(runtime: Runtime, text: string, size: number): string {
  let column = 0;
  let result = "";
  for (const character of text) {
    if (character === "\t") {
      const blanks = size > 0 ? size - column % size : 0;
      runtime.budget.allocateString(result.length + blanks);
      result += " ".repeat(blanks);
      column += blanks;
    } else {
      result += character;
      column = character === "\n" || character === "\r" ? 0 : column + 1;
    }
  }
  return result;
}

/** Puts texts together, with another between them. */
function join(runtime: Runtime, separator: string, items: unknown): string {
  const texts: string[] = [];
  let length = 0;
  for (const item of iterate(runtime.budget, items)) {
    const text = asText(item) ??
      refuse(
        item,
        `item ${texts.length} to join is no string but '${typeName(item)}'`,
      );
    length += text.length + separator.length;
    runtime.budget.allocateString(length);
    texts.push(text);
  }
  return texts.join(separator);
}

function zeroFill(runtime: Runtime, text: string, width: unknown): string {
  const zeros = "0".repeat(padding(runtime, text, width));
  return /^[-+]/.test(text) ? text[0] + zeros + text.slice(1) : zeros + text;
}

/** Python's methods of strings. */
export const STRING_METHODS: NativeTable = nativeTable({
  capitalize: simple(capitalize),
  casefold: simple(foldCase),
  center: {
    parameters: "self width fillchar? /",
    run: (runtime, self: unknown, width: unknown, fill: unknown) =>
      center(runtime, requireText(self), width, fill),
  },
  count: {
    parameters: "self sub start? end? /",
    run(runtime, self: unknown, sub: unknown, start: unknown, end: unknown) {
      const searched = window(runtime.budget, requireText(self), start, end);
      const wanted = requireText(sub);
      if (searched === undefined) return 0;
      return wanted === ""
        ? textLength(runtime.budget, searched.part) + 1
        : searched.part.split(wanted).length - 1;
    },
  },
  endswith: affix((part, wanted) => part.endsWith(wanted)),
  expandtabs: {
    parameters: "self tabsize?",
    run: (runtime, self: unknown, size: unknown = 8) =>
      expandTabs(runtime, requireText(self), requireInteger(size)),
  },
  find: finder(false, false),
  format: {
    parameters: "self / *args **kwargs",
    run: (runtime, self: unknown, positional: unknown[], named: Keywords) =>
      formatText(runtime, requireText(self), { positional, named }),
  },
  format_map: {
    parameters: "self mapping /",
    run: (runtime, self: unknown, named: unknown) =>
      formatText(runtime, requireText(self), { positional: [], named }),
  },
  index: finder(false, true),
  isalnum: simple((_budget, text) => /^[\p{L}\p{N}]+$/u.test(text)),
  isalpha: simple((_budget, text) => /^\p{L}+$/u.test(text)),
  isascii: simple((_budget, text) => /^\p{ASCII}*$/u.test(text)),
  isdecimal: simple((_budget, text) => /^\p{Nd}+$/u.test(text)),
  isdigit: simple((_budget, text) =>
    /^[\p{Nd}²³¹⁰-⁹₀-₉①-⑨⑴-⑼⒈-⒐]+$/u.test(text)
  ),
  isidentifier: simple((_budget, text) => isIdentifier(text)),
  islower: simple((_budget, text) => isLower(text)),
  isnumeric: simple((_budget, text) => /^\p{N}+$/u.test(text)),
  isprintable: simple((_budget, text) => /^(?: |[^\p{C}\p{Z}])*$/u.test(text)),
  isspace: simple((budget, text) =>
    text !== "" && characters(budget, text).every(isSpace)
  ),
  istitle: simple((_budget, text) => isTitle(text)),
  isupper: simple((_budget, text) => isUpper(text)),
  join: {
    parameters: "self iterable /",
    run: (runtime, self: unknown, items: unknown) =>
      join(runtime, requireText(self), items),
  },
  ljust: {
    parameters: "self width fillchar? /",
    run(runtime, self: unknown, width: unknown, fill: unknown = " ") {
      const text = requireText(self);
      return text +
        fillCharacter(runtime.budget, fill).repeat(
          padding(runtime, text, width),
        );
    },
  },
  lower: simple((_budget, text) => lower(text)),
  lstrip: {
    parameters: "self chars? /",
    run: ({ budget }, self: unknown, chars: unknown = null) =>
      stripLeft(budget, requireText(self), chars),
  },
  maketrans: {
    parameters: "self x y? z? /",
    run: ({ budget }, _self: unknown, x: unknown, y: unknown, z: unknown) =>
      makeTranslation(budget, x, y, z),
  },
  partition: {
    parameters: "self sep /",
    run: (_runtime, self: unknown, separator: unknown) =>
      partition(requireText(self), separator, false),
  },
  removeprefix: {
    parameters: "self prefix /",
    run(_runtime, self: unknown, prefix: unknown) {
      const text = requireText(self);
      const wanted = requireText(prefix);
      return text.startsWith(wanted) ? text.slice(wanted.length) : text;
    },
  },
  removesuffix: {
    parameters: "self suffix /",
    run(_runtime, self: unknown, suffix: unknown) {
      const text = requireText(self);
      const wanted = requireText(suffix);
      return text.endsWith(wanted)
        ? text.slice(0, text.length - wanted.length)
        : text;
    },
  },
  replace: {
    parameters: "self old new count? /",
    run: (
      runtime,
      self: unknown,
      old: unknown,
      next: unknown,
      count: unknown = -1,
    ) =>
      replace(
        runtime.budget,
        requireText(self),
        requireText(old),
        requireText(next),
        requireInteger(count),
      ),
  },
  rfind: finder(true, false),
  rindex: finder(true, true),
  rjust: {
    parameters: "self width fillchar? /",
    run(runtime, self: unknown, width: unknown, fill: unknown = " ") {
      const text = requireText(self);
      return fillCharacter(runtime.budget, fill).repeat(
        padding(runtime, text, width),
      ) + text;
    },
  },
  rpartition: {
    parameters: "self sep /",
    run: (_runtime, self: unknown, separator: unknown) =>
      partition(requireText(self), separator, true),
  },
  rsplit: {
    parameters: "self sep? maxsplit?",
    run: (
      _runtime,
      self: unknown,
      separator: unknown = null,
      limit: unknown = -1,
    ) => splitFromEnd(requireText(self), separator, requireInteger(limit)),
  },
  rstrip: {
    parameters: "self chars? /",
    run: ({ budget }, self: unknown, chars: unknown = null) =>
      stripRight(budget, requireText(self), chars),
  },
  split: {
    parameters: "self sep? maxsplit?",
    run: (
      _runtime,
      self: unknown,
      separator: unknown = null,
      limit: unknown = -1,
    ) => split(requireText(self), separator, requireInteger(limit)),
  },
  splitlines: {
    parameters: "self keepends?",
    run: (_runtime, self: unknown, keepsEnds: unknown = false) =>
      splitLines(requireText(self), requireInteger(keepsEnds) !== 0),
  },
  startswith: affix((part, wanted) => part.startsWith(wanted)),
  strip: {
    parameters: "self chars? /",
    run: ({ budget }, self: unknown, chars: unknown) =>
      strip(budget, requireText(self), chars),
  },
  swapcase: simple(swapCase),
  title: simple(title),
  translate: {
    parameters: "self table /",
    run: ({ budget }, self: unknown, table: unknown) =>
      translate(budget, requireText(self), table),
  },
  upper: simple((_budget, text) => text.toUpperCase()),
  zfill: {
    parameters: "self width /",
    run: (runtime, self: unknown, width: unknown) =>
      zeroFill(runtime, requireText(self), width),
  },
});
