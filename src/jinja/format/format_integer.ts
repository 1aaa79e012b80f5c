import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import type { Integer } from "../values/numbers.ts";
import { integerText } from "../values/print.ts";
import { align, placeNumber, signOf } from "./place.ts";
import type { FormatSpec } from "./spec.ts";

/** Formats an integer as a type of integers says. */
export function formatInteger(
  budget: Budget,
  integer: Integer,
  spec: FormatSpec,
): string {
  if (spec.precision !== undefined) {
    fail("Precision not allowed in integer format specifier");
  }
  if (spec.dropsNegativeZero) {
    fail("Negative zero coercion (z) not allowed in integer format specifier");
  }
  if (spec.type === "c") return formatCodePoint(budget, integer, spec);
  const magnitude = integer < 0 ? -integer : integer;
  const prefix = signOf(integer < 0, spec) +
    (spec.isAlternate ? prefixOf(spec) : "");
  return placeNumber(budget, prefix, digitsOf(budget, magnitude, spec), spec);
}

function formatCodePoint(
  budget: Budget,
  code: Integer,
  spec: FormatSpec,
): string {
  if (spec.sign !== "") {
    fail("Sign not allowed with integer format specifier 'c'");
  }
  if (spec.isAlternate) {
    fail("Alternate form (#) not allowed with integer format specifier 'c'");
  }
  return align(budget, "", characterOf(code), spec);
}

/** Returns the character of a code point, as `%c` does. */
export function characterOf(code: Integer): string {
  if (code < 0 || code > 0x10ffff) fail("%c arg not in range(0x110000)");
  return String.fromCodePoint(Number(code));
}

function prefixOf({ type }: FormatSpec): string {
  return type !== "" && "boxX".includes(type) ? `0${type}` : "";
}

function digitsOf(
  budget: Budget,
  magnitude: Integer,
  { type }: FormatSpec,
): string {
  switch (type) {
    case "":
    case "d":
    case "n":
      return integerText(budget, magnitude);
    default:
      return digitsInBase(budget, magnitude, type);
  }
}

/** Writes an integer from zero on in base 2 for `b`, 8 for `o`, 16 for `x` and `X`. */
export function digitsInBase(
  budget: Budget,
  magnitude: Integer,
  type: string,
): string {
  const base = type === "b" ? 2 : type === "o" ? 8 : 16;
  const hexadecimal = magnitude.toString(16);
  budget.allocateString(hexadecimal.length * 4);
  const digits = base === 16 ? hexadecimal : magnitude.toString(base);
  return type === "X" ? digits.toUpperCase() : digits;
}
