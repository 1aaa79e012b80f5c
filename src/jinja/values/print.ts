import { pythonRepr } from "../../formats/python_text.ts";
import { Float, Timestamp } from "../../values.ts";
import { asMapping, entriesOf } from "./dict.ts";
import { fail } from "../error.ts";
import { Budget } from "./walk_budget.ts";
import { Markup } from "./markup.ts";
import { TemplateObject } from "../runtime/object.ts";
import { Undefined } from "../runtime/undefined.ts";
import { escapeCharacter } from "../strings/characters.ts";
import { escapeText } from "../strings/escape.ts";
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

/** Escapes a value for HTML, unless it is HTML already. */
export function escapeHtml(value: unknown): string {
  if (value instanceof Markup) return value.text;
  return escapeText(toText(value));
}
