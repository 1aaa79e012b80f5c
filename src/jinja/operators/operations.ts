import { fail, failLimit } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { Undefined } from "../runtime/runtime.ts";
import { Tuple } from "../values/objects.ts";
import { escapeHtml } from "../values/print.ts";
import {
  asInteger,
  asText,
  htmlIf,
  type Integer,
  isNegative,
  Markup,
  sameNumber,
  typeName,
} from "../values/scalars.ts";

/** Reports that an operator does not take two values. */
export function unsupported(
  operator: string,
  left: unknown,
  right: unknown,
): never {
  checkDefined(left, right);
  fail(
    `unsupported operand type(s) for ${operator}: '${typeName(left)}' and ` +
      `'${typeName(right)}'`,
    operator === "+" ? JOIN_HINT : undefined,
  );
}

/** Fails if one of two values is undefined. */
export function checkDefined(left: unknown, right: unknown): void {
  if (left instanceof Undefined) left.fail();
  if (right instanceof Undefined) right.fail();
}

/** What to do where `+` does not take two values. */
const JOIN_HINT = "Use ~ to join values as strings";

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

/** Concatenates strings, lists or tuples; `undefined` if the left is none of these. */
export function concatenateSequences(
  budget: Budget,
  left: unknown,
  right: unknown,
): unknown {
  if (left instanceof Markup || right instanceof Markup) {
    if (asText(left) === undefined || asText(right) === undefined) {
      return undefined;
    }
    const [start, end] = [escapeHtml(budget, left), escapeHtml(budget, right)];
    return new Markup(concatenateTexts(budget, start, end));
  }
  if (typeof left === "string") {
    return typeof right === "string"
      ? concatenateTexts(budget, left, right)
      : cannotConcatenate(left, right);
  }
  if (Array.isArray(left)) {
    return Array.isArray(right)
      ? concatenateItems(budget, left, right)
      : cannotConcatenate(left, right);
  }
  if (left instanceof Tuple) {
    return right instanceof Tuple
      ? new Tuple(concatenateItems(budget, left.items, right.items))
      : cannotConcatenate(left, right);
  }
  return undefined;
}

function cannotConcatenate(left: unknown, right: unknown): never {
  checkDefined(left, right);
  const type = typeName(left);
  fail(
    `can only concatenate ${type} (not "${typeName(right)}") to ${type}`,
    type === "str" ? JOIN_HINT : undefined,
  );
}

/** Concatenates two strings. */
export function concatenateTexts(
  budget: Budget,
  left: string,
  right: string,
): string {
  budget.allocateString(left.length + right.length);
  return left + right;
}

function concatenateItems(
  budget: Budget,
  left: readonly unknown[],
  right: readonly unknown[],
): unknown[] {
  budget.allocateList(left.length + right.length);
  return [...left, ...right];
}

/** The largest factor that Python takes. */
const MAX_TIMES = 2n ** 63n - 1n;

/** Repeats a string, list or tuple; `undefined` if the value is none of these. */
export function repeat(
  budget: Budget,
  value: unknown,
  times: unknown,
): unknown {
  const text = asText(value);
  const items = itemsOf(value);
  if (text === undefined && items === undefined) return undefined;
  const integer = asInteger(times);
  if (integer === undefined) {
    // Markup leaves it to the other operand to refuse.
    if (value instanceof Markup) return undefined;
    checkDefined(value, times);
    fail(`can't multiply sequence by non-int of type '${typeName(times)}'`);
  }
  if (integer > MAX_TIMES || integer < -MAX_TIMES) {
    fail("cannot fit 'int' into an index-sized integer");
  }
  const count = Math.max(0, Number(integer));
  if (text !== undefined) {
    // An empty string may be repeated any number of times.
    budget.allocateString(text === "" ? 0 : text.length * count);
    return htmlIf(
      value instanceof Markup,
      text.repeat(text === "" ? 0 : count),
    );
  }
  const repeated = repeatItems(budget, items ?? [], count);
  return value instanceof Tuple ? new Tuple(repeated) : repeated;
}

function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (value instanceof Tuple) return value.items;
  return Array.isArray(value) ? value : undefined;
}

function repeatItems(
  budget: Budget,
  items: readonly unknown[],
  count: number,
): unknown[] {
  if (items.length === 0) return [];
  const length = items.length * count;
  budget.allocateList(length);
  return Array.from({ length }, (_, index) => items[index % items.length]);
}
