import { Float } from "../../values.ts";

/** An integer: a `number` where that is exact, else a `bigint`. */
export type Integer = number | bigint;

/** Reports whether a value is a float in Python. */
export function isFloat(value: unknown): value is number | Float {
  return value instanceof Float ||
    (typeof value === "number" && !Number.isSafeInteger(value));
}

/** Returns an integer or boolean as an integer; `undefined` for other values. */
export function asInteger(value: unknown): Integer | undefined {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? value : undefined;
  }
  if (typeof value === "bigint") return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

/** Returns the number of an integer, float or boolean; `undefined` for other values. */
export function asNumber(value: unknown): Integer | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return Number(value);
  return value instanceof Float ? value.value : undefined;
}

/** Reports whether two numbers are equal, whatever their kinds. */
export function sameNumber(left: Integer, right: Integer): boolean {
  // `===` is false for 1 and 1n; these comparisons are exact.
  return left <= right && left >= right;
}

/** Reports whether a number has a minus sign; `-0` has one. */
export function isNegative(number: number): boolean {
  return number < 0 || Object.is(number, -0);
}
