import { floatValue, integerValue } from "../../values.ts";
import { fail } from "../error.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { escapeHtml, toText } from "../values/print.ts";
import {
  asInteger,
  asNumber,
  type Integer,
  isFloat,
  Markup,
  refuse,
  typeName,
} from "../values/scalars.ts";
import {
  ADDITION,
  bitLength,
  chargeBits,
  checkDivisor,
  concatenateSequences,
  concatenateTexts,
  divideExactly,
  FLOOR_DIVISION,
  MODULO,
  MULTIPLICATION,
  type NumberOperation,
  repeat,
  SUBTRACTION,
  unsupported,
} from "./operations.ts";

/** An operation on two values. */
export type Operation = (
  runtime: Runtime,
  left: unknown,
  right: unknown,
) => unknown;

function operate(
  runtime: Runtime,
  operation: NumberOperation,
  left: unknown,
  right: unknown,
): unknown {
  runtime.budget.tick();
  const a = asNumber(left);
  const b = asNumber(right);
  if (a === undefined || b === undefined) {
    return unsupported(operation.symbol, left, right);
  }
  if (isFloat(left) || isFloat(right)) {
    const divisor = toFloat(b);
    if (operation.zero) checkDivisor(divisor, operation.zero.floats);
    return floatValue(operation.floats(toFloat(a), divisor));
  }
  if (operation.zero) checkDivisor(b, operation.zero.integers);
  if (typeof a === "number" && typeof b === "number") {
    const result = operation.integers(a, b);
    // An integer has no negative zero.
    if (Number.isSafeInteger(result)) return result === 0 ? 0 : result;
  }
  return integerValue(operation.bigints(runtime.budget, BigInt(a), BigInt(b)));
}

function toFloat(number: Integer): number {
  const float = Number(number);
  return typeof number === "bigint" && !Number.isFinite(float)
    ? fail("int too large to convert to float")
    : float;
}

/** Returns `left + right`. */
export function add(runtime: Runtime, left: unknown, right: unknown): unknown {
  return concatenateSequences(runtime.budget, left, right) ??
    operate(runtime, ADDITION, left, right);
}

/** Returns `left - right`. */
export function subtract(
  runtime: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  return operate(runtime, SUBTRACTION, left, right);
}

/** Returns `left * right`, which repeats strings and lists. */
export function multiply(
  runtime: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  return repeat(runtime.budget, left, right) ??
    repeat(runtime.budget, right, left) ??
    operate(runtime, MULTIPLICATION, left, right);
}

/** Returns `left / right`, which is always a float. */
export function divide(
  { budget }: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  const a = asNumber(left);
  const b = asNumber(right);
  if (a === undefined || b === undefined) return unsupported("/", left, right);
  if (isFloat(left) || isFloat(right)) {
    const divisor = toFloat(b);
    checkDivisor(divisor, "float division by zero");
    return floatValue(toFloat(a) / divisor);
  }
  checkDivisor(b, "division by zero");
  if (typeof a === "number" && typeof b === "number") return floatValue(a / b);
  const [numerator, denominator] = [BigInt(a), BigInt(b)];
  chargeBits(budget, bitLength(numerator) + bitLength(denominator));
  const quotient = divideExactly(numerator, denominator);
  return Number.isFinite(quotient)
    ? floatValue(quotient)
    : fail("integer division result too large for a float");
}

/** Returns `left // right`. */
export function floorDivide(
  runtime: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  return operate(runtime, FLOOR_DIVISION, left, right);
}

/** Returns `left % right`, which fills in a string. */
export function modulo(
  runtime: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  return typeof left === "string" || left instanceof Markup
    ? runtime.builtins.formatPercent(runtime.budget, left, right)
    : operate(runtime, MODULO, left, right);
}

/** Returns `left ** right`. */
export function power(
  { budget }: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  const a = asNumber(left);
  const b = asNumber(right);
  if (a === undefined || b === undefined) {
    return unsupported("** or pow()", left, right);
  }
  if (isFloat(left) || isFloat(right) || b < 0) {
    return floatValue(floatPower(toFloat(a), toFloat(b)));
  }
  const base = BigInt(a);
  if (base > 1n || base < -1n) {
    chargeBits(budget, bitLength(base) * Number(b));
  }
  return integerValue(base ** BigInt(b));
}

function floatPower(base: number, exponent: number): number {
  // JavaScript has NaN for these.
  if (base === 1) return 1;
  if (base === -1 && Math.abs(exponent) === Infinity) return 1;
  if (base === 0 && exponent < 0 && exponent !== -Infinity) {
    fail("0.0 cannot be raised to a negative power");
  }
  const result = base ** exponent;
  if (Number.isNaN(result) && !Number.isNaN(base) && !Number.isNaN(exponent)) {
    fail("complex numbers are not supported");
  }
  if (
    !Number.isFinite(result) && Number.isFinite(base) &&
    Number.isFinite(exponent)
  ) {
    fail("Numerical result out of range");
  }
  return result;
}

/** Returns `-value`. */
export function negate(value: unknown): unknown {
  const number = asNumber(value) ?? badOperand("-", value);
  if (isFloat(value)) return floatValue(-Number(number));
  if (typeof number === "bigint") return integerValue(-number);
  return number === 0 ? 0 : -number;
}

/** Returns `+value`. */
export function plus(value: unknown): unknown {
  asNumber(value) ?? badOperand("+", value);
  return isFloat(value) ? value : asInteger(value);
}

function badOperand(operator: string, value: unknown): never {
  return refuse(
    value,
    `bad operand type for unary ${operator}: '${typeName(value)}'`,
  );
}

/** Returns `left ~ right`. */
export function concatenate(
  { budget }: Runtime,
  left: unknown,
  right: unknown,
): string {
  return concatenateTexts(budget, toText(budget, left), toText(budget, right));
}

/** Returns `left ~ right` where HTML is escaped: markup makes the result markup. */
export function concatenateHtml(
  runtime: Runtime,
  left: unknown,
  right: unknown,
): string | Markup {
  if (!(left instanceof Markup) && !(right instanceof Markup)) {
    return concatenate(runtime, left, right);
  }
  const { budget } = runtime;
  return new Markup(
    concatenateTexts(
      budget,
      escapeHtml(budget, left),
      escapeHtml(budget, right),
    ),
  );
}
