import { pythonRepr } from "../formats/python_text.ts";
import { Float, Timestamp } from "../values.ts";
import { asMapping, entriesOf } from "./dict.ts";
import { Budget } from "./budget.ts";
import { fail } from "./failure.ts";
import { Markup, TemplateObject, Undefined } from "./objects.ts";

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
