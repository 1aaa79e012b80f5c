import type { Budget } from "../runtime/budget.ts";
import { pythonFloat } from "../../formats/python_text.ts";
import { fail } from "../error.ts";
import {
  asInteger,
  asNumber,
  type Integer,
  isFloat,
} from "../values/numbers.ts";
import { asText } from "../values/markup.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { Undefined } from "../runtime/undefined.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { sliceText, textLength } from "../strings/characters.ts";
import { toText } from "../values/print.ts";
import { toExponent, toFixedDecimals, toGeneral, withPoint } from "./digits.ts";
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
  if (specText === "") return toText(runtime.budget, value);
  const spec = parseSpec(specText, value);
  runtime.budget.allocateString(spec.width);
  const text = asText(value);
  if (text !== undefined) return textBody(runtime.budget, text, spec);
  const number = asNumber(value);
  if (number === undefined) {
    return refuse(value, `'${typeName(value)}' takes no format specification`);
  }
  const isFloating = isFloat(value) || "eEfFgG%".includes(spec.type || " ");
  const body = isFloating
    ? floatBody(Number(number), spec)
    : integerBody(asInteger(value)!, spec);
  return pad(runtime.budget, body, spec);
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

function textBody(budget: Budget, text: string, spec: Spec): string {
  const cut = spec.precision === undefined
    ? text
    : sliceText(budget, text, 0, spec.precision);
  return align(budget, "", cut, spec, spec.align ?? "<");
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

function pad(
  budget: Budget,
  [sign, body]: [string, string],
  spec: Spec,
): string {
  return align(budget, sign, body, spec, spec.align ?? ">");
}

function align(
  budget: Budget,
  sign: string,
  body: string,
  spec: Spec,
  where: string,
): string {
  const missing = spec.width - textLength(budget, sign + body);
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
