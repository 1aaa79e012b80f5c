import { Float, floatValue, integerValue } from "../../values.ts";
import { fail } from "../error.ts";
import {
  ADDITION,
  bitLength,
  checkBits,
  checkDivisor,
  divideExactly,
  FLOOR_DIVISION,
  MODULO,
  MULTIPLICATION,
  type NumberOperation,
  SUBTRACTION,
} from "./number_operations.ts";
import {
  asInteger,
  asNumber,
  type Integer,
  isFloat,
} from "../values/numbers.ts";
import { asText, Markup } from "../values/markup.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type_name.ts";
import { Undefined } from "../runtime/undefined.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { formatPercent } from "../format/percent.ts";
import { escapeHtml, toText } from "../values/print.ts";
/** An operation of two values. */
export type Operation = (
  runtime: Runtime,
  left: unknown,
  right: unknown,
) => unknown;

function unsupported(operator: string, left: unknown, right: unknown): never {
  if (left instanceof Undefined) left.fail();
  if (right instanceof Undefined) right.fail();
  fail(
    `'${operator}' does not take '${typeName(left)}' and '${typeName(right)}'`,
    operator === "+" ? "Join texts with ~" : undefined,
  );
}

function operate(
  operation: NumberOperation,
  left: unknown,
  right: unknown,
): unknown {
  const a = asNumber(left);
  const b = asNumber(right);
  if (a === undefined || b === undefined) {
    return unsupported(operation.symbol, left, right);
  }
  if (isFloat(left) || isFloat(right)) {
    return floatValue(operation.floats(Number(a), Number(b)));
  }
  if (typeof a === "number" && typeof b === "number") {
    const result = operation.integers(a, b);
    if (Number.isSafeInteger(result)) return result === 0 ? 0 : result;
  }
  return integerValue(operation.bigints(BigInt(a), BigInt(b)));
}

/** `left + right` */
export function add(runtime: Runtime, left: unknown, right: unknown): unknown {
  const text = asText(left);
  const otherText = asText(right);
  if (text !== undefined && otherText !== undefined) {
    runtime.budget.allocateString(text.length + otherText.length);
    if (left instanceof Markup || right instanceof Markup) {
      return new Markup(
        escapeHtml(runtime.budget, left) + escapeHtml(runtime.budget, right),
      );
    }
    return text + otherText;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    runtime.budget.step(left.length + right.length);
    return [...left, ...right];
  }
  if (left instanceof Tuple && right instanceof Tuple) {
    return new Tuple([...left.items, ...right.items]);
  }
  return operate(ADDITION, left, right);
}

/** `left - right` */
export function subtract(
  _runtime: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  return operate(SUBTRACTION, left, right);
}

/** `left * right`, repetition included. */
export function multiply(
  runtime: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  const times = asInteger(right);
  if (times !== undefined) {
    const repeated = repeat(runtime, left, times);
    if (repeated !== undefined) return repeated;
  }
  const otherTimes = asInteger(left);
  if (otherTimes !== undefined) {
    const repeated = repeat(runtime, right, otherTimes);
    if (repeated !== undefined) return repeated;
  }
  return operate(MULTIPLICATION, left, right);
}

function repeat(runtime: Runtime, value: unknown, times: Integer): unknown {
  const count = Math.max(0, Number(times));
  const text = asText(value);
  if (text !== undefined) {
    runtime.budget.allocateString(text.length * count);
    const repeated = text.repeat(text === "" ? 0 : count);
    return value instanceof Markup ? new Markup(repeated) : repeated;
  }
  if (Array.isArray(value)) return repeatItems(runtime, value, count);
  if (value instanceof Tuple) {
    return new Tuple(repeatItems(runtime, value.items, count));
  }
  return undefined;
}

function repeatItems(
  runtime: Runtime,
  items: readonly unknown[],
  count: number,
): unknown[] {
  runtime.budget.step(items.length * count);
  const result: unknown[] = [];
  for (let index = 0; index < items.length * count; index++) {
    result.push(items[index % items.length]);
  }
  return result;
}

/** `left / right`, which is a float always. */
export function divide(
  _runtime: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  const a = asNumber(left);
  const b = asNumber(right);
  if (a === undefined || b === undefined) return unsupported("/", left, right);
  checkDivisor(b);
  const isFloating = isFloat(left) || isFloat(right);
  const isExact = typeof a === "number" && typeof b === "number";
  const result = isFloating || isExact
    ? Number(a) / Number(b)
    : divideExactly(BigInt(a), BigInt(b));
  if (!Number.isFinite(result) && !isFloating) {
    fail("the result is too large");
  }
  return floatValue(result);
}

/** `left // right` */
export function floorDivide(
  _runtime: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  return operate(FLOOR_DIVISION, left, right);
}

/** `left % right`, which formats if the left is a text. */
export function modulo(
  runtime: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  return asText(left) === undefined
    ? operate(MODULO, left, right)
    : formatPercent(runtime, left, right);
}

/** `left ** right` */
export function power(
  _runtime: Runtime,
  left: unknown,
  right: unknown,
): unknown {
  const a = asNumber(left);
  const b = asNumber(right);
  if (a === undefined || b === undefined) return unsupported("**", left, right);
  const isFloating = isFloat(left) || isFloat(right);
  if (!isFloating && b >= 0) {
    const base = BigInt(a);
    if (base > 1n || base < -1n) checkBits(bitLength(base) * Number(b));
    return integerValue(base ** BigInt(b));
  }
  if (Number(a) === 0 && b < 0) fail("0 cannot be raised to a negative power");
  const result = Number(a) ** Number(b);
  if (
    Number.isNaN(result) && !Number.isNaN(Number(a)) && !Number.isNaN(Number(b))
  ) {
    fail("the result is a complex number");
  }
  if (
    !Number.isFinite(result) && Number.isFinite(Number(a)) &&
    Number.isFinite(Number(b))
  ) {
    fail("the result is too large");
  }
  return floatValue(result);
}

/** `-value` */
export function negate(value: unknown): unknown {
  const number = asNumber(value);
  if (number === undefined) return unsupportedUnary("-", value);
  if (isFloat(value)) return floatValue(-Number(number));
  if (typeof number === "bigint") return integerValue(-number);
  return number === 0 ? 0 : -number;
}

/** `+value` */
export function plus(value: unknown): unknown {
  const number = asNumber(value);
  if (number === undefined) return unsupportedUnary("+", value);
  return value instanceof Float ? value : number;
}

function unsupportedUnary(operator: string, value: unknown): never {
  if (value instanceof Undefined) value.fail();
  fail(`'${operator}' does not take '${typeName(value)}'`);
}

/** `left ~ right` in HTML: one that is HTML makes the other HTML. */
export function concatenateHtml(
  runtime: Runtime,
  left: unknown,
  right: unknown,
): string | Markup {
  if (!(left instanceof Markup) && !(right instanceof Markup)) {
    return concatenate(runtime, left, right);
  }
  return new Markup(
    concatenate(
      runtime,
      escapeHtml(runtime.budget, left),
      escapeHtml(runtime.budget, right),
    ),
  );
}

/** `left ~ right` */
export function concatenate(
  runtime: Runtime,
  left: unknown,
  right: unknown,
): string {
  const text = toText(runtime.budget, left);
  const otherText = toText(runtime.budget, right);
  runtime.budget.allocateString(text.length + otherText.length);
  return text + otherText;
}
