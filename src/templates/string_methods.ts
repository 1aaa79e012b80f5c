import { integerValue } from "../values.ts";
import { Dict } from "./dict.ts";
import { fail } from "./failure.ts";
import { iterate } from "./iterate.ts";
import { type Native, type NativeTable, nativeTable } from "./native.ts";
import { asInteger } from "./numbers.ts";
import { asText, type Keywords, refuse, Tuple } from "./objects.ts";
import type { Runtime } from "./runtime.ts";
import { isSpace, SPACE_CLASS, stripEnd, stripStart } from "./spaces.ts";
import { formatText } from "./str_format.ts";
import { characters, sliceText, textLength } from "./text.ts";
import { typeName } from "./type_name.ts";
import { asMapping, getItem } from "./dict.ts";

const BREAK = "\\r\\n|[\\n\\v\\f\\r\\x1c-\\x1e\\x85\\u2028\\u2029]";
const LINE_REGEXP = new RegExp(`[^]*?(?:${BREAK}|$)`, "g");
const LINE_END_REGEXP = new RegExp(`(?:${BREAK})$`);
const SPACES_REGEXP = new RegExp(`${SPACE_CLASS}+`);

/** Splits a text into lines as Python's `splitlines()` does. */
export function splitLines(text: string, keepsEnds = false): string[] {
  const lines = text.match(LINE_REGEXP)!.filter((line) => line !== "");
  return keepsEnds
    ? lines
    : lines.map((line) => line.replace(LINE_END_REGEXP, ""));
}

/** Makes the first letter upper case and the others lower case. */
export function capitalize(text: string): string {
  const [first = "", ...rest] = characters(text);
  return titleCase(first) + lower(rest.join(""));
}

function titleCase(character: string): string {
  const upper = character.toUpperCase();
  return upper.length > character.length && /^\p{L}/u.test(upper)
    ? characters(upper)[0] + characters(upper).slice(1).join("").toLowerCase()
    : upper;
}

/** Makes a text lower case. */
export function lower(text: string): string {
  return text.toLowerCase();
}

function swapCase(text: string): string {
  return characters(text).map((character) =>
    character === character.toLowerCase()
      ? character.toUpperCase()
      : character.toLowerCase()
  ).join("");
}

function title(text: string): string {
  let isInside = false;
  return characters(text).map((character) => {
    const isCased = /[\p{Lu}\p{Ll}\p{Lt}]/u.test(character);
    const result = !isCased
      ? character
      : isInside
      ? lower(character)
      : titleCase(character);
    isInside = isCased;
    return result;
  }).join("");
}

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
  const filler = fillCharacter(fill);
  return filler.repeat(left) + text + filler.repeat(missing - left);
}

function padding(runtime: Runtime, text: string, width: unknown): number {
  const wanted = Number(requireInteger(width));
  runtime.checkLength(wanted);
  return Math.max(0, wanted - textLength(text));
}

function fillCharacter(fill: unknown): string {
  const text = requireText(fill);
  if (textLength(text) !== 1) fail("the fill must be one character");
  return text;
}

/** Takes a text argument. */
export function requireText(value: unknown): string {
  return asText(value) ??
    refuse(value, `it takes a string here, not '${typeName(value)}'`);
}

/** Takes an integer argument. */
export function requireInteger(value: unknown): number {
  const integer = asInteger(value) ??
    refuse(value, `it takes an integer here, not '${typeName(value)}'`);
  return Number(integer);
}

/** Removes characters from both ends of a text; none given: white space. */
export function strip(text: string, chars: unknown = null): string {
  return stripLeft(stripRight(text, chars), chars);
}

function stripLeft(text: string, chars: unknown): string {
  if (chars === null) return stripStart(text);
  const set = new Set(characters(requireText(chars)));
  const items = characters(text);
  let start = 0;
  while (start < items.length && set.has(items[start]!)) start++;
  return items.slice(start).join("");
}

function stripRight(text: string, chars: unknown): string {
  if (chars === null) return stripEnd(text);
  const set = new Set(characters(requireText(chars)));
  const items = characters(text);
  let end = items.length;
  while (end > 0 && set.has(items[end - 1]!)) end--;
  return items.slice(0, end).join("");
}

