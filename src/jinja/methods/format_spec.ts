import { pythonFloat } from "../../formats/python_text.ts";
import { fail } from "../error.ts";
import {
  asInteger,
  asNumber,
  type Integer,
  isFloat,
} from "../values/numbers.ts";
import { asText, refuse, typeName, Undefined } from "../values/objects.ts";
import type { Runtime } from "../values/runtime.ts";
import { sliceText, textLength, toText } from "../values/text.ts";

/**
 * Writes a finite number with a fixed count of decimals. Halves go to the even
 * neighbour of the exact binary value, as in Python; `toFixed` takes the larger.
 */
export function toFixedDecimals(number: number, decimals: number): string {
  const sign = number < 0 || Object.is(number, -0) ? "-" : "";
  const digits = String(scaled(Math.abs(number), decimals));
  if (decimals <= 0) {
    return sign + digits + "0".repeat(digits === "0" ? 0 : -decimals);
  }
  const padded = digits.padStart(decimals + 1, "0");
  return `${sign}${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}

/** Writes a finite number as digits and exponent: `1.50e+02`. */
export function toExponent(number: number, decimals: number): string {
  const sign = number < 0 || Object.is(number, -0) ? "-" : "";
  const magnitude = Math.abs(number);
  let exponent = magnitude === 0
    ? 0
    : Number(magnitude.toExponential().split("e")[1]);
  let digits = String(scaled(magnitude, decimals - exponent));
  if (digits.length > decimals + 1) {
    // Rounding carried into a further digit.
    exponent++;
    digits = String(scaled(magnitude, decimals - exponent));
  }
  digits = digits.padEnd(decimals + 1, "0");
  const fraction = decimals > 0 ? `.${digits.slice(1)}` : "";
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${sign}${digits[0]}${fraction}e${exponent < 0 ? "-" : "+"}${power}`;
}

/** Writes a finite number in the shorter of both ways, as `%g` does. */
export function toGeneral(
  number: number,
  precision: number,
  keepsZeros: boolean,
): string {
  const digits = precision === 0 ? 1 : precision;
  const exponentText = toExponent(number, digits - 1);
  const exponent = Number(exponentText.split("e")[1]);
  const isFixed = exponent >= -4 && exponent < digits;
  const text = isFixed
    ? toFixedDecimals(number, digits - 1 - exponent)
    : exponentText;
  if (keepsZeros) return withPoint(text, true);
  const [mantissa, power] = text.split("e") as [string, string | undefined];
  const short = mantissa.includes(".")
    ? mantissa.replace(/0+$/, "").replace(/\.$/, "")
    : mantissa;
  return power === undefined ? short : `${short}e${power}`;
}

/** Adds the point that the alternate form keeps where no decimals follow. */
export function withPoint(text: string, isAlternate: boolean): string {
  return isAlternate && !text.includes(".")
    ? text.replace(/^\d+/, "$&.")
    : text;
}

/** `magnitude * 10 ** decimals`, rounded to an integer, halves to even. */
function scaled(magnitude: number, decimals: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, magnitude);
  const bits = view.getBigUint64(0);
  const rawExponent = Number(bits >> 52n);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = rawExponent === 0 ? fraction : fraction | 0x10000000000000n;
  const exponent = Math.max(rawExponent, 1) - 1075;
  let numerator = mantissa;
  let denominator = 1n;
  if (exponent >= 0) numerator <<= BigInt(exponent);
  else denominator <<= BigInt(-exponent);
  if (decimals >= 0) numerator *= 10n ** BigInt(decimals);
  else denominator *= 10n ** BigInt(-decimals);
  return divideHalfEven(numerator, denominator);
}

