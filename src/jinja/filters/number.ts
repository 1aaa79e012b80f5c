import { floatValue, integerValue } from "../../values.ts";
import { divide, multiply, negate, power } from "../operators/arithmetic.ts";
import { isTrue } from "../values/truth.ts";
import { fail } from "../error.ts";
import { divideHalfEven, toFixedDecimals } from "../format/digits.ts";
import type { NativeTable, Runtime } from "../runtime/runtime.ts";
import { nativeTable } from "../runtime/native.ts";
import { requireInteger } from "../values/arguments.ts";
import { asInteger, asNumber, isFloat } from "../values/numbers.ts";
import { asText } from "../values/markup.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { Undefined } from "../runtime/undefined.ts";
import { strip } from "../methods/string_strip.ts";
import { toText } from "../values/print.ts";

/** Reads an integer as Python's `int(text, base)` does; undefined if it is none. */
function parseInteger(
  text: string,
  base: number,
): number | bigint | undefined {
  if (base !== 0 && (base < 2 || base > 36)) return undefined;
  const match = /^([-+]?)(?:0([box]))?((?:_?[0-9a-z])+)$/i.exec(
    strip(text).replace(/^([-+]?0[box])_/i, "$1"),
  );
  if (match === null) return undefined;
  const [, sign, prefix, digits] = match;
  const prefixBase = prefix === undefined
    ? undefined
    : { b: 2, o: 8, x: 16 }[prefix.toLowerCase() as "b" | "o" | "x"];
  const plain = digits!.replaceAll("_", "").toLowerCase();
  if (digits!.startsWith("_") && prefix === undefined) return undefined;
  if (prefixBase !== undefined && base !== 0 && base !== prefixBase) {
    // In base 16, `0b1` are three digits.
    return parseInteger16(sign!, prefix! + plain, base);
  }
  const radix = prefixBase ?? (base === 0 ? 10 : base);
  if (base === 0 && prefix === undefined && /^0+[1-9]/.test(plain)) {
    return undefined;
  }
  return digitsValue(sign!, plain, radix);
}

function parseInteger16(sign: string, rest: string, base: number) {
  return digitsValue(sign, `0${rest.toLowerCase()}`, base);
}

function digitsValue(
  sign: string,
  digits: string,
  radix: number,
): number | bigint | undefined {
  let value = 0n;
  const step = BigInt(radix);
  for (const digit of digits) {
    const number = parseInt(digit, 36);
    if (!(number < radix)) return undefined;
    value = value * step + BigInt(number);
  }
  return integerValue(sign === "-" ? -value : value);
}

const FLOAT_REGEXP =
  /^[-+]?(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)$/i;
const MAX_DIGITS = 4300;
const UNITS = ["k", "M", "G", "T", "P", "E", "Z", "Y"];

/** Reads a float as Python's `float()` does; undefined if it is none. */
function parseFloatText(text: string): number | undefined {
  const plain = strip(text);
  if (!FLOAT_REGEXP.test(plain)) return undefined;
  const word = /^([-+]?)(inf|nan)/i.exec(plain);
  if (word === null) return Number(plain.replaceAll("_", ""));
  if (word[2]!.toLowerCase() === "nan") return NaN;
  return word[1] === "-" ? -Infinity : Infinity;
}

function toInteger(
  _runtime: Runtime,
  value: unknown,
  fallback: unknown = 0,
  base: unknown = 10,
): unknown {
  if (value instanceof Undefined) value.fail();
  const text = asText(value);
  if (text !== undefined) {
    if (text.length > MAX_DIGITS) return fallback;
    const digits = asInteger(base);
    const integer = digits === undefined
      ? undefined
      : parseInteger(text, Number(digits));
    if (integer !== undefined) return integer;
    const number = parseFloatText(text);
    return number === undefined ? fallback : truncated(number, fallback);
  }
  const integer = asInteger(value);
  if (integer !== undefined) return integer;
  const number = asNumber(value);
  return number === undefined ? fallback : truncated(Number(number), fallback);
}

function truncated(number: number, fallback: unknown): unknown {
  if (Number.isNaN(number)) return fallback;
  if (!Number.isFinite(number)) fail("infinity has no integer");
  return integerValue(BigInt(Math.trunc(number)));
}

function toFloat(
  _runtime: Runtime,
  value: unknown,
  fallback: unknown = floatValue(0),
): unknown {
  if (value instanceof Undefined) value.fail();
  const text = asText(value);
  const number = text === undefined ? asNumber(value) : parseFloatText(text);
  return number === undefined ? fallback : floatValue(Number(number));
}

function round(
  runtime: Runtime,
  value: unknown,
  precision: unknown = 0,
  method: unknown = "common",
): unknown {
  const kind = toText(method);
  if (kind !== "common" && kind !== "ceil" && kind !== "floor") {
    fail("the method of round() is common, ceil or floor");
  }
  const number = asNumber(value) ??
    refuse(value, `round() takes a number, not '${typeName(value)}'`);
  const digits = precision === null ? 0 : requireInteger(precision);
  if (kind === "common") return roundHalfEven(value, number, digits);
  const factor = power(runtime, 10, digits);
  const scaled = asNumber(multiply(runtime, value, factor))!;
  const rounded = typeof scaled === "bigint" ? scaled : wholeNumber(
    kind === "ceil" ? Math.ceil(scaled) : Math.floor(scaled),
  );
  return divide(runtime, rounded, factor);
}

function wholeNumber(number: number): number | bigint {
  if (!Number.isFinite(number)) fail("infinity cannot be rounded");
  return integerValue(BigInt(number));
}

function roundHalfEven(
  value: unknown,
  number: number | bigint,
  digits: number,
): unknown {
  if (isFloat(value)) {
    if (!Number.isFinite(number) || digits > 400) return value;
    if (digits < -400) return floatValue(0);
    return floatValue(Number(toFixedDecimals(Number(number), digits)));
  }
  if (digits >= 0) return number;
  if (digits < -MAX_DIGITS) return 0;
  const unit = 10n ** BigInt(-digits);
  return integerValue(divideHalfEven(BigInt(number), unit) * unit);
}

function fileSize(_runtime: Runtime, value: unknown, binary: unknown): string {
  const text = asText(value);
  const parsed = text === undefined ? asNumber(value) : parseFloatText(text);
  if (parsed === undefined) {
    return refuse(value, "filesizeformat() takes a number");
  }
  const bytes = Number(parsed);
  const isBinary = isTrue(binary);
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
  abs: {
    parameters: "x /",
    run(_runtime, value: unknown) {
      const number = asNumber(value) ??
        refuse(value, `abs() takes a number, not '${typeName(value)}'`);
      const isNegative = number < 0 || Object.is(number, -0);
      return isNegative ? negate(value) : isFloat(value) ? value : number;
    },
  },
  filesizeformat: { parameters: "value binary?", run: fileSize },
  float: { parameters: "value default?", run: toFloat },
  int: { parameters: "value default? base?", run: toInteger },
  round: { parameters: "value precision? method?", run: round },
});