/** Replaces a part of a text, everywhere or the first times. */
export function replace(
  runtime: Runtime,
  text: string,
  old: string,
  next: string,
  count: number,
): string {
  const parts = old === "" ? ["", ...characters(text), ""] : text.split(old);
  const times = count < 0
    ? parts.length - 1
    : Math.min(count, parts.length - 1);
  runtime.checkLength(text.length + times * next.length);
  return parts.slice(0, times + 1).join(next) +
    parts.slice(times + 1).map((part) => old + part).join("");
}

function splitSpaces(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = stripStart(text);
  while (rest !== "") {
    if (limit >= 0 && parts.length === limit) {
      parts.push(rest);
      break;
    }
    let end = 0;
    while (end < rest.length && !isSpace(rest[end]!)) end++;
    parts.push(rest.slice(0, end));
    rest = stripStart(rest.slice(end));
  }
  return parts;
}

function splitSpacesFromEnd(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = stripEnd(text);
  while (rest !== "") {
    if (parts.length === limit) {
      parts.unshift(rest);
      break;
    }
    let start = rest.length;
    while (start > 0 && !isSpace(rest[start - 1]!)) start--;
    parts.unshift(rest.slice(start));
    rest = stripEnd(rest.slice(0, start));
  }
  return parts;
}

function split(text: string, separator: unknown, limit: number): string[] {
  if (separator === null) {
    return limit < 0 ? splitAllSpaces(text) : splitSpaces(text, limit);
  }
  const parts = text.split(requireSeparator(separator));
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [
    ...parts.slice(0, limit),
    parts.slice(limit).join(requireText(separator)),
  ];
}

function splitAllSpaces(text: string): string[] {
  return text.split(SPACES_REGEXP).filter((part) => part !== "");
}

function splitFromEnd(
  text: string,
  separator: unknown,
  limit: number,
): string[] {
  if (limit < 0) return split(text, separator, limit);
  if (separator === null) return splitSpacesFromEnd(text, limit);
  const parts = text.split(requireSeparator(separator));
  const kept = Math.max(0, parts.length - limit);
  if (kept <= 1) return parts;
  return [
    parts.slice(0, kept).join(requireText(separator)),
    ...parts.slice(kept),
  ];
}

function requireSeparator(separator: unknown): string {
  const text = requireText(separator);
  return text === "" ? fail("the separator is empty") : text;
}

/** The part of a text between two positions, and where it starts. */
function window(
  text: string,
  start: unknown,
  end: unknown,
): { part: string; offset: number } | undefined {
  const length = textLength(text);
  const from = position(start, length, 0);
  const to = Math.min(position(end, length, length), length);
  if (from > to) return undefined;
  return { part: sliceText(text, from, to), offset: from };
}

function position(value: unknown, length: number, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  const index = requireInteger(value);
  return index < 0 ? Math.max(0, index + length) : index;
}

function find(
  text: string,
  part: unknown,
  range: readonly [start: unknown, end: unknown],
  fromEnd: boolean,
): number {
  const searched = window(text, ...range);
  if (searched === undefined) return -1;
  const wanted = requireText(part);
  const unit = fromEnd
    ? searched.part.lastIndexOf(wanted)
    : searched.part.indexOf(wanted);
  if (unit === -1) return -1;
  return searched.offset + textLength(searched.part.slice(0, unit));
}

function finder(fromEnd: boolean, mustFind: boolean): Native {
  return {
    parameters: "self sub start? end? /",
    run(_runtime, self: unknown, sub: unknown, start: unknown, end: unknown) {
      const index = find(requireText(self), sub, [start, end], fromEnd);
      return index === -1 && mustFind ? fail("substring not found") : index;
    },
  };
}

function affix(test: (part: string, affix: string) => boolean): Native {
  return {
    parameters: "self affix start? end? /",
    run(
      _runtime,
      self: unknown,
      wanted: unknown,
      start: unknown,
      end: unknown,
    ) {
      const searched = window(requireText(self), start, end);
      const choices = wanted instanceof Tuple ? wanted.items : [wanted];
      return choices.some((choice) => {
        const text = requireText(choice);
        return searched !== undefined && test(searched.part, text);
      });
    },
  };
}

/** A method without arguments. */
function simple(run: (text: string) => unknown): Native {
  return {
    parameters: "self /",
    run: (_runtime, self: unknown) => run(requireText(self)),
  };
}

