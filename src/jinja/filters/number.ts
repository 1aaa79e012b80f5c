import { floatValue, integerValue } from "../../values.ts";
import { fail } from "../error.ts";
import { divideHalfEven, toFixedDecimals } from "../format/digits.ts";
import { divide, multiply, negate, power } from "../operators/arithmetic.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/native.ts";
import type { NativeTable, Runtime } from "../runtime/runtime.ts";
import { Undefined } from "../runtime/undefined.ts";
import { requireInteger } from "../values/arguments.ts";
import { asText } from "../values/markup.ts";
import {
  asInteger,
  asNumber,
  type Integer,
  isFloat,
} from "../values/numbers.ts";
import { toRepr } from "../values/print.ts";
import { isTrue } from "../values/truth.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { parseFloatText, parseInteger } from "./number_parsing.ts";

// Python refuses to parse longer integers, because that takes quadratic time.
const MAX_DIGITS = 4300;
// No float has a digit that far from its point.
const MAX_FLOAT_DIGITS = 400;
const UNITS = ["k", "M", "G", "T", "P", "E", "Z", "Y"];

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
  if (text.length > MAX_DIGITS) return fallback;
  const radix = asInteger(base);
  const integer = radix === undefined
    ? undefined
    : parseInteger(budget, text, Number(radix));
  if (integer !== undefined) return integer;
  const number = parseFloatText(budget, text);
  return number === undefined ? fallback : truncated(number, fallback);
}

function truncated(number: number, fallback: unknown): unknown {
  if (Number.isNaN(number)) return fallback;
  if (!Number.isFinite(number)) {
    fail("cannot convert float infinity to integer");
  }
  return integerValue(BigInt(Math.trunc(number)));
}

function roundHalfEven(
  value: unknown,
  number: number | bigint,
  digits: number,
): unknown {
  if (isFloat(value)) {
    if (!Number.isFinite(number) || digits > MAX_FLOAT_DIGITS) return value;
    if (digits < -MAX_FLOAT_DIGITS) return floatValue(0);
    return floatValue(Number(toFixedDecimals(Number(number), digits)));
  }
  if (digits >= 0) return number;
  if (digits < -MAX_DIGITS) return 0;
  const unit = 10n ** BigInt(-digits);
  return integerValue(divideHalfEven(BigInt(number), unit) * unit);
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

function wholeNumber(number: number): number | bigint {
  if (!Number.isFinite(number)) {
    fail("cannot convert float infinity or NaN to integer");
  }
  return integerValue(BigInt(number));
}

function formatFileSize(bytes: number, isBinary: boolean): string {
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${BigInt(Math.trunc(bytes))} Bytes`;
  let unit = base;
  let index = 0;
  while (index < UNITS.length - 1 && bytes >= unit * base) {
    unit *= base;
    index++;
  }
  const letter = isBinary ? UNITS[index]!.toUpperCase() : UNITS[index]!;
  const size = base * bytes / (unit * base);
  const amount = Number.isFinite(size) ? toFixedDecimals(size, 1) : "inf";
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
        return formatFileSize(Number(number), isTrue(binary));
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
      const digits = precision === null ? 0 : requireInteger(precision);
      return kind === "common"
        ? roundHalfEven(value, number, digits)
        : roundToward(runtime, value, digits, Math[kind]);
    },
  ),
});
