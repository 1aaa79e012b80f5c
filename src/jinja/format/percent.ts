import { integerValue } from "../../values.ts";
import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { join, sliceText, textLength } from "../strings/text.ts";
import {
  escapeHtml,
  integerText,
  toAscii,
  toRepr,
  toText,
} from "../values/print.ts";
import {
  asInteger,
  asNumber,
  asText,
  htmlIf,
  type Integer,
  isFloat,
  isNegative,
  Markup,
  refuse,
  requireText,
  typeName,
} from "../values/scalars.ts";
import {
  toExponent,
  toFixedDecimals,
  toGeneral,
  withPoint,
  zeros,
} from "./digits.ts";
import { type Directive, FormatValues, parseDirectives } from "./directive.ts";
import { characterOf, digitsInBase } from "./format_value.ts";

/**
 * Fills in a format string, as Python's `format % values` does.
 *
 * @throws {TemplateFailure} If the string is malformed or does not fit the values.
 */
export function formatPercent(
  budget: Budget,
  format: unknown,
  values: unknown,
): string | Markup {
  const isHtml = format instanceof Markup;
  const source = new FormatValues(budget, values);
  const parts: string[] = [];
  for (const part of parseDirectives(requireText(format))) {
    budget.allocateList(1);
    parts.push(
      typeof part === "string"
        ? part
        : formatDirective(budget, part, source, isHtml),
    );
  }
  source.checkUsed();
  return htmlIf(isHtml, join(budget, parts, ""));
}

/** How a value is laid out. */
interface Layout {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

function formatDirective(
  budget: Budget,
  directive: Directive,
  values: FormatValues,
  isHtml: boolean,
): string {
  if (directive.key !== undefined) values.select(directive.key);
  const width = directive.width === "*"
    ? values.takeInteger()
    : directive.width;
  const precision = directive.precision === "*"
    ? Math.max(0, values.takeInteger())
    : directive.precision;
  const layout = {
    flags: width < 0 ? `${directive.flags}-` : directive.flags,
    width: Math.abs(width),
    precision,
    type: directive.type,
  };
  const value = values.take();
  switch (directive.type) {
    case "s":
      return padText(
        budget,
        isHtml ? escapeHtml(budget, value) : toText(budget, value),
        layout,
      );
    case "r":
    case "a": {
      const print = directive.type === "r" ? toRepr : toAscii;
      const text = print(budget, value);
      return padText(budget, isHtml ? escapeHtml(budget, text) : text, layout);
    }
    case "c":
      return padText(budget, character(budget, value), {
        ...layout,
        precision: undefined,
      });
    case "d":
    case "i":
    case "u": {
      const integer = realInteger(value, directive.type);
      const digits = integerText(budget, integer < 0 ? -integer : integer);
      return placeInteger(budget, integer, digits, layout);
    }
    case "o":
    case "x":
    case "X": {
      const integer = asInteger(value) ?? refuse(
        value,
        `%${directive.type} format: an integer is required, not ` +
          typeName(value),
      );
      const magnitude = integer < 0 ? -integer : integer;
      const digits = digitsInBase(budget, magnitude, directive.type);
      return placeInteger(budget, integer, digits, layout);
    }
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
      return formatFloat(budget, value, layout);
    default:
      fail(unsupported(directive));
  }
}

function unsupported({ type, index }: Directive): string {
  const code = type.codePointAt(0)!;
  const shown = code > 31 && code < 128 ? type : "?";
  return `unsupported format character '${shown}' (0x${code.toString(16)}) ` +
    `at index ${index}`;
}

function padText(
  budget: Budget,
  text: string,
  { flags, width, precision }: Layout,
): string {
  const cut = precision === undefined
    ? text
    : sliceText(budget, text, 0, precision);
  const padding = spaces(budget, width - textLength(budget, cut));
  return flags.includes("-") ? cut + padding : padding + cut;
}

function spaces(budget: Budget, count: number): string {
  if (count <= 0) return "";
  budget.allocateString(count);
  return " ".repeat(count);
}

function character(budget: Budget, value: unknown): string {
  const code = asInteger(value);
  if (code !== undefined) return characterOf(code);
  const text = asText(value);
  return text !== undefined && textLength(budget, text) === 1
    ? text
    : refuse(value, "%c requires int or char");
}

/** Returns the integer of a number, without decimals. */
function realInteger(value: unknown, type: string): Integer {
  const number = asNumber(value) ?? refuse(
    value,
    `%${type} format: a real number is required, not ${typeName(value)}`,
  );
  if (!isFloat(value)) return number;
  if (Number.isNaN(number)) fail("cannot convert float NaN to integer");
  if (!Number.isFinite(number)) {
    fail("cannot convert float infinity to integer");
  }
  return integerValue(BigInt(Math.trunc(Number(number))));
}

function placeInteger(
  budget: Budget,
  integer: Integer,
  digits: string,
  layout: Layout,
): string {
  const { precision = 0, type, flags } = layout;
  const prefix = flags.includes("#") && "oxX".includes(type) ? `0${type}` : "";
  const padded = zeros(budget, Math.max(0, precision - digits.length)) + digits;
  return place(budget, signOf(integer < 0, flags) + prefix, padded, layout);
}

function formatFloat(budget: Budget, value: unknown, layout: Layout): string {
  const number = asNumber(value) ??
    refuse(value, `must be real number, not ${typeName(value)}`);
  const float = Number(number);
  if (typeof number === "bigint" && !Number.isFinite(float)) {
    fail("int too large to convert to float");
  }
  const digits = floatDigits(budget, Math.abs(float), layout);
  const sign = signOf(isNegative(float), layout.flags);
  return place(
    budget,
    sign,
    /[EFG]/.test(layout.type) ? digits.toUpperCase() : digits,
    layout,
  );
}

function floatDigits(
  budget: Budget,
  magnitude: number,
  { precision = 6, flags, type }: Layout,
): string {
  if (Number.isNaN(magnitude)) return "nan";
  if (!Number.isFinite(magnitude)) return "inf";
  const isAlternate = flags.includes("#");
  if (type === "g" || type === "G") {
    return toGeneral(budget, magnitude, precision, isAlternate);
  }
  const write = type === "e" || type === "E" ? toExponent : toFixedDecimals;
  const text = write(budget, magnitude, precision);
  return isAlternate ? withPoint(text) : text;
}

function signOf(isNegative: boolean, flags: string): string {
  if (isNegative) return "-";
  if (flags.includes("+")) return "+";
  return flags.includes(" ") ? " " : "";
}

function place(
  budget: Budget,
  prefix: string,
  digits: string,
  { flags, width }: Layout,
): string {
  const missing = width - prefix.length - digits.length;
  if (missing <= 0) return prefix + digits;
  if (flags.includes("-")) return prefix + digits + spaces(budget, missing);
  return flags.includes("0")
    ? prefix + zeros(budget, missing) + digits
    : spaces(budget, missing) + prefix + digits;
}