/** Divides two integers, the second positive, and rounds halves to even. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  let quotient = numerator / denominator;
  let rest = numerator % denominator;
  if (rest < 0n) {
    quotient -= 1n;
    rest += denominator;
  }
  const twice = rest * 2n;
  if (twice > denominator) return quotient + 1n;
  if (twice === denominator && quotient % 2n !== 0n) return quotient + 1n;
  return quotient;
}

const SPEC_REGEXP =
  /^(?:([^])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;
const MAX_PRECISION = 1000;

/** A format specification, read. */
interface Spec {
  readonly fill: string;
  readonly align: string | undefined;
  readonly sign: string;
  readonly isAlternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Formats a value as Python's `format(value, spec)` does. */
export function formatValue(
  runtime: Runtime,
  value: unknown,
  specText: string,
): string {
  if (specText === "") return toText(value);
  const spec = parseSpec(specText, value);
  runtime.checkLength(spec.width);
  const text = asText(value);
  if (text !== undefined) return textBody(text, spec);
  const number = asNumber(value);
  if (number === undefined) {
    return refuse(value, `'${typeName(value)}' takes no format specification`);
  }
  const isFloating = isFloat(value) || "eEfFgG%".includes(spec.type || " ");
  const body = isFloating
    ? floatBody(Number(number), spec)
    : integerBody(asInteger(value)!, spec);
  return pad(body, spec);
}

function parseSpec(text: string, value: unknown): Spec {
  const match = SPEC_REGEXP.exec(text);
  if (match === null) {
    if (value instanceof Undefined) value.fail();
    fail(`'${text}' is no format specification`);
  }
  const [
    ,
    fill,
    align,
    sign,
    ,
    alternate,
    zero,
    width,
    grouping,
    precision,
    type,
  ] = match;
  const isText = asText(value) !== undefined;
  if (type === "c" && (sign || alternate || grouping)) {
    fail("'c' takes neither sign nor '#' nor grouping");
  }
  if (
    isText &&
    (align === "=" || sign || alternate || grouping || (type ?? "s") !== "s")
  ) {
    fail(`'${text}' does not format a string`);
  }
  if (grouping !== undefined && "sn".includes(type ?? " ")) {
    fail(`'${type}' takes no grouping`);
  }
  if (grouping === "," && "bcoxX".includes(type ?? " ")) {
    fail(`'${type}' takes no ','`);
  }
  const digits = precision === undefined ? undefined : Number(precision);
  if (digits !== undefined && digits > MAX_PRECISION && !isText) {
    fail(`the precision ${digits} is too large`);
  }
  return {
    fill: fill ?? (zero && align === undefined ? "0" : zero ? "0" : " "),
    align: align ?? (zero ? (isText ? "<" : "=") : undefined),
    sign: sign ?? "-",
    isAlternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: grouping ?? "",
    precision: digits,
    type: type ?? "",
  };
}

function textBody(text: string, spec: Spec): string {
  const cut = spec.precision === undefined
    ? text
    : sliceText(text, 0, spec.precision);
  return align("", cut, spec, spec.align ?? "<");
}

function floatBody(number: number, spec: Spec): [sign: string, body: string] {
  const magnitude = Math.abs(number);
  const sign = signOf(number < 0 || Object.is(number, -0), spec);
  return [sign, group(floatDigits(magnitude, spec), spec, 3)];
}

function floatDigits(magnitude: number, spec: Spec): string {
  const { type, precision = 6, isAlternate } = spec;
  if (!Number.isFinite(magnitude)) {
    const text = Number.isNaN(magnitude) ? "nan" : "inf";
    const shown = type === "%" ? `${text}%` : text;
    return /[A-Z]/.test(type) ? shown.toUpperCase() : shown;
  }
  switch (type) {
    case "e":
    case "E": {
      const text = withPoint(toExponent(magnitude, precision), isAlternate);
      return type === "E" ? text.toUpperCase() : text;
    }
    case "f":
    case "F":
      return withPoint(toFixedDecimals(magnitude, precision), isAlternate);
    case "%":
      return `${
        withPoint(toFixedDecimals(magnitude * 100, precision), isAlternate)
      }%`;
    case "g":
    case "G":
    case "n": {
      const text = toGeneral(magnitude, precision, isAlternate);
      return type === "G" ? text.toUpperCase() : text;
    }
    case "":
      return plainFloat(magnitude, spec);
    default:
      fail(`the format '${type}' does not take a float`);
  }
}

/** Without a type, a float keeps a decimal at least. */
function plainFloat(magnitude: number, spec: Spec): string {
  if (spec.precision === undefined) {
    return withPoint(pythonFloat(magnitude), spec.isAlternate);
  }
  const digits = Math.max(spec.precision, 1);
  const exponentText = toExponent(magnitude, digits - 1);
  const exponent = Number(exponentText.split("e")[1]);
  // The decimal has to fit in, else the exponent is written.
  if (exponent >= digits - 1 || exponent < -4) {
    if (spec.isAlternate) return withPoint(exponentText, true);
    const [mantissa, power] = exponentText.split("e") as [string, string];
    return `${mantissa.replace(/\.0*$|(\.\d*?)0+$/, "$1")}e${power}`;
  }
  const text = toGeneral(magnitude, digits, spec.isAlternate);
  return text.includes(".") ? text : `${text}.0`;
}

function integerBody(
  integer: Integer,
  spec: Spec,
): [sign: string, body: string] {
  if (spec.precision !== undefined) {
    fail("an integer's format has no precision");
  }
  const sign = signOf(integer < 0, spec);
  const magnitude = integer < 0 ? -integer : integer;
  switch (spec.type) {
    case "":
    case "d":
    case "n":
      return [sign, group(String(magnitude), spec, 3)];
    case "b":
      return [
        prefixed(sign, "0b", spec),
        group(magnitude.toString(2), spec, 4),
      ];
    case "o":
      return [
        prefixed(sign, "0o", spec),
        group(magnitude.toString(8), spec, 4),
      ];
    case "x":
      return [
        prefixed(sign, "0x", spec),
        group(magnitude.toString(16), spec, 4),
      ];
    case "X":
      return [
        prefixed(sign, "0X", spec),
        group(magnitude.toString(16).toUpperCase(), spec, 4),
      ];
    case "c":
      return ["", codePoint(integer)];
    default:
      fail(`the format '${spec.type}' does not take an integer`);
  }
}

/** The character of a code point. */
export function codePoint(integer: Integer): string {
  if (integer < 0 || integer > 0x10ffff) fail(`${integer} is no code point`);
  return String.fromCodePoint(Number(integer));
}

function signOf(isNegative: boolean, spec: Spec): string {
  if (isNegative) return "-";
  return spec.sign === "-" ? "" : spec.sign;
}

function prefixed(sign: string, prefix: string, spec: Spec): string {
  return spec.isAlternate ? sign + prefix : sign;
}

function group(body: string, spec: Spec, size: number): string {
  if (spec.grouping === "") return body;
  const match = /^[0-9a-fA-F]+/.exec(body);
  if (match === null) return body;
  const digits = size === 3 ? /^\d+/.exec(body)![0] : match[0];
  const rest = body.slice(digits.length);
  const parts: string[] = [];
  for (let end = digits.length; end > 0; end -= size) {
    parts.unshift(digits.slice(Math.max(0, end - size), end));
  }
  return parts.join(spec.grouping) + rest;
}

function pad([sign, body]: [string, string], spec: Spec): string {
  return align(sign, body, spec, spec.align ?? ">");
}

function align(sign: string, body: string, spec: Spec, where: string): string {
  const missing = spec.width - textLength(sign + body);
  if (missing <= 0) return sign + body;
  switch (where) {
    case "<":
      return sign + body + spec.fill.repeat(missing);
    case "^": {
      const left = Math.floor(missing / 2);
      return spec.fill.repeat(left) + sign + body +
        spec.fill.repeat(missing - left);
    }
    case "=":
      if (spec.fill === "0" && spec.grouping !== "") {
        return sign + groupedZeros(body, spec, spec.width - sign.length);
      }
      return sign + spec.fill.repeat(missing) + body;
    default:
      return spec.fill.repeat(missing) + sign + body;
  }
}

/** Fills with zeros that are grouped as the digits are. */
function groupedZeros(body: string, spec: Spec, width: number): string {
  const digits = body.replaceAll(spec.grouping, "");
  const size = "boxX".includes(spec.type || " ") ? 4 : 3;
  let zeros = 0;
  let text = body;
  while (text.length < width) {
    zeros++;
    text = group("0".repeat(zeros) + digits, spec, size);
  }
  return text;
}
