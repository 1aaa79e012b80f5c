import { integerValue } from "../../values.ts";
import { strip } from "../methods/string_strip.ts";
import type { Budget } from "../runtime/budget.ts";

const PREFIXES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 };
const OTHER_DIGIT_REGEXP = /(?![0-9])\p{Nd}/gu;
const INTEGER_REGEXP = /^([-+]?)(?:0([box]))?((?:_?[0-9a-z])+)$/i;
const FLOAT_REGEXP =
  /^[-+]?(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)$/i;

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
export function parseInteger(
  budget: Budget,
  text: string,
  base: number,
): number | bigint | undefined {
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

/** Parses a float as Python's `float()` does; `undefined` if it is malformed. */
export function parseFloatText(
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
