import { integerValue } from "../values.ts";
import { strip } from "./string_parts.ts";

/** Reads an integer as Python's `int(text, base)` does; undefined if it is none. */
export function parseInteger(
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
