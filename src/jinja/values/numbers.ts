import { Float } from "../../values.ts";
/** An integer, as documents and templates hold it. */
export type Integer = number | bigint;

/** Tells whether a value is a float to Python. */
export function isFloat(value: unknown): value is number | Float {
  return value instanceof Float ||
    (typeof value === "number" && !Number.isSafeInteger(value));
}

/** Takes a value for an integer if it is one; booleans are, in Python. */
export function asInteger(value: unknown): Integer | undefined {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? value : undefined;
  }
  if (typeof value === "bigint") return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

/** Takes out the number of a number of any kind, booleans included. */
export function asNumber(value: unknown): Integer | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return Number(value);
  return value instanceof Float ? value.value : undefined;
}

/** Compares numbers of any two kinds exactly. */
export function sameNumber(left: Integer, right: Integer): boolean {
  return left <= right && left >= right;
}
