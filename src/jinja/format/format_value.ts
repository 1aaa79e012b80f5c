import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { sliceText } from "../strings/characters.ts";
import { asText } from "../values/markup.ts";
import { asInteger, asNumber, type Integer } from "../values/numbers.ts";
import { toText } from "../values/print.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { formatFloat } from "./format_float.ts";
import { formatInteger } from "./format_integer.ts";
import { align } from "./place.ts";
import { type FormatSpec, parseSpec, showCharacter } from "./spec.ts";

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
