import { pythonFloat } from "../../formats/python_text.ts";
import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { sliceText } from "../strings/text.ts";
import { integerText, toText } from "../values/print.ts";
import {
  asInteger,
  asNumber,
  asText,
  type Integer,
  isNegative,
  refuse,
  typeName,
} from "../values/scalars.ts";
import {
  toExponent,
  toFixedDecimals,
  toGeneral,
  withoutZeros,
  withPoint,
} from "./digits.ts";
import {
  align,
  type FormatSpec,
  parseSpec,
  placeNumber,
  showCharacter,
  signOf,
} from "./spec.ts";

/** The types of specifications that format integers as integers. */
const INTEGER_TYPES: readonly string[] = [
  "",
  "b",
  "c",
  "d",
  "n",
  "o",
  "x",
  "X",
];
/** The types that format any number as a float. */
const FLOAT_TYPES: readonly string[] = [
  "",
  "%",
  "E",
  "F",
  "G",
  "e",
  "f",
  "g",
  "n",
];

/**
 * Formats a value, as Python's `format(value, spec)` does.
 *
 * @throws {TemplateFailure} If the specification does not fit the value.
 */
export function formatValue(
  budget: Budget,
  value: unknown,
  specText: string,
): string {
  if (specText === "") return toText(budget, value);
  const text = asText(value);
  if (text !== undefined) {
    return formatText(budget, text, parseSpec(specText, "str"));
  }
  const number = asNumber(value);
  if (number === undefined) {
    const type = typeName(value);
    return refuse(
      value,
      `unsupported format string passed to ${type}.__format__`,
    );
  }
  const type = typeName(value);
  const spec = parseSpec(specText, type);
  const integer = asInteger(value);
  if (integer !== undefined && INTEGER_TYPES.includes(spec.type)) {
    return formatInteger(budget, integer, spec);
  }
  if (!FLOAT_TYPES.includes(spec.type)) unknownCode(spec.type, type);
  return formatFloat(budget, toFloat(number), spec);
}

function toFloat(number: Integer): number {
  const float = Number(number);
  return typeof number === "bigint" && !Number.isFinite(float)
    ? fail("int too large to convert to float")
    : float;
}

function unknownCode(type: string, typeOfValue: string): never {
  fail(
    `Unknown format code '${
      showCharacter(type)
    }' for object of type '${typeOfValue}'`,
  );
}

function formatText(budget: Budget, text: string, spec: FormatSpec): string {
  if (spec.type !== "" && spec.type !== "s") unknownCode(spec.type, "str");
  if (spec.sign !== "") {
    const sign = spec.sign === " " ? "Space" : "Sign";
    fail(`${sign} not allowed in string format specifier`);
  }
  if (spec.dropsNegativeZero) {
    fail("Negative zero coercion (z) not allowed in string format specifier");
  }
  if (spec.isAlternate) {
    fail("Alternate form (#) not allowed in string format specifier");
  }
  if (spec.align === "=") {
    fail("'=' alignment not allowed in string format specifier");
  }
  const cut = spec.precision === undefined
    ? text
    : sliceText(budget, text, 0, spec.precision);
  return align(budget, "", cut, spec);
}

/** Formats a float as a type of floats says. */
export function formatFloat(
  budget: Budget,
  number: number,
  spec: FormatSpec,
): string {
  const body = floatDigits(budget, Math.abs(number), spec);
  const isZero = spec.dropsNegativeZero && /^[0.]*(?:e|%|$)/i.test(body);
  const prefix = signOf(isNegative(number) && !isZero, spec);
  return placeNumber(budget, prefix, body, spec);
}

function floatDigits(
  budget: Budget,
  magnitude: number,
  spec: FormatSpec,
): string {
  const { type, precision = 6, isAlternate } = spec;
  const percent = type === "%" ? "%" : "";
  const text = Number.isFinite(magnitude)
    ? finiteDigits(budget, magnitude, spec, precision)
    : Number.isNaN(magnitude)
    ? "nan"
    : "inf";
  const shown = isAlternate && Number.isFinite(magnitude)
    ? withPoint(text)
    : text;
  return (/[EFG]/.test(type) ? shown.toUpperCase() : shown) + percent;
}

function finiteDigits(
  budget: Budget,
  magnitude: number,
  spec: FormatSpec,
  precision: number,
): string {
  switch (spec.type) {
    case "":
      return plainFloat(budget, magnitude, spec);
    case "e":
    case "E":
      return toExponent(budget, magnitude, precision);
    case "f":
    case "F":
      return toFixedDecimals(budget, magnitude, precision);
    case "%":
      return toFixedDecimals(budget, magnitude * 100, precision);
    default:
      return toGeneral(budget, magnitude, precision, spec.isAlternate);
  }
}

/** Without a type, a float keeps at least one decimal. */
function plainFloat(
  budget: Budget,
  magnitude: number,
  { precision, isAlternate }: FormatSpec,
): string {
  if (precision === undefined) return pythonFloat(magnitude);
  const digits = Math.max(precision, 1);
  const exponentText = toExponent(budget, magnitude, digits - 1);
  const exponent = Number(exponentText.split("e")[1]);
  // The decimal needs a digit of the precision, too.
  if (exponent >= digits - 1 || exponent < -4) {
    return isAlternate ? exponentText : withoutZeros(exponentText);
  }
  const text = toGeneral(budget, magnitude, digits, isAlternate);
  return text.includes(".") ? text : `${text}.0`;
}

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