/** A method that asks something of every character; nothing has it when there is none. */
function every(pattern: RegExp): Native {
  return simple((text) => pattern.test(text));
}

/** Tells whether the letters of a text are lower case, and there are some. */
export function isLower(text: string): boolean {
  return /\p{Ll}/u.test(text) && !/[\p{Lu}\p{Lt}]/u.test(text);
}

/** Tells whether the letters of a text are upper case, and there are some. */
export function isUpper(text: string): boolean {
  return /\p{Lu}/u.test(text) && !/[\p{Ll}\p{Lt}]/u.test(text);
}

function isTitle(text: string): boolean {
  let isInside = false;
  let hasWord = false;
  for (const character of text) {
    if (/[\p{Lu}\p{Lt}]/u.test(character)) {
      if (isInside) return false;
      isInside = hasWord = true;
    } else if (/\p{Ll}/u.test(character)) {
      if (!isInside) return false;
    } else {
      isInside = false;
    }
  }
  return hasWord;
}

function expandTabs(runtime: Runtime, text: string, size: number): string {
  let column = 0;
  let result = "";
  for (const character of text) {
    if (character === "\t") {
      const blanks = size > 0 ? size - column % size : 0;
      runtime.checkLength(result.length + blanks);
      result += " ".repeat(blanks);
      column += blanks;
    } else {
      result += character;
      column = character === "\n" || character === "\r" ? 0 : column + 1;
    }
  }
  return result;
}

function partition(text: string, separator: unknown, fromEnd: boolean): Tuple {
  const wanted = requireSeparator(separator);
  const at = fromEnd ? text.lastIndexOf(wanted) : text.indexOf(wanted);
  if (at === -1) return new Tuple(fromEnd ? ["", "", text] : [text, "", ""]);
  return new Tuple([text.slice(0, at), wanted, text.slice(at + wanted.length)]);
}

/** Puts texts together, with another between them. */
function join(runtime: Runtime, separator: string, items: unknown): string {
  const texts: string[] = [];
  let length = 0;
  for (const item of iterate(runtime, items)) {
    const text = asText(item) ??
      refuse(
        item,
        `item ${texts.length} to join is no string but '${typeName(item)}'`,
      );
    length += text.length + separator.length;
    runtime.checkLength(length);
    texts.push(text);
  }
  return texts.join(separator);
}

function translate(text: string, table: unknown): string {
  const mapping = asMapping(table) ?? refuse(table, "it takes a mapping here");
  return characters(text).map((character) => {
    const found = getItem(mapping, character.codePointAt(0)!);
    if (found === undefined) return character;
    const code = asInteger(found);
    if (code !== undefined) return String.fromCodePoint(Number(code));
    return found === null ? "" : requireText(found);
  }).join("");
}

function makeTranslation(from: unknown, to: unknown, without: unknown): Dict {
  const mapping = asMapping(from);
  if (mapping !== undefined && to === undefined) {
    const entries = mapping instanceof Dict
      ? mapping.entries()
      : Object.entries(mapping);
    return new Dict(entries.map(([key, value]) => {
      const text = asText(key);
      return [text === undefined ? key : text.codePointAt(0)!, value];
    }));
  }
  const sources = characters(requireText(from));
  const targets = characters(requireText(to));
  if (sources.length !== targets.length) {
    fail("maketrans() takes two strings of one length");
  }
  const table = new Dict(
    sources.map((
      character,
      index,
    ) => [character.codePointAt(0)!, targets[index]!.codePointAt(0)!]),
  );
  for (const character of characters(requireText(without ?? ""))) {
    table.set(character.codePointAt(0)!, null);
  }
  return table;
}

function zeroFill(runtime: Runtime, text: string, width: unknown): string {
  const zeros = "0".repeat(padding(runtime, text, width));
  return /^[-+]/.test(text) ? text[0] + zeros + text.slice(1) : zeros + text;
}

