/**
 * What a document is made of: JSON's values, and the two that YAML has beside
 * them and JavaScript lacks.
 *
 * A `number` that is a safe integer is an integer; integers beyond 2^53 are
 * `bigint`; every other `number` is a float. A float whose value is a safe
 * integer (`1.0`) is a {@linkcode Float}, so that it is written as it was read.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Timestamp
  | Value[]
  | Mapping;

/** A mapping of a document. Its keys may be any text, `__proto__` included. */
export interface Mapping {
  /** The value of a key. */
  [key: string]: Value;
}

/**
 * A float whose value is a whole number, such as the `1.0` of `version: 1.0`.
 *
 * @example It prints with its point
 * ```ts
 * import { Float } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * strictEqual(String(new Float(1)), "1.0");
 * strictEqual(new Float(1).valueOf() + 1, 2);
 * ```
 */
export class Float {
  /** The number: a safe integer or `-0`. */
  readonly value: number;

  /**
   * Makes a float.
   *
   * @param value A safe integer or `-0`.
   */
  constructor(value: number) {
    this.value = value;
  }

  /**
   * Gives the number, so that arithmetic works.
   *
   * @returns The number.
   */
  valueOf(): number {
    return this.value;
  }

  /**
   * Prints the number as Python does.
   *
   * @returns The number with one decimal: `1.0`.
   */
  toString(): string {
    return Object.is(this.value, -0) ? "-0.0" : `${this.value}.0`;
  }
}

/** How much of a point in time a {@linkcode Timestamp} names. */
export type TimestampKind = "date" | "naive" | "aware";

/** A date or time that YAML read from plain text, such as `2001-12-14`. */
export class Timestamp {
  /** As Python's `str()` prints it: `2001-12-14` or `2001-12-14 21:59:43.100000-05:00`. */
  readonly text: string;
  /** A date, a time without a zone, or one with a zone. */
  readonly kind: TimestampKind;

  /**
   * Makes a timestamp.
   *
   * @param text As Python's `str()` prints it.
   * @param kind A date, a time without a zone, or one with a zone.
   */
  constructor(text: string, kind: TimestampKind) {
    this.text = text;
    this.kind = kind;
  }

  /**
   * Prints the text.
   *
   * @returns The text.
   */
  toString(): string {
    return this.text;
  }
}

/**
 * Makes the value for a float, which is a {@linkcode Float} where a plain number
 * would be taken for an integer.
 *
 * @param number Any number.
 * @returns The value that prints as a float.
 */
export function floatValue(number: number): number | Float {
  return Number.isSafeInteger(number) ? new Float(number) : number;
}

/**
 * Makes the value for an integer: a number where it is exact, else a bigint.
 *
 * @param integer The integer.
 * @returns The value that prints with all its digits.
 */
export function integerValue(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}

/**
 * Tells a mapping from every other value.
 *
 * @param value Any value.
 * @returns Whether it is a mapping.
 */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !(value instanceof Float) && !(value instanceof Timestamp);
}

/**
 * Reads a mapping's own key: what its prototype has is not there.
 *
 * @param mapping The mapping.
 * @param key The key.
 * @returns The value, or `undefined` if the mapping has no such key.
 */
export function getKey(mapping: Mapping, key: string): Value | undefined {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

/**
 * Writes a mapping's own key, without ever running a setter of its prototype.
 *
 * @param mapping The mapping that is changed.
 * @param key The key.
 * @param value The value.
 */
export function setKey(mapping: Mapping, key: string, value: Value): void {
  if (key !== "__proto__") {
    mapping[key] = value;
    return;
  }
  // Assigning to __proto__ would replace the prototype.
  Object.defineProperty(mapping, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/**
 * Copies a value so that no change of the copy reaches the original.
 *
 * @typeParam T The kind of value.
 * @param value The value.
 * @returns A deep copy.
 */
export function cloneValue<T extends Value>(value: T): T;
export function cloneValue(value: Value): Value {
  if (Array.isArray(value)) return value.map((item) => cloneValue(item));
  if (!isMapping(value)) return value;
  const copy: Mapping = {};
  for (const key of Object.keys(value)) {
    setKey(copy, key, cloneValue(value[key]!));
  }
  return copy;
}

/**
 * Tells whether Python takes a value for false: null, false, zero, and empty
 * strings, lists and mappings.
 *
 * @param value The value.
 * @returns Whether it is falsy in Python's sense.
 */
export function isFalsy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return true;
  if (typeof value === "number") return value === 0;
  if (value instanceof Float) return value.value === 0;
  if (value instanceof Timestamp) return false;
  if (typeof value === "object") {
    return Array.isArray(value)
      ? value.length === 0
      : Object.keys(value).length === 0;
  }
  return value === "" || value === 0n;
}
