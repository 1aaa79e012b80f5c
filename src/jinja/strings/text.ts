import type { Budget } from "../runtime/budget.ts";
import { Searcher } from "./search.ts";

const SURROGATE_REGEXP = /[\ud800-\udfff]/;

/** Returns how many code points a string has, which is what Python counts. */
export function textLength(budget: Budget, text: string): number {
  budget.scan(text.length);
  if (!SURROGATE_REGEXP.test(text)) return text.length;
  budget.step(text.length);
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Returns the code points of a string. */
export function characters(budget: Budget, text: string): string[] {
  budget.allocateList(text.length);
  return SURROGATE_REGEXP.test(text) ? Array.from(text) : text.split("");
}

/** Returns the part of a string between two positions, counted in code points. */
export function sliceText(
  budget: Budget,
  text: string,
  start: number,
  end?: number,
): string {
  budget.scan(text.length);
  return SURROGATE_REGEXP.test(text)
    ? characters(budget, text).slice(start, end).join("")
    : text.slice(start, end);
}

/** Writes a character as an escape sequence of a Python string literal. */
export function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${digits.padStart(4, "0")}`;
  return `\\U${digits.padStart(8, "0")}`;
}

/** Joins strings with a separator and charges the result first. */
export function join(
  budget: Budget,
  texts: readonly string[],
  separator: string,
): string {
  budget.step(texts.length);
  let length = separator.length * Math.max(0, texts.length - 1);
  for (const text of texts) length += text.length;
  budget.allocateString(length);
  return texts.join(separator);
}

/** What is white space to Python's `str.isspace()` and `\s`, as a class of a regular expression. */
export const SPACE_CLASS =
  "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const SPACE_REGEXP = new RegExp(SPACE_CLASS);
const SPACES_REGEXP = new RegExp(`^${SPACE_CLASS}+$`);

/** Reports whether a character is white space. */
export function isSpace(character: string): boolean {
  return SPACE_REGEXP.test(character);
}

/** Reports whether all characters are white space, and there are some. */
export function isAllSpace(text: string): boolean {
  return SPACES_REGEXP.test(text);
}

/** Removes white space from the start of a string. */
export function stripStart(text: string): string {
  let start = 0;
  while (start < text.length && isSpace(text[start]!)) start++;
  return text.slice(start);
}

/** Removes white space from the end of a string. */
export function stripEnd(text: string): string {
  // A regular expression would try a match at each position.
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** Which ends of a string are stripped. */
export type Ends = "both" | "start" | "end";

/**
 * Removes characters from the ends of a string.
 *
 * @param chars The characters; white space if they are left out.
 */
export function strip(
  budget: Budget,
  text: string,
  chars?: string,
  ends: Ends = "both",
): string {
  if (chars === undefined) {
    budget.scan(text.length);
    const stripped = ends === "start" ? text : stripEnd(text);
    return ends === "end" ? stripped : stripStart(stripped);
  }
  const set = new Set(characters(budget, chars));
  const items = characters(budget, text);
  let start = 0;
  let end = items.length;
  if (ends !== "end") { while (start < end && set.has(items[start]!)) start++; }
  if (ends !== "start") {
    while (end > start && set.has(items[end - 1]!)) {
      end--;
    }
  }
  return items.slice(start, end).join("");
}

const SPECIAL_REGEXP = /[&<>"']/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&#34;"],
  ["'", "&#39;"],
]);
/** How many characters each entity has more than its character, by code. */
const GROWTH: readonly (number | undefined)[] = Array.from(
  { length: 0x80 },
  (_, code) => {
    const entity = ENTITIES.get(String.fromCharCode(code));
    return entity === undefined ? undefined : entity.length - 1;
  },
);

/** Escapes a string for HTML. */
export function escapeText(budget: Budget, text: string): string {
  budget.allocateString(escapedLength(budget, text));
  return text.replace(SPECIAL_REGEXP, (character) => ENTITIES.get(character)!);
}

/** Returns the length of the escaped string. */
function escapedLength(budget: Budget, text: string): number {
  budget.scan(text.length);
  let specials = 0;
  let { length } = text;
  for (let index = 0; index < text.length; index++) {
    const growth = GROWTH[text.charCodeAt(index)];
    if (growth === undefined) continue;
    specials++;
    length += growth;
  }
  budget.step(specials);
  return length;
}

const LINE_BREAK_CLASS = "[\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029]";
const LINE_BREAK_REGEXP = new RegExp(`\\r\\n|${LINE_BREAK_CLASS}`, "g");
const WORD_REGEXP = new RegExp(`[^${SPACE_CLASS.slice(1)}+`, "g");

/** Splits a string into lines, as Python's `str.splitlines()` does. */
export function splitLines(
  budget: Budget,
  text: string,
  keepsEnds = false,
): string[] {
  budget.scan(text.length);
  const lines: string[] = [];
  let start = 0;
  for (const { 0: lineBreak, index } of text.matchAll(LINE_BREAK_REGEXP)) {
    const end = index + lineBreak.length;
    budget.allocateList(1);
    lines.push(text.slice(start, keepsEnds ? end : index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** Splits a string at white space, at most `limit` times if that is not negative. */
export function splitWords(
  budget: Budget,
  text: string,
  limit: number,
): string[] {
  budget.scan(text.length);
  const parts: string[] = [];
  for (const { 0: word, index } of text.matchAll(WORD_REGEXP)) {
    budget.allocateList(1);
    if (limit >= 0 && parts.length >= limit) {
      parts.push(text.slice(index));
      break;
    }
    parts.push(word);
  }
  return parts;
}

/** Splits a string at white space from its end, at most `limit` times if that is not negative. */
export function splitWordsFromEnd(
  budget: Budget,
  text: string,
  limit: number,
): string[] {
  const words = splitWords(budget, text, -1);
  if (limit < 0 || words.length <= limit) return words;
  budget.scan(text.length);
  // The rest keeps the white space in it and in front of it.
  let end = text.length;
  for (let cut = 0; cut < limit; cut++) {
    end = endOfWord(text, end) - words[words.length - 1 - cut]!.length;
  }
  const rest = text.slice(0, endOfWord(text, end));
  return [rest, ...words.slice(words.length - limit)];
}

function endOfWord(text: string, from: number): number {
  let end = from;
  while (isSpace(text[end - 1]!)) end--;
  return end;
}

/** Splits a string at a separator, at most `limit` times if that is not negative. */
export function splitAt(
  budget: Budget,
  text: string,
  separator: string,
  limit: number,
): string[] {
  const searcher = new Searcher(budget, separator);
  const parts: string[] = [];
  let start = 0;
  while (limit < 0 || parts.length < limit) {
    const index = searcher.indexIn(text, start);
    if (index === -1) break;
    budget.allocateList(1);
    parts.push(text.slice(start, index));
    start = index + separator.length;
  }
  parts.push(text.slice(start));
  return parts;
}

/** Splits a string at a separator from its end, at most `limit` times if that is not negative. */
export function splitAtFromEnd(
  budget: Budget,
  text: string,
  separator: string,
  limit: number,
): string[] {
  const searcher = new Searcher(budget, separator);
  const parts: string[] = [];
  let rest = text;
  while (limit < 0 || parts.length < limit) {
    const index = searcher.lastIndexIn(rest);
    if (index === -1) break;
    budget.allocateList(1);
    parts.push(rest.slice(index + separator.length));
    rest = rest.slice(0, index);
  }
  parts.push(rest);
  return parts.reverse();
}

/** Replaces a part of a string, at most `count` times if that is not negative. */
export function replace(
  budget: Budget,
  text: string,
  old: string,
  replacement: string,
  count: number,
): string {
  if (old !== "") {
    return join(budget, splitAt(budget, text, old, count), replacement);
  }
  // An empty string occurs around each character.
  const parts = ["", ...characters(budget, text), ""];
  const times = count < 0
    ? parts.length - 1
    : Math.min(count, parts.length - 1);
  budget.allocateString(text.length);
  const rest = parts.splice(times + 1).join("");
  return join(budget, parts, replacement) + rest;
}
