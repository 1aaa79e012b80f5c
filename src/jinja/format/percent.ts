import type { Budget } from "../runtime/budget.ts";
import { integerValue } from "../../values.ts";
import { asMapping, getItem } from "../values/dict.ts";
import { fail } from "../error.ts";
import { codePoint } from "./spec.ts";
import { toExponent, toFixedDecimals, toGeneral, withPoint } from "./digits.ts";
import { asInteger, asNumber, isFloat } from "../values/numbers.ts";
import { asText, Markup } from "../values/markup.ts";
import { Range } from "../values/range.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { Tuple } from "../values/tuple.ts";
import { Undefined } from "../runtime/undefined.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { escapeHtml, toAscii, toRepr, toText } from "../values/print.ts";
import { sliceText, textLength } from "../strings/characters.ts";
const DIRECTIVE_REGEXP =
  /%(?:\(((?:[^()]|\([^()]*\))*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([^])?/gu;
const MAX_PRECISION = 1000;

/** One `%` directive, with its `*`s filled in. */
interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

/** Formats as Python's `text % values` does. */
export function formatPercent(
  runtime: Runtime,
  format: unknown,
  values: unknown,
): unknown {
  const isHtml = format instanceof Markup;
  const args = values instanceof Tuple ? values.items : [values];
  const mapping = asMapping(values);
  let next = 0;
  let usesNames = false;
  function take(): unknown {
    if (next >= args.length) fail("a format string wants more values");
    return args[next++];
  }
  function takeInteger(): number {
    const number = asInteger(take());
    if (number === undefined) fail("'*' in a format string wants an integer");
    return Number(number);
  }
  const text = asText(format)!.replace(
    DIRECTIVE_REGEXP,
    (match, name, flags: string, widthText, precisionText, type) => {
      if (type === undefined) fail("a format string ends in the middle of a %");
      if (match === "%%") return "%";
      if (name !== undefined && mapping === undefined) {
        fail("a format string with names wants a mapping");
      }
      const isStar = widthText === "*";
      const width = isStar ? takeInteger() : Number(widthText ?? 0);
      const precision = precisionText === "*"
        ? takeInteger()
        : precisionText === undefined
        ? undefined
        : Number(precisionText);
      usesNames ||= name !== undefined;
      const value = name === undefined
        ? take()
        : getItem(runtime.budget, mapping!, name) ??
          fail(`a format string wants '${name}'`);
      runtime.budget.allocateString(Math.abs(width));
      return directive(runtime.budget, value, {
        flags: width < 0 ? `${flags}-` : flags,
        width: Math.abs(width),
        precision,
        type,
      }, isHtml);
    },
  );
  const isForgiving = mapping !== undefined || Array.isArray(values) ||
    values instanceof Undefined || values instanceof Range;
  if (!usesNames && next < args.length && !isForgiving) {
    fail("a format string does not use all values");
  }
  return isHtml ? new Markup(text) : text;
}

function directive(
  budget: Budget,
  value: unknown,
  spec: Directive,
  isHtml: boolean,
): string {
  switch (spec.type) {
    case "s":
      return padText(
        budget,
        isHtml ? escapeHtml(budget, value) : toText(budget, value),
        spec,
      );
    case "r":
    case "a": {
      const text = spec.type === "r" || isHtml
        ? toRepr(budget, value)
        : toAscii(budget, value);
      return padText(budget, isHtml ? escapeHtml(budget, text) : text, spec);
    }
    case "c":
      return padText(budget, character(budget, value), {
        ...spec,
        precision: undefined,
      });
    case "d":
    case "i":
    case "u":
      return integer(decimal(value, spec.type), 10, spec);
    case "o":
      return integer(wholeNumber(value, spec.type), 8, spec);
    case "x":
    case "X":
      return integer(wholeNumber(value, spec.type), 16, spec);
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
      return float(value, spec);
    default:
      fail(`'%${spec.type}' is no format`);
  }
}

function padText(
  budget: Budget,
  text: string,
  { flags, width, precision }: Directive,
): string {
  const cut = precision === undefined
    ? text
    : sliceText(budget, text, 0, precision);
  const missing = " ".repeat(
    Math.max(0, width - textLength(budget, cut)),
  );
  return flags.includes("-") ? cut + missing : missing + cut;
}

function character(budget: Budget, value: unknown): string {
  const number = asInteger(value);
  if (number !== undefined) return codePoint(number);
  const text = asText(value);
  if (text === undefined || textLength(budget, text) !== 1) {
    return refuse(value, "'%c' takes an integer or one character");
  }
  return text;
}

function decimal(value: unknown, type: string): number | bigint {
  const number = asNumber(value) ??
    refuse(value, `'%${type}' takes a number, not '${typeName(value)}'`);
  if (!isFloat(value)) return number;
  if (!Number.isFinite(number)) fail(`'%${type}' takes a finite number`);
  return integerValue(BigInt(Math.trunc(Number(number))));
}

function wholeNumber(value: unknown, type: string): number | bigint {
  return asInteger(value) ??
    refuse(value, `'%${type}' takes an integer, not '${typeName(value)}'`);
}

function integer(
  value: number | bigint,
  base: number,
  spec: Directive,
): string {
  const magnitude = value < 0 ? -value : value;
  const { precision = 0, type, flags } = spec;
  if (precision > MAX_PRECISION) fail("a precision is too large");
  let digits = magnitude.toString(base).padStart(precision, "0");
  let prefix = "";
  if (flags.includes("#")) prefix = base === 8 ? "0o" : base === 16 ? "0x" : "";
  if (type === "X") {
    digits = digits.toUpperCase();
    prefix = prefix.toUpperCase();
  }
  return padNumber(sign(value < 0, flags) + prefix, digits, spec);
}

function float(value: unknown, spec: Directive): string {
  const number = Number(
    asNumber(value) ??
      refuse(value, `'%${spec.type}' takes a number, not '${typeName(value)}'`),
  );
  const { precision = 6, flags, type } = spec;
  if (precision > MAX_PRECISION) fail("a precision is too large");
  const magnitude = Math.abs(number);
  let digits: string;
  if (!Number.isFinite(magnitude)) {
    digits = Number.isNaN(magnitude) ? "nan" : "inf";
  } else if (type === "f" || type === "F") {
    digits = withPoint(
      toFixedDecimals(magnitude, precision),
      flags.includes("#"),
    );
  } else if (type === "e" || type === "E") {
    digits = withPoint(toExponent(magnitude, precision), flags.includes("#"));
  } else {
    digits = toGeneral(magnitude, precision, flags.includes("#"));
  }
  if (type === "E" || type === "F" || type === "G") {
    digits = digits.toUpperCase();
  }
  const isNegative = number < 0 || Object.is(number, -0);
  return padNumber(sign(isNegative, flags), digits, spec);
}

function sign(isNegative: boolean, flags: string): string {
  if (isNegative) return "-";
  if (flags.includes("+")) return "+";
  return flags.includes(" ") ? " " : "";
}

function padNumber(
  prefix: string,
  digits: string,
  { flags, width }: Directive,
): string {
  const missing = Math.max(0, width - prefix.length - digits.length);
  if (flags.includes("-")) return prefix + digits + " ".repeat(missing);
  if (flags.includes("0")) return prefix + "0".repeat(missing) + digits;
  return " ".repeat(missing) + prefix + digits;
}
