/** How many lists and mappings may nest in one another. */
export const MAX_DEPTH = 1000;

/**
 * A value of a document: a JSON value, or one of the two kinds that YAML has and
 * JavaScript lacks.
 *
 * A `number` that is a safe integer is an integer; an integer beyond 2^53 is a
 * `bigint`; any other `number` is a float. A float whose value is a safe integer
 * (`1.0`) is a {@linkcode Float}, so that it is written as it was read.
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

/** A mapping of a document. A key may be any string, including `__proto__`. */
export interface Mapping {
  /** The value of a key. */
  [key: string]: Value;
}

/**
 * A float whose value is a whole number, such as the `1.0` of `version: 1.0`.
 *
 * @example Printing keeps the decimal point
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
   * Creates a float.
   *
   * @param value A safe integer or `-0`.
   */
  constructor(value: number) {
    this.value = value;
  }

  /**
   * Returns the number, so that arithmetic works.
   *
   * @returns The number.
   */
  valueOf(): number {
    return this.value;
  }

  /**
   * Formats the number as Python does.
   *
   * @returns The number with one decimal: `1.0`.
   */
  toString(): string {
    return Object.is(this.value, -0) ? "-0.0" : `${this.value}.0`;
  }
}

/** What a {@linkcode Timestamp} holds: a date, a time without a zone, or one with a zone. */
export type TimestampKind = "date" | "naive" | "aware";

/** The parts of a {@linkcode Timestamp} as numbers. A date has the time 00:00:00. */
export interface TimestampParts {
  /** 1 to 9999. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
  /** 0 to 59. */
  readonly minute: number;
  /** 0 to 59. */
  readonly second: number;
  /** 0 to 999999. */
  readonly microsecond: number;
  /** Minutes east of UTC; `undefined` without a zone. */
  readonly offsetMinutes: number | undefined;
}

const TIMESTAMP_REGEXP =
  /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d{6}))?(?:([-+])(\d\d):(\d\d))?)?$/;

/**
 * A date or time that YAML read from a plain scalar, such as `2001-12-14`.
 *
 * @example A date of a YAML document
 * ```ts
 * import { parseYaml, Timestamp } from "@cicdstatemgr/cicdstatemgr";
 * import { ok, strictEqual } from "node:assert/strict";
 *
 * const date = parseYaml("2001-12-14");
 * ok(date instanceof Timestamp);
 * strictEqual(date.kind, "date");
 * strictEqual(String(date), "2001-12-14");
 * ```
 */
export class Timestamp {
  /** The text that Python's `str()` returns: `2001-12-14` or `2001-12-14 21:59:43.100000-05:00`. */
  readonly text: string;
  /** Whether it is a date, a time without a zone, or one with a zone. */
  readonly kind: TimestampKind;

  /**
   * Creates a timestamp.
   *
   * @param text The text that Python's `str()` returns.
   * @param kind Whether it is a date, a time without a zone, or one with a zone.
   */
  constructor(text: string, kind: TimestampKind) {
    this.text = text;
    this.kind = kind;
  }

  /**
   * Splits the timestamp into numbers.
   *
   * @returns The parts, or `undefined` if the text is not one that Python writes.
   * @example The year of a date
   * ```ts
   * import { Timestamp } from "@cicdstatemgr/cicdstatemgr";
   * import { strictEqual } from "node:assert/strict";
   *
   * strictEqual(new Timestamp("2001-12-14", "date").parts()?.year, 2001);
   * ```
   */
  parts(): TimestampParts | undefined {
    const match = TIMESTAMP_REGEXP.exec(this.text);
    if (match === null) return undefined;
    const [year, month, day, hour, minute, second, microsecond] = match
      .slice(1, 8).map((digits) => Number(digits ?? 0));
    const [sign, hours, minutes] = match.slice(8);
    const offset = Number(hours) * 60 + Number(minutes);
    return {
      year: year!,
      month: month!,
      day: day!,
      hour: hour!,
      minute: minute!,
      second: second!,
      microsecond: microsecond!,
      offsetMinutes: sign === undefined
        ? undefined
        : sign === "-"
        ? -offset
        : offset,
    };
  }

  /**
   * Returns the text.
   *
   * @returns The text.
   */
  toString(): string {
    return this.text;
  }
}

/**
 * Returns the value of a float: a {@linkcode Float} if a plain number would count
 * as an integer.
 *
 * @param number Any number.
 * @returns A value that prints as a float.
 */
export function floatValue(number: number): number | Float {
  return Number.isSafeInteger(number) ? new Float(number) : number;
}

/**
 * Returns the value of an integer: a number if that is exact, else a bigint.
 *
 * @param integer The integer.
 * @returns A value that prints with all its digits.
 */
export function integerValue(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}

/**
 * Reports whether a value is a mapping.
 *
 * @param value Any value.
 * @returns Whether it is a mapping.
 */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !(value instanceof Float) && !(value instanceof Timestamp);
}

/**
 * Reads a key of a mapping, but never one of its prototype.
 *
 * @param mapping The mapping.
 * @param key The key.
 * @returns The value, or `undefined` if the mapping has no such key.
 */
export function getKey(mapping: Mapping, key: string): Value | undefined {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

/**
 * Writes a key of a mapping without running a setter of its prototype.
 *
 * @param mapping The mapping to change.
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
 * Copies a value deeply. Lists and mappings that occur in several places, as YAML
 * aliases make them, are copied once: the copy shares them in the same places.
 *
 * @typeParam T The type of the value.
 * @param value The value.
 * @param copies What was copied before, and its copies: pass one map to several
 * calls to keep what their values share.
 * @returns The copy. Changing it never changes the original.
 */
export function cloneValue<T extends Value>(
  value: T,
  copies?: Map<Value, Value>,
): T;
export function cloneValue(
  value: Value,
  copies: Map<Value, Value> = new Map(),
): Value {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Float || value instanceof Timestamp) return value;
  const copied = copies.get(value);
  if (copied !== undefined) return copied;
  if (Array.isArray(value)) {
    const list: Value[] = [];
    copies.set(value, list);
    for (const item of value) list.push(cloneValue(item, copies));
    return list;
  }
  const mapping: Mapping = {};
  copies.set(value, mapping);
  for (const key of Object.keys(value)) {
    setKey(mapping, key, cloneValue(value[key]!, copies));
  }
  return mapping;
}

/**
 * Reports whether Python treats a value as false: null, false, zero, and empty
 * strings, lists and mappings.
 *
 * @param value The value; `undefined` counts as null.
 * @returns Whether it is falsy in Python.
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
