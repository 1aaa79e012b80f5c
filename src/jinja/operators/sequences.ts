import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { asText, htmlIf, Markup } from "../values/markup.ts";
import { asInteger } from "../values/numbers.ts";
import { escapeHtml } from "../values/print.ts";
import { Tuple } from "../values/tuple.ts";
import { typeName } from "../values/type_name.ts";
import { checkDefined, JOIN_HINT } from "./unsupported.ts";

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
