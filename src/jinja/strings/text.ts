import type { Budget } from "../runtime/budget.ts";

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
  const unit = character.charCodeAt(0);
  // A pattern takes ten times as long, and most characters are ASCII.
  return unit < 0x80
    ? unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) ||
      (unit >= 0x1c && unit <= 0x1f)
    : SPACE_REGEXP.test(character);
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
  let start = 0;
  let end = text.length;
  while (ends !== "end" && start < end) {
    const character = String.fromCodePoint(text.codePointAt(start)!);
    if (!set.has(character)) break;
    budget.step();
    start += character.length;
  }
  while (ends !== "start" && end > start) {
    const character = lastCharacter(text, end);
    if (!set.has(character)) break;
    budget.step();
    end -= character.length;
  }
  return text.slice(start, end);
}

/** Returns the character before a position, which is not 0. */
function lastCharacter(text: string, end: number): string {
  const pair = text.slice(Math.max(0, end - 2), end);
  return pair.codePointAt(0)! > 0xffff ? pair : text[end - 1]!;
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

/** Reports whether a string is a Python identifier. Keywords count. */
export function isIdentifier(text: string): boolean {
  return /^[\p{XIDS}_]\p{XIDC}*$/u.test(text);
}
