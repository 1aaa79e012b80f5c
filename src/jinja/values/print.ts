import { pythonRepr } from "../../formats/python_text.ts";
import { Float, Timestamp } from "../../values.ts";
import { fail, failLimit } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { TemplateObject } from "../runtime/runtime.ts";
import { escapeCharacter, escapeText } from "../strings/text.ts";
import { asMapping, Dict, entriesOf } from "./dict.ts";
import { type Integer, Markup } from "./scalars.ts";

const MAX_DEPTH = 500;
// Python refuses to print longer integers, which would take quadratic time.
const MAX_DIGITS = 4300;
let largestInteger: bigint | undefined;

/** Returns a value as a string, as Python's `str()` does. */
export function toText(budget: Budget, value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Markup) return value.text;
  if (value instanceof Timestamp) return value.text;
  const text = value instanceof TemplateObject ? value.print() : undefined;
  return text ?? toRepr(budget, value);
}

/** Returns the `repr()` of a value, as Python does. */
export function toRepr(budget: Budget, value: unknown): string {
  return new Printer(budget).print(value);
}

/** Returns the `repr()` of a value in ASCII, as Python's `ascii()` does. */
export function toAscii(budget: Budget, value: unknown): string {
  return toRepr(budget, value).replace(/\P{ASCII}/gu, escapeCharacter);
}

/** Escapes a value for HTML, unless it is HTML already. */
export function escapeHtml(budget: Budget, value: unknown): string {
  return value instanceof Markup
    ? value.text
    : escapeText(budget, toText(budget, value));
}

class Printer {
  readonly #budget: Budget;
  /** The containers around the value that is printed. */
  readonly #around = new Set<object>();

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  print(value: unknown): string {
    this.#budget.step();
    if (typeof value === "bigint") return integerText(this.#budget, value);
    if (typeof value === "string") {
      this.#budget.allocateString(value.length);
      return pythonRepr(value);
    }
    if (
      typeof value !== "object" || value === null || value instanceof Float ||
      value instanceof Timestamp
    ) {
      return pythonRepr(value);
    }
    if (this.#around.has(value)) return ellipsis(value);
    if (this.#around.size >= MAX_DEPTH) {
      failLimit(
        "maximum recursion depth exceeded while getting the repr of an object",
      );
    }
    this.#around.add(value);
    const text = this.#printContainer(value);
    this.#around.delete(value);
    this.#budget.allocateString(text.length);
    return text;
  }

  #printContainer(value: object): string {
    const print = (item: unknown) => this.print(item);
    if (Array.isArray(value)) return `[${value.map(print).join(", ")}]`;
    const mapping = asMapping(value);
    if (mapping !== undefined) {
      const entries = entriesOf(this.#budget, mapping).map(([key, item]) =>
        `${print(key)}: ${print(item)}`
      );
      return `{${entries.join(", ")}}`;
    }
    return value instanceof TemplateObject
      ? value.repr(print)
      : pythonRepr(value);
  }
}

/** What Python prints of a container inside itself. */
function ellipsis(value: object): string {
  if (Array.isArray(value)) return "[...]";
  return value instanceof TemplateObject && !(value instanceof Dict)
    ? "(...)"
    : "{...}";
}

/**
 * Writes an integer in base 10.
 *
 * @throws {TemplateFailure} If it has too many digits.
 */
export function integerText(budget: Budget, integer: Integer): string {
  if (typeof integer === "bigint") {
    largestInteger ??= 10n ** BigInt(MAX_DIGITS);
    if (integer >= largestInteger || integer <= -largestInteger) {
      fail(
        `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion`,
      );
    }
    budget.step(MAX_DIGITS / 64);
  }
  return String(integer);
}
