import type { Budget } from "../runtime/budget.ts";
import { isNegative } from "../values/scalars.ts";

/**
 * No float has a digit other than zero further from its point, so there is no need
 * to compute any.
 */
const MAX_DECIMALS = 1100;

/**
 * Writes a finite number with a fixed count of decimals. Halves go to the even
 * neighbor of the exact binary value, as in Python; `toFixed` takes the larger.
 *
 * @param decimals A negative count rounds to tens, hundreds and so on.
 */
export function toFixedDecimals(
  budget: Budget,
  number: number,
  decimals: number,
): string {
  const sign = isNegative(number) ? "-" : "";
  const exact = Math.min(decimals, MAX_DECIMALS);
  const digits = String(scaled(Math.abs(number), exact));
  if (exact <= 0) {
    return sign + digits + "0".repeat(digits === "0" ? 0 : -exact);
  }
  const padded = digits.padStart(exact + 1, "0");
  const point = padded.length - exact;
  return `${sign}${padded.slice(0, point)}.${padded.slice(point)}` +
    zeros(budget, decimals - exact);
}

/** Writes a finite number as a digit, decimals and an exponent: `1.50e+02`. */
export function toExponent(
  budget: Budget,
  number: number,
  decimals: number,
): string {
  const sign = isNegative(number) ? "-" : "";
  const magnitude = Math.abs(number);
  const exact = Math.min(decimals, MAX_DECIMALS);
  let exponent = magnitude === 0
    ? 0
    : Number(magnitude.toExponential().split("e")[1]);
  let digits = String(scaled(magnitude, exact - exponent));
  if (digits.length > exact + 1) {
    // Rounding carried into a further digit.
    exponent++;
    digits = String(scaled(magnitude, exact - exponent));
  }
  digits = digits.padEnd(exact + 1, "0");
  const fraction = decimals > 0
    ? `.${digits.slice(1)}${zeros(budget, decimals - exact)}`
    : "";
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${sign}${digits[0]}${fraction}e${exponent < 0 ? "-" : "+"}${power}`;
}

/**
 * Writes a finite number in the shorter of both ways, as `%g` does.
 *
 * @param keepsZeros Whether the decimals keep their trailing zeros.
 */
export function toGeneral(
  budget: Budget,
  number: number,
  precision: number,
  keepsZeros: boolean,
): string {
  const digits = Math.max(precision, 1);
  const text = toExponent(budget, number, digits - 1);
  const exponent = Number(text.split("e")[1]);
  if (exponent < -4 || exponent >= digits) {
    return keepsZeros ? withPoint(text) : withoutZeros(text);
  }
  const fixed = toFixedDecimals(budget, number, digits - 1 - exponent);
  return keepsZeros ? withPoint(fixed) : withoutZeros(fixed);
}

/** Adds a decimal point to a number that has none. */
export function withPoint(text: string): string {
  return text.includes(".") ? text : text.replace(/^-?\d+/, "$&.");
}

/** Removes trailing zeros of the decimals, and a point without decimals. */
export function withoutZeros(text: string): string {
  const end = text.indexOf("e");
  const mantissa = end === -1 ? text : text.slice(0, end);
  if (!mantissa.includes(".")) return text;
  let length = mantissa.length;
  while (mantissa[length - 1] === "0") length--;
  if (mantissa[length - 1] === ".") length--;
  return mantissa.slice(0, length) + (end === -1 ? "" : text.slice(end));
}

/** Returns a run of zeros. */
export function zeros(budget: Budget, count: number): string {
  budget.allocateString(count);
  return "0".repeat(count);
}

/** Returns `magnitude * 10 ** decimals`, rounded to an integer, halves to even. */
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
