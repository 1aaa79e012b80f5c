import { floatValue, integerValue } from "../../values.ts";
import { fail } from "../error.ts";
import { divideHalfEven, toFixedDecimals } from "../format/digits.ts";
import { divide, multiply, negate, power } from "../operators/arithmetic.ts";
import { isTrue } from "../operators/compare.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import {
  type NativeTable,
  type Runtime,
  Undefined,
} from "../runtime/runtime.ts";
import { strip } from "../strings/text.ts";
import { toRepr } from "../values/print.ts";
import {
  asInteger,
  asNumber,
  asText,
  type Integer,
  isFloat,
  refuse,
  requireInteger,
  typeName,
} from "../values/scalars.ts";

// Python refuses to parse longer integers, because that takes quadratic time.
const MAX_DIGITS = 4300;
// No float has a digit that far from its point.
const MAX_FLOAT_DIGITS = 400;
const UNITS = ["k", "M", "G", "T", "P", "E", "Z", "Y"];
const PREFIXES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 };
const OTHER_DIGIT_REGEXP = /(?![0-9])\p{Nd}/gu;
const INTEGER_REGEXP = /^([-+]?)(?:0([box]))?((?:_?[0-9a-z])+)$/i;
const FLOAT_REGEXP =
  /^[-+]?(?:(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)$/i;

/** Removes white space and replaces the decimal digits of other scripts by those of ASCII. */
function normalize(budget: Budget, text: string): string {
  return strip(budget, text).replace(
    OTHER_DIGIT_REGEXP,
    (digit) => String(digitValue(digit.codePointAt(0)!)),
  );
}

// Unicode assigns the ten digits of a script in a row.
function digitValue(code: number): number {
  let value = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value++;
  return value % 10;
}

/** Parses an integer as Python's `int(text, base)` does; `undefined` if it is malformed. */
function parseInteger(
  budget: Budget,
  text: string,
  base: number,
): Integer | undefined {
  if (base !== 0 && (base < 2 || base > 36)) return undefined;
  // An underscore may follow a prefix.
  const match = INTEGER_REGEXP.exec(
    normalize(budget, text).replace(/^([-+]?0[box])_/i, "$1"),
  );
  if (match === null) return undefined;
  const [, sign = "", letter, rawDigits = ""] = match;
  if (letter === undefined) {
    if (rawDigits.startsWith("_")) return undefined;
    const digits = rawDigits.replaceAll("_", "");
    // Python takes base 0 for a literal's, where leading zeros are errors.
    if (base === 0 && /^0+[1-9]/.test(digits)) return undefined;
    return parseDigits(sign, digits, base === 0 ? 10 : base);
  }
  const prefixBase = PREFIXES[letter.toLowerCase()]!;
  const digits = rawDigits.replaceAll("_", "");
  return base === 0 || base === prefixBase
    ? parseDigits(sign, digits, prefixBase)
    // In base 16, `0b1` has three digits.
    : parseDigits(sign, `0${letter}${digits}`, base);
}

function parseDigits(
  sign: string,
  digits: string,
  radix: number,
): Integer | undefined {
  let value = 0n;
  const step = BigInt(radix);
  for (const digit of digits) {
    const number = parseInt(digit, 36);
    if (!(number < radix)) return undefined;
    value = value * step + BigInt(number);
  }
  return integerValue(sign === "-" ? -value : value);
}

/** Parses a float as Python's `float()` does; `undefined` if it is malformed. */
function parseFloatText(
  budget: Budget,
  text: string,
): number | undefined {
  const plain = normalize(budget, text);
  if (!FLOAT_REGEXP.test(plain)) return undefined;
  const word = /^([-+]?)(inf|nan)/i.exec(plain);
  if (word === null) return Number(plain.replaceAll("_", ""));
  if (word[2]!.toLowerCase() === "nan") return NaN;
  return word[1] === "-" ? -Infinity : Infinity;
}

/** Returns what Python's `float()` reads; `undefined` if it cannot read the value. */
function toNumber(budget: Budget, value: unknown): Integer | undefined {
  const text = asText(value);
  return text === undefined ? asNumber(value) : parseFloatText(budget, text);
}

function parseText(
  budget: Budget,
  text: string,
  fallback: unknown,
  base: unknown,
): unknown {
  const radix = asInteger(base);
  const integer = radix === undefined || text.length > MAX_DIGITS
    ? undefined
    : parseInteger(budget, text, Number(radix));
  if (integer !== undefined) return integer;
  const number = parseFloatText(budget, text);
  return number === undefined ? fallback : truncated(number, fallback);
}

function truncated(number: number, fallback: unknown): unknown {
  if (Number.isNaN(number)) return fallback;
  return wholeNumber(Math.trunc(number));
}

function roundHalfEven(
  budget: Budget,
  value: unknown,
  number: Integer,
  digits: number,
): unknown {
  if (isFloat(value)) {
    if (!Number.isFinite(number) || digits > MAX_FLOAT_DIGITS) return value;
    if (digits < -MAX_FLOAT_DIGITS) return floatValue(0);
    return floatValue(Number(toFixedDecimals(budget, Number(number), digits)));
  }
  if (digits >= 0) return number;
  if (digits < -MAX_DIGITS) return 0;
  const unit = 10n ** BigInt(-digits);
  return integerValue(divideHalfEven(BigInt(number), unit) * unit);
}

function roundToInteger(budget: Budget, number: Integer): Integer {
  if (typeof number === "bigint") return number;
  return Number.isFinite(number)
    ? integerValue(BigInt(toFixedDecimals(budget, number, 0)))
    : failNotFinite(number);
}

/** Rounds towards one side, as Jinja2 does: scales, rounds and divides. */
function roundToward(
  runtime: Runtime,
  value: unknown,
  digits: number,
  round: (number: number) => number,
): unknown {
  const factor = power(runtime, 10, digits);
  const scaled = asNumber(multiply(runtime, value, factor))!;
  const rounded = typeof scaled === "bigint"
    ? scaled
    : wholeNumber(round(scaled));
  return divide(runtime, rounded, factor);
}

function wholeNumber(number: number): Integer {
  return Number.isFinite(number)
    ? integerValue(BigInt(number))
    : failNotFinite(number);
}

function failNotFinite(number: number): never {
  const name = Number.isNaN(number) ? "NaN" : "infinity";
  fail(`cannot convert float ${name} to integer`);
}

function formatFileSize(
  budget: Budget,
  bytes: number,
  isBinary: boolean,
): string {
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${BigInt(Math.trunc(bytes))} Bytes`;
  // A bigint, because 1e24 is less than 10 ** 24.
  const factor = BigInt(base);
  let unit = factor;
  let index = 0;
  while (index < UNITS.length - 1 && bytes >= unit * factor) {
    unit *= factor;
    index++;
  }
  const letter = isBinary ? UNITS[index]!.toUpperCase() : UNITS[index]!;
  const size = base * bytes / Number(unit * factor);
  const amount = Number.isFinite(size)
    ? toFixedDecimals(budget, size, 1)
    : "inf";
  return `${amount} ${letter}${isBinary ? "iB" : "B"}`;
}

/** Filters of numbers. To add one, add an entry. */
export const NUMBER_FILTERS: NativeTable = nativeTable({
  /** Returns the absolute value. */
  abs: native("x /", (_runtime, value) => {
    const number = asNumber(value) ??
      refuse(value, `bad operand type for abs(): '${typeName(value)}'`);
    const isNegative = number < 0 || Object.is(number, -0);
    if (isNegative) return negate(value);
    // `number` turns booleans into integers.
    return isFloat(value) ? value : number;
  }),

  /** Writes a number of bytes with a unit, decimal or binary. */
  filesizeformat: native(
    "value binary?",
    ({ budget }, value, binary = false) => {
      const number = toNumber(budget, value);
      if (number !== undefined) {
        return formatFileSize(budget, Number(number), isTrue(binary));
      }
      if (asText(value) !== undefined) {
        fail(`could not convert string to float: ${toRepr(budget, value)}`);
      }
      return refuse(
        value,
        "float() argument must be a string or a real number, " +
          `not '${typeName(value)}'`,
      );
    },
  ),

  /** Converts a value to a float; `default` if it cannot be converted. */
  float: native(
    "value default?",
    ({ budget }, value, fallback = floatValue(0)) => {
      if (value instanceof Undefined) value.fail();
      const number = toNumber(budget, value);
      return number === undefined ? fallback : floatValue(Number(number));
    },
  ),

  /** Converts a value to an integer, strings by `base`; `default` if it cannot be converted. */
  int: native(
    "value default? base?",
    ({ budget }, value, fallback = 0, base = 10) => {
      if (value instanceof Undefined) value.fail();
      const text = asText(value);
      if (text !== undefined) return parseText(budget, text, fallback, base);
      const integer = asInteger(value);
      if (integer !== undefined) return integer;
      const number = asNumber(value);
      return number === undefined
        ? fallback
        : truncated(Number(number), fallback);
    },
  ),

  /** Rounds to `precision` digits after the point: `common`, `ceil` or `floor`. */
  round: native(
    "value precision? method?",
    (runtime, value, precision = 0, method = "common") => {
      const kind = asText(method);
      if (kind !== "common" && kind !== "ceil" && kind !== "floor") {
        fail("method must be common, ceil or floor");
      }
      const number = asNumber(value) ??
        refuse(
          value,
          `type ${typeName(value)} doesn't define __round__ method`,
        );
      const { budget } = runtime;
      if (kind !== "common") {
        const digits = requireInteger(precision);
        return roundToward(runtime, value, digits, Math[kind]);
      }
      return precision === null
        ? roundToInteger(budget, number)
        : roundHalfEven(budget, value, number, requireInteger(precision));
    },
  ),
});
