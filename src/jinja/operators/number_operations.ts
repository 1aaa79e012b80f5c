import { fail } from "../error.ts";
import { type Integer, sameNumber } from "../values/numbers.ts";
/** An operation of two numbers, of each kind. */
export interface NumberOperation {
  /** What stands for it in templates. */
  readonly symbol: string;
  /** Takes floats. */
  floats(left: number, right: number): number;
  /** Takes integers whose result may be too large for a number. */
  integers(left: number, right: number): number;
  /** Takes integers of any size. */
  bigints(left: bigint, right: bigint): bigint;
}

/** `left + right` */
export const ADDITION: NumberOperation = {
  symbol: "+",
  floats: (left, right) => left + right,
  integers: (left, right) => left + right,
  bigints: (left, right) => left + right,
};
/** `left - right` */
export const SUBTRACTION: NumberOperation = {
  symbol: "-",
  floats: (left, right) => left - right,
  integers: (left, right) => left - right,
  bigints: (left, right) => left - right,
};
/** `left * right` */
export const MULTIPLICATION: NumberOperation = {
  symbol: "*",
  floats: (left, right) => left * right,
  integers: (left, right) => left * right,
  bigints(left, right) {
    checkBits(bitLength(left) + bitLength(right));
    return left * right;
  },
};
/** `left // right` */
export const FLOOR_DIVISION: NumberOperation = {
  symbol: "//",
  floats(left, right) {
    checkDivisor(right);
    const rest = floatModulo(left, right);
    const quotient = (left - rest) / right;
    if (quotient === 0) return 0 * (left / right);
    const floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  },
  integers(left, right) {
    checkDivisor(right);
    return (left - integerModulo(left, right)) / right;
  },
  bigints(left, right) {
    checkDivisor(right);
    const quotient = left / right;
    return left % right !== 0n && (left < 0n) !== (right < 0n)
      ? quotient - 1n
      : quotient;
  },
};
/** `left % right` */
export const MODULO: NumberOperation = {
  symbol: "%",
  floats(left, right) {
    checkDivisor(right);
    return floatModulo(left, right);
  },
  integers(left, right) {
    checkDivisor(right);
    return integerModulo(left, right);
  },
  bigints(left, right) {
    checkDivisor(right);
    const rest = left % right;
    return rest !== 0n && (rest < 0n) !== (right < 0n) ? rest + right : rest;
  },
};

/** Refuses to divide by zero. */
export function checkDivisor(divisor: Integer): void {
  if (sameNumber(divisor, 0)) fail("division by zero");
}

function integerModulo(left: number, right: number): number {
  const rest = left % right;
  return rest !== 0 && (rest < 0) !== (right < 0) ? rest + right : rest;
}

function floatModulo(left: number, right: number): number {
  const rest = left % right;
  if (rest === 0) return right < 0 ? -0 : 0;
  return (rest < 0) !== (right < 0) ? rest + right : rest;
}

/** How many bits an integer has, at most. */
export function bitLength(integer: bigint): number {
  return integer.toString(16).length * 4;
}

const MAX_INTEGER_BITS = 1_000_000;

/** Refuses integers that would take long to make. */
export function checkBits(bits: number): void {
  if (bits > MAX_INTEGER_BITS) fail("an integer becomes too large");
}

/** The float nearest to the quotient of two integers, of which one has no exact float. */
export function divideExactly(left: bigint, right: bigint): number {
  const isNegative = (left < 0n) !== (right < 0n);
  const a = left < 0n ? -left : left;
  const b = right < 0n ? -right : right;
  // More digits than a float has; the lowest says whether there is a rest.
  const shift = Math.max(0, bitLength(b) - bitLength(a) + 72);
  const scaled = a << BigInt(shift);
  const sticky = scaled % b === 0n ? 0n : 1n;
  const quotient = Number((scaled / b) | sticky) / 2 ** shift;
  return isNegative ? -quotient : quotient;
}
