import { Float, Timestamp } from "../../values.ts";
import { TemplateFailure } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { TemplateObject } from "../runtime/object.ts";
import { typeName } from "./type_name.ts";

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
