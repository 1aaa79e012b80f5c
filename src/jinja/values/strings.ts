import { asMapping, Dict, getItem } from "./dict.ts";
import { fail } from "../error.ts";
import { type Native, requireInteger, requireText } from "./native.ts";
import { asInteger } from "./numbers.ts";
import { asText, refuse, Tuple } from "./objects.ts";
import type { Runtime } from "./runtime.ts";
import {
  characters,
  isSpace,
  sliceText,
  SPACE_CLASS,
  stripEnd,
  stripStart,
  textLength,
} from "./text.ts";

/** Makes the first letter upper case and the others lower case. */
export function capitalize(text: string): string {
  const [first = "", ...rest] = characters(text);
  return titleCase(first) + lower(rest.join(""));
}

// Two letters in one character, of which only the first is upper case in a title.
const DIGRAPH_REGEXP = /[\u01c4-\u01cc\u01f1-\u01f3]/;

function titleCase(character: string): string {
  if (DIGRAPH_REGEXP.test(character)) {
    const upper = character.toUpperCase().codePointAt(0)!;
    return String.fromCodePoint(upper + 1);
  }
  const upper = character.toUpperCase();
  return upper.length > character.length && /^\p{L}/u.test(upper)
    ? characters(upper)[0] + characters(upper).slice(1).join("").toLowerCase()
    : upper;
}

/** Makes a text lower case. */
export function lower(text: string): string {
  return text.toLowerCase();
}

/** Makes texts alike that differ in their case only. */
export function foldCase(text: string): string {
  return characters(text).map((character) =>
    character === "ı" ? character : character.toUpperCase().toLowerCase()
  ).join("");
}

/** Makes upper case of lower case, and the other way round. */
export function swapCase(text: string): string {
  return characters(text).map((character) =>
    /\p{Uppercase}/u.test(character)
      ? character.toLowerCase()
      : /\p{Lowercase}/u.test(character)
      ? character.toUpperCase()
      : character
  ).join("");
}

/** Makes the first letter of every word upper case. */
export function title(text: string): string {
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

/** Tells whether the letters of a text are lower case, and there are some. */
export function isLower(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

/** Tells whether the letters of a text are upper case, and there are some. */
export function isUpper(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}

/** Tells whether exactly the first letters of the words are upper case. */
export function isTitle(text: string): boolean {
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

/** The part of a text between two positions, and where it starts. */
export function window(
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
  const wanted = requireText(part);
  if (searched === undefined) return -1;
  const unit = fromEnd
    ? searched.part.lastIndexOf(wanted)
    : searched.part.indexOf(wanted);
  if (unit === -1) return -1;
  return searched.offset + textLength(searched.part.slice(0, unit));
}

/** A method that finds a part. */
export function finder(fromEnd: boolean, mustFind: boolean): Native {
  return {
    parameters: "self sub start? end? /",
    run(_runtime, self: unknown, sub: unknown, start: unknown, end: unknown) {
      const index = find(requireText(self), sub, [start, end], fromEnd);
      return index === -1 && mustFind ? fail("substring not found") : index;
    },
  };
}

/** A method that looks at the start or the end. */
export function affix(test: (part: string, affix: string) => boolean): Native {
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

/** Replaces characters as a table of their code points says. */
export function translate(text: string, table: unknown): string {
  const mapping = asMapping(table) ?? refuse(table, "it takes a mapping here");
  return characters(text).map((character) => {
    const found = getItem(mapping, character.codePointAt(0)!);
    if (found === undefined) return character;
    const code = asInteger(found);
    if (code !== undefined) return String.fromCodePoint(Number(code));
    return found === null ? "" : requireText(found);
  }).join("");
}

/** Makes such a table as Python's `str.maketrans()` does. */
export function makeTranslation(
  from: unknown,
  to: unknown,
  without: unknown,
): Dict {
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

/** Removes characters from both ends of a text; none given: white space. */
export function strip(text: string, chars: unknown = null): string {
  return stripLeft(stripRight(text, chars), chars);
}

/** Removes characters from the start of a text; none given: white space. */
export function stripLeft(text: string, chars: unknown): string {
  if (chars === null) return stripStart(text);
  const set = new Set(characters(requireText(chars)));
  const items = characters(text);
  let start = 0;
  while (start < items.length && set.has(items[start]!)) start++;
  return items.slice(start).join("");
}

/** Removes characters from the end of a text; none given: white space. */
export function stripRight(text: string, chars: unknown): string {
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

/** Splits a text at a separator; none given: at white space. */
export function split(
  text: string,
  separator: unknown,
  limit: number,
): string[] {
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

/** Splits a text as `split` does, but counts the parts from its end. */
export function splitFromEnd(
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

/** Parts a text in what stands before a separator, the separator, and the rest. */
export function partition(
  text: string,
  separator: unknown,
  fromEnd: boolean,
): Tuple {
  const wanted = requireSeparator(separator);
  const at = fromEnd ? text.lastIndexOf(wanted) : text.indexOf(wanted);
  if (at === -1) return new Tuple(fromEnd ? ["", "", text] : [text, "", ""]);
  return new Tuple([text.slice(0, at), wanted, text.slice(at + wanted.length)]);
}