/** Python's methods of strings. */
export const STRING_METHODS: NativeTable = nativeTable({
  capitalize: simple(capitalize),
  casefold: simple((text) => lower(text).replaceAll("ß", "ss")),
  center: {
    parameters: "self width fillchar? /",
    run: (runtime, self: unknown, width: unknown, fill: unknown) =>
      center(runtime, requireText(self), width, fill),
  },
  count: {
    parameters: "self sub start? end? /",
    run(_runtime, self: unknown, sub: unknown, start: unknown, end: unknown) {
      const searched = window(requireText(self), start, end);
      const wanted = requireText(sub);
      if (searched === undefined) return 0;
      return wanted === ""
        ? textLength(searched.part) + 1
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
  isalnum: every(/^[\p{L}\p{N}]+$/u),
  isalpha: every(/^\p{L}+$/u),
  isascii: every(/^\p{ASCII}*$/u),
  isdecimal: every(/^\p{Nd}+$/u),
  isdigit: every(/^[\p{Nd}²³¹⁰-⁹₀-₉①-⑨⑴-⑼⒈-⒐]+$/u),
  isidentifier: every(/^[\p{XIDS}_]\p{XIDC}*$/u),
  islower: simple(isLower),
  isnumeric: every(/^\p{N}+$/u),
  isprintable: every(/^(?: |[^\p{C}\p{Z}])*$/u),
  isspace: simple((text) => text !== "" && characters(text).every(isSpace)),
  istitle: simple(isTitle),
  isupper: simple(isUpper),
  join: {
    parameters: "self iterable /",
    run: (runtime, self: unknown, items: unknown) =>
      join(runtime, requireText(self), items),
  },
  ljust: {
    parameters: "self width fillchar? /",
    run(runtime, self: unknown, width: unknown, fill: unknown = " ") {
      const text = requireText(self);
      return text + fillCharacter(fill).repeat(padding(runtime, text, width));
    },
  },
  lower: simple(lower),
  lstrip: {
    parameters: "self chars? /",
    run: (_runtime, self: unknown, chars: unknown = null) =>
      stripLeft(requireText(self), chars),
  },
  maketrans: {
    parameters: "self x y? z? /",
    run: (_runtime, _self: unknown, x: unknown, y: unknown, z: unknown) =>
      makeTranslation(x, y, z),
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
        runtime,
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
      return fillCharacter(fill).repeat(padding(runtime, text, width)) + text;
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
    run: (_runtime, self: unknown, chars: unknown = null) =>
      stripRight(requireText(self), chars),
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
    run: (_runtime, self: unknown, chars: unknown) =>
      strip(requireText(self), chars),
  },
  swapcase: simple(swapCase),
  title: simple(title),
  translate: {
    parameters: "self table /",
    run: (_runtime, self: unknown, table: unknown) =>
      translate(requireText(self), table),
  },
  upper: simple((text) => text.toUpperCase()),
  zfill: {
    parameters: "self width /",
    run: (runtime, self: unknown, width: unknown) =>
      zeroFill(runtime, requireText(self), width),
  },
});

/** Reads an integer as Python's `int(text, base)` does; undefined if it is none. */
export function parseInteger(
  text: string,
  base: number,
): number | bigint | undefined {
  const match = /^([-+]?)(?:0([box]))?((?:_?[0-9a-z])+)$/i.exec(
    strip(text).replace(/^([-+]?0[box])_/i, "$1"),
  );
  if (match === null) return undefined;
  const [, sign, prefix, digits] = match;
  const prefixBase = prefix === undefined
    ? undefined
    : { b: 2, o: 8, x: 16 }[prefix.toLowerCase() as "b" | "o" | "x"];
  const plain = digits!.replaceAll("_", "").toLowerCase();
  if (digits!.startsWith("_") && prefix === undefined) return undefined;
  if (prefixBase !== undefined && base !== 0 && base !== prefixBase) {
    // In base 16, `0b1` are three digits.
    return parseInteger16(sign!, prefix! + plain, base);
  }
  const radix = prefixBase ?? (base === 0 ? 10 : base);
  if (base === 0 && prefix === undefined && /^0+[1-9]/.test(plain)) {
    return undefined;
  }
  return digitsValue(sign!, plain, radix);
}

function parseInteger16(sign: string, rest: string, base: number) {
  return digitsValue(sign, `0${rest.toLowerCase()}`, base);
}

function digitsValue(
  sign: string,
  digits: string,
  radix: number,
): number | bigint | undefined {
  let value = 0n;
  const step = BigInt(radix);
  for (const digit of digits) {
    const number = parseInt(digit, 36);
    if (!(number < radix)) return undefined;
    value = value * step + BigInt(number);
  }
  return integerValue(sign === "-" ? -value : value);
}
