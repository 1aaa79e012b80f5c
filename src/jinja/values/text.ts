import { pythonRepr } from "../../formats/python_text.ts";
import { Float, Timestamp } from "../../values.ts";
import { asMapping, entriesOf } from "./dict.ts";
import { fail } from "../error.ts";
import { Budget, Markup, TemplateObject, Undefined } from "./objects.ts";

const MAX_DEPTH = 500;
// Python refuses to print longer integers, as that takes quadratic time.
const MAX_INTEGER = 10n ** 4300n;

/** Prints a value as Python's `str()` does. */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Markup) return value.text;
  if (value instanceof Undefined) return value.print();
  if (value instanceof Timestamp) return value.text;
  return toRepr(value);
}

/** Prints a value as Python's `repr()` does. */
export function toRepr(value: unknown): string {
  return repr(value, 0, new Budget());
}

/** Prints a value as Python's `ascii()` does. */
export function toAscii(value: unknown): string {
  return toRepr(value).replace(/\P{ASCII}/gu, escapeCharacter);
}

/** Tells whether a text is a name to Python, as `str.isidentifier()` does. */
export function isIdentifier(text: string): boolean {
  // Unicode's classes take long to make: no constant.
  return /^[\p{XIDS}_]\p{XIDC}*$/u.test(text);
}

/** Writes a character as the escape of a string literal. */
export function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits}`;
  if (code < 0x10000) return `\\u${digits.padStart(4, "0")}`;
  return `\\U${digits.padStart(8, "0")}`;
}

function repr(value: unknown, depth: number, budget: Budget): string {
  budget.spend();
  if (depth > MAX_DEPTH) {
    fail("a value is nested too deeply to be printed");
  }
  function print(item: unknown): string {
    return repr(item, depth + 1, budget);
  }
  if (
    typeof value === "bigint" && (value >= MAX_INTEGER || value <= -MAX_INTEGER)
  ) {
    fail("an integer has more than 4300 digits");
  }
  if (typeof value !== "object" || value === null || value instanceof Float) {
    return pythonRepr(value);
  }
  if (Array.isArray(value)) return `[${value.map(print).join(", ")}]`;
  const mapping = asMapping(value);
  if (mapping !== undefined) {
    const entries = entriesOf(mapping).map(([key, item]) =>
      `${print(key)}: ${print(item)}`
    );
    return `{${entries.join(", ")}}`;
  }
  return value instanceof TemplateObject
    ? value.repr(print)
    : pythonRepr(value);
}

const SURROGATE_REGEXP = /[\ud800-\udfff]/;

/** How many code points a text has, which is what Python counts. */
export function textLength(text: string): number {
  if (!SURROGATE_REGEXP.test(text)) return text.length;
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** The code points of a text. */
export function characters(text: string): string[] {
  return SURROGATE_REGEXP.test(text) ? Array.from(text) : text.split("");
}

/** Cuts a text between two positions, counted in code points. */
export function sliceText(text: string, start: number, end?: number): string {
  return SURROGATE_REGEXP.test(text)
    ? Array.from(text).slice(start, end).join("")
    : text.slice(start, end);
}

const SPECIAL_REGEXP = /[&<>"']/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&#34;"],
  ["'", "&#39;"],
]);

/** Escapes a value for HTML, unless it is HTML already. */
export function escapeHtml(value: unknown): string {
  if (value instanceof Markup) return value.text;
  return escapeText(toText(value));
}

/** Escapes a text for HTML. */
export function escapeText(text: string): string {
  return text.replace(SPECIAL_REGEXP, (character) => ENTITIES.get(character)!);
}

/** What Python's `str.isspace()` and `\s` take for white space, as a character class. */
export const SPACE_CLASS =
  "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

const LEADING_SPACES_REGEXP = new RegExp(`^${SPACE_CLASS}+`);
const SPACE_REGEXP = new RegExp(SPACE_CLASS);

/** Tells whether a character is white space to Python. */
export function isSpace(character: string): boolean {
  return SPACE_REGEXP.test(character);
}

/** Removes leading white space as Python's `lstrip()` does. */
export function stripStart(text: string): string {
  return text.replace(LEADING_SPACES_REGEXP, "");
}

/** Removes trailing white space as Python's `rstrip()` does. */
export function stripEnd(text: string): string {
  // From the end by hand: a regular expression would try at every position.
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1]!)) end--;
  return text.slice(0, end);
}
