import { Timestamp } from "../../values.ts";
import type { Budget } from "../runtime/budget.ts";
import { TemplateObject } from "../runtime/object.ts";
import { Undefined } from "../runtime/undefined.ts";
import {
  type AnyMapping,
  asMapping,
  entriesOf,
  getItem,
  sizeOf,
} from "./dict.ts";
import { asText } from "./markup.ts";
import { asNumber, sameNumber } from "./numbers.ts";

/** Reports whether two values are equal, as Python's `==` does. */
export function isEqual(
  budget: Budget,
  left: unknown,
  right: unknown,
): boolean {
  budget.step();
  if (left instanceof Undefined) return left.equals(right);
  if (right instanceof Undefined) return right.equals(left);
  if (left === right) return true;
  const number = asNumber(left);
  if (number !== undefined) {
    const other = asNumber(right);
    return other !== undefined && sameNumber(number, other);
  }
  const text = asText(left);
  if (text !== undefined) return sameText(budget, text, asText(right));
  if (Array.isArray(left)) {
    return Array.isArray(right) && sameItems(budget, left, right);
  }
  if (left instanceof Timestamp) {
    return right instanceof Timestamp && left.text === right.text;
  }
  const mapping = asMapping(left);
  if (mapping !== undefined) {
    const other = asMapping(right);
    return other !== undefined && sameEntries(budget, mapping, other);
  }
  return left instanceof TemplateObject &&
    left.equals(right, (a, b) => isEqual(budget, a, b));
}

function sameText(
  budget: Budget,
  left: string,
  right: string | undefined,
): boolean {
  if (right === undefined || left.length !== right.length) return false;
  budget.scan(left.length);
  return left === right;
}

function sameItems(
  budget: Budget,
  left: readonly unknown[],
  right: readonly unknown[],
): boolean {
  return left.length === right.length &&
    left.every((item, index) => isSame(budget, item, right[index]));
}

function sameEntries(
  budget: Budget,
  left: AnyMapping,
  right: AnyMapping,
): boolean {
  return sizeOf(budget, left) === sizeOf(budget, right) &&
    entriesOf(budget, left).every(([key, value]) => {
      const other = getItem(budget, right, key);
      return other !== undefined && isSame(budget, value, other);
    });
}

/** Reports whether two items are the same object or equal: containers ask this, not `==`. */
export function isSame(budget: Budget, left: unknown, right: unknown): boolean {
  return left === right || isEqual(budget, left, right);
}
