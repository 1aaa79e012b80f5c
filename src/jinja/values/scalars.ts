import { Float, Timestamp } from "../../values.ts";
import { fail, TemplateFailure } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import {
  qualifiedTypeName,
  TemplateObject,
  Undefined,
} from "../runtime/runtime.ts";

/** A string that is HTML already. */
export class Markup extends TemplateObject {
  override readonly typeName = "Markup";
  override readonly typeModule = "markupsafe";
  /** The HTML. */
  readonly text: string;

  /** Marks `text` as HTML. */
  constructor(text: string) {
    super();
    this.text = text;
  }

  override repr(print: (value: unknown) => string): string {
    return `Markup(${print(this.text)})`;
  }

  override hash(budget: Budget): unknown {
    return hash(budget, this.text);
  }

  override isTrue(): boolean {
    return this.text !== "";
  }
}

/** Marks a string as HTML if it is. */
export function htmlIf(isHtml: boolean, text: string): string | Markup {
  return isHtml ? new Markup(text) : text;
}

/** Returns the text of a string or {@linkcode Markup}; `undefined` for other values. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof Markup ? value.text : undefined;
}

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

/**
 * Reports that a value does not fit. An undefined value reports that it is
 * undefined instead, which is the better explanation.
 *
 * @throws {TemplateFailure} Always.
 */
export function refuse(value: unknown, message: string): never {
  if (value instanceof Undefined) value.fail();
  fail(message);
}

/** Returns the name of a value's type as Python's error messages have it. */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case "string":
      return "str";
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return Number.isSafeInteger(value) ? "int" : "float";
  }
  if (value === null) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (value instanceof TemplateObject) return value.typeName;
  if (value instanceof Float) return "float";
  if (value instanceof Timestamp) {
    return value.kind === "date" ? "datetime.date" : "datetime.datetime";
  }
  return "dict";
}

/** Describes a value in messages about a missing attribute, as Jinja2 does. */
export function describeObject(value: unknown): string {
  if (value === null) return "None";
  const name = value instanceof TemplateObject
    ? qualifiedTypeName(value)
    : typeName(value);
  return `${name} object`;
}

/**
 * Returns a key for a `Map` that values share if they are equal in Python, such
 * as `1`, `1.0` and `True`.
 *
 * @throws {TemplateFailure} If the value is not hashable.
 */
export function hash(budget: Budget, value: unknown): unknown {
  budget.step();
  switch (typeof value) {
    case "boolean":
      return Number(value);
    case "bigint":
      return value;
    case "number":
      // 1e20 equals the integer with all those digits.
      return Number.isInteger(value) && !Number.isSafeInteger(value)
        ? BigInt(value)
        : value;
    case "string":
      // Keys of tuples start with a NUL, so strings that do get a second one.
      return value.startsWith("\0") ? `\0${value}` : value;
  }
  if (value === null) return null;
  if (value instanceof Float) return value.value;
  if (value instanceof Timestamp) {
    return hashParts(budget, value.kind, [value.text]);
  }
  if (value instanceof TemplateObject) return value.hash(budget);
  throw new UnhashableFailure(value);
}

/** What {@linkcode hash} throws for a value that cannot be a key. */
export class UnhashableFailure extends TemplateFailure {
  /** Names the type of `value`. */
  constructor(value: unknown) {
    super(`unhashable type: '${typeName(value)}'`);
  }
}

/** Returns the key of a value that is made of parts. */
export function hashParts(
  budget: Budget,
  kind: string,
  parts: readonly unknown[],
): string {
  let key = `\0${kind}`;
  for (const part of parts) {
    const text = describe(hash(budget, part));
    budget.allocateString(text.length);
    // The length keeps ("a", "b") apart from a single string that looks alike.
    key += `,${text.length}:${text}`;
  }
  return key;
}

function describe(hashed: unknown): string {
  if (typeof hashed === "object" || typeof hashed === "function") {
    return hashed === null ? "None" : `object ${identify(hashed)}`;
  }
  return `${typeof hashed} ${String(hashed)}`;
}

const IDENTITIES = new WeakMap<object, number>();
let lastIdentity = 0;

/** Returns a number that no other object has. */
function identify(object: object): number {
  const known = IDENTITIES.get(object);
  if (known !== undefined) return known;
  lastIdentity++;
  IDENTITIES.set(object, lastIdentity);
  return lastIdentity;
}

/** Reports whether a value can be a key. */
export function isHashable(budget: Budget, value: unknown): boolean {
  try {
    hash(budget, value);
    return true;
  } catch (error) {
    if (error instanceof UnhashableFailure) return false;
    throw error;
  }
}

/**
 * Returns the text of an argument that must be a string.
 *
 * @param problem What Python says in front of the type's name.
 * @throws {TemplateFailure} If the argument is not a string.
 */
export function requireText(
  value: unknown,
  problem = "must be str, not",
): string {
  return asText(value) ?? refuse(value, `${problem} ${typeName(value)}`);
}

/**
 * Returns an argument that must be an integer. One past 2^53 is rounded, which
 * makes no difference to positions and widths.
 *
 * @throws {TemplateFailure} If the argument is not an integer.
 */
export function requireInteger(value: unknown): number {
  return Number(requireAnyInteger(value));
}

/**
 * Returns an argument that must be an integer, with all of its digits.
 *
 * @throws {TemplateFailure} If the argument is not an integer.
 */
export function requireAnyInteger(value: unknown): Integer {
  return asInteger(value) ?? refuse(
    value,
    `'${typeName(value)}' object cannot be interpreted as an integer`,
  );
}

/**
 * Returns the position that an argument of methods such as `find` and `index`
 * names in a sequence: one from its end if it is negative.
 *
 * @param fallback The position if there is no argument.
 * @throws {TemplateFailure} If the argument is neither an integer nor none.
 */
export function requirePosition(
  value: unknown,
  length: number,
  fallback: number,
): number {
  if (value === undefined || value === null) return fallback;
  const integer = asInteger(value) ?? refuse(
    value,
    "slice indices must be integers or None or have an __index__ method",
  );
  const position = Number(integer);
  return position < 0 ? Math.max(0, position + length) : position;
}
