import { pythonFloat } from "../../formats/python_text.ts";
import type { Budget } from "../runtime/budget.ts";
import { isNegative } from "../values/numbers.ts";
import {
  toExponent,
  toFixedDecimals,
  toGeneral,
  withoutZeros,
  withPoint,
} from "./digits.ts";
import { placeNumber, signOf } from "./place.ts";
import type { FormatSpec } from "./spec.ts";

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
