import { fail, failLimit } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { type Integer, isNegative, sameNumber } from "../values/numbers.ts";

/** An operation on two numbers, for each kind of number. */
export interface NumberOperation {
  /** The operator. */
  readonly symbol: string;
  /** What Python calls division by zero here; `undefined` if it does not occur. */
  readonly zero?: { readonly integers: string; readonly floats: string };
  /** Computes floats. */
  floats(left: number, right: number): number;
  /** Computes integers whose result may be too large for a number. */
  integers(left: number, right: number): number;
  /** Computes integers of any size. */
  bigints(budget: Budget, left: bigint, right: bigint): bigint;
}

/** `left + right` */
export const ADDITION: NumberOperation = {
  symbol: "+",
  floats: (left, right) => left + right,
  integers: (left, right) => left + right,
  bigints: (_budget, left, right) => left + right,
};

/** `left - right` */
export const SUBTRACTION: NumberOperation = {
  symbol: "-",
  floats: (left, right) => left - right,
  integers: (left, right) => left - right,
  bigints: (_budget, left, right) => left - right,
};

/** `left * right` */
export const MULTIPLICATION: NumberOperation = {
  symbol: "*",
  floats: (left, right) => left * right,
  integers: (left, right) => left * right,
  bigints(budget, left, right) {
    chargeBits(budget, bitLength(left) + bitLength(right));
    return left * right;
  },
};

/** `left // right` */
export const FLOOR_DIVISION: NumberOperation = {
  symbol: "//",
  zero: {
    integers: "integer division or modulo by zero",
    floats: "float floor division by zero",
  },
  floats(left, right) {
    const rest = left % right;
    const isPastZero = rest !== 0 && (rest < 0) !== (right < 0);
    const quotient = (left - rest) / right - (isPastZero ? 1 : 0);
    // A zero takes the sign that the quotient has.
    if (quotient === 0) return isNegative(left / right) ? -0 : 0;
    const floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  },
  integers: (left, right) => (left - integerModulo(left, right)) / right,
  bigints(budget, left, right) {
    chargeBits(budget, bitLength(left));
    const quotient = left / right;
    return left % right !== 0n && (left < 0n) !== (right < 0n)
      ? quotient - 1n
      : quotient;
  },
};

/** `left % right` */
export const MODULO: NumberOperation = {
  symbol: "%",
  zero: { integers: "integer modulo by zero", floats: "float modulo" },
  floats: floatModulo,
  integers: integerModulo,
  bigints(budget, left, right) {
    chargeBits(budget, bitLength(left));
    const rest = left % right;
    return rest !== 0n && (rest < 0n) !== (right < 0n) ? rest + right : rest;
  },
};

/** Fails if a divisor is zero. */
export function checkDivisor(divisor: Integer, problem: string): void {
  if (sameNumber(divisor, 0)) fail(problem);
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

/** Returns how many bits an integer has, rounded up to a multiple of four. */
export function bitLength(integer: bigint): number {
  return integer.toString(16).length * 4;
}

const MAX_INTEGER_BITS = 1_000_000;
const BITS_PER_STEP = 16;

/** Charges an operation on integers of some bits, and fails if they are too many. */
export function chargeBits(budget: Budget, bits: number): void {
  if (!(bits <= MAX_INTEGER_BITS)) {
    failLimit(`an integer would have more than ${MAX_INTEGER_BITS} bits`);
  }
  budget.step(bits / BITS_PER_STEP);
}

/** Returns the float nearest to the quotient of two integers. */
export function divideExactly(left: bigint, right: bigint): number {
  const isNegative = (left < 0n) !== (right < 0n);
  const a = left < 0n ? -left : left;
  const b = right < 0n ? -right : right;
  // More digits than a float has; the lowest one says whether there is a rest.
  const shift = Math.max(0, bitLength(b) - bitLength(a) + 72);
  const scaled = a << BigInt(shift);
  const sticky = scaled % b === 0n ? 0n : 1n;
  const quotient = Number((scaled / b) | sticky) / 2 ** shift;
  return isNegative ? -quotient : quotient;
}
