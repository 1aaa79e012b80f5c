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
