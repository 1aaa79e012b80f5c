import { modulo } from "../operators/arithmetic.ts";
import { contains, order } from "../operators/compare.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import {
  type Builtins,
  Callable,
  type Native,
  type NativeTable,
  type Runtime,
  TemplateObject,
  Undefined,
} from "../runtime/runtime.ts";
import { isLower, isUpper } from "../strings/case.ts";
import { asMapping } from "../values/dict.ts";
import { isEqual, isIterable, lengthOf } from "../values/items.ts";
import { toText } from "../values/print.ts";
import {
  asInteger,
  asNumber,
  asText,
  hash,
  isFloat,
  Markup,
} from "../values/scalars.ts";

/** Declares a test of one value. */
function is(test: (value: unknown, budget: Budget) => boolean): Native {
  return native("value", ({ budget }, value) => test(value, budget));
}

/** Declares a test that compares two values. */
function compares(operator: string, test: (order: number) => boolean): Native {
  return native(
    "a b /",
    ({ budget }, left, right) => test(order(budget, left, right, operator)),
  );
}

function leaves(
  runtime: Runtime,
  value: unknown,
  divisor: unknown,
  remainder: number,
): boolean {
  return isEqual(runtime.budget, modulo(runtime, value, divisor), remainder);
}

const SEQUENCES: ReadonlySet<string> = new Set([
  "Markup",
  "Undefined",
  "_GroupTuple",
  "dict",
  "range",
  "tuple",
]);

/** Reports whether a value has a length and items, as Python's dicts have too. */
function isSequence(budget: Budget, value: unknown): boolean {
  return value instanceof TemplateObject
    ? SEQUENCES.has(value.typeName)
    : lengthOf(budget, value) !== undefined;
}

function hasName(
  budget: Budget,
  table: Builtins["filters"],
  value: unknown,
): boolean {
  hash(budget, value); // Fails if the value cannot be a key, as in Python.
  return table.get(asText(value) ?? "") !== undefined;
}

/** Returns the string of a value that is looked at from end to end. */
function scanned(budget: Budget, value: unknown): string {
  const text = toText(budget, value);
  budget.scan(text.length);
  return text;
}

const EQUAL = native(
  "a b /",
  ({ budget }, left, right) => isEqual(budget, left, right),
);
const NOT_EQUAL = native(
  "a b /",
  ({ budget }, left, right) => !isEqual(budget, left, right),
);
const GREATER = compares(">", (sign) => sign > 0);
const GREATER_OR_EQUAL = compares(">=", (sign) => sign >= 0);
const LESS = compares("<", (sign) => sign < 0);
const LESS_OR_EQUAL = compares("<=", (sign) => sign <= 0);

/** The tests that can follow `is`. To add one, add an entry. */
export const TESTS: NativeTable = nativeTable({
  "!=": NOT_EQUAL,
  "<": LESS,
  "<=": LESS_OR_EQUAL,
  "==": EQUAL,
  ">": GREATER,
  ">=": GREATER_OR_EQUAL,

  /** Whether the value is true or false. */
  boolean: is((value) => typeof value === "boolean"),

  /** Whether the value can be called. */
  callable: is((value) =>
    value instanceof Callable || value instanceof Undefined
  ),

  /** Whether the value is defined. */
  defined: is((value) => !(value instanceof Undefined)),

  /** Whether the value divides by a number without remainder. */
  divisibleby: native(
    "value num",
    (runtime, value, divisor) => leaves(runtime, value, divisor, 0),
  ),

  eq: EQUAL,
  equalto: EQUAL,

  /** Whether the value is markup. */
  escaped: is((value) => value instanceof Markup),

  /** Whether the value is an even number. */
  even: native("value", (runtime, value) => leaves(runtime, value, 2, 0)),

  /** Whether the value is false itself. */
  false: is((value) => value === false),

  /** Whether a filter has this name. */
  filter: native(
    "value",
    ({ budget, builtins }, value) => hasName(budget, builtins.filters, value),
  ),

  /** Whether the value is a float. */
  float: is(isFloat),

  ge: GREATER_OR_EQUAL,
  greaterthan: GREATER,
  gt: GREATER,

  /** Whether a sequence contains the value. */
  in: native(
    "value seq",
    ({ budget }, value, container) => contains(budget, container, value),
  ),

  /** Whether the value is an integer, and not a boolean. */
  integer: is((value) =>
    asInteger(value) !== undefined && typeof value !== "boolean"
  ),

  /** Whether the value can be iterated. */
  iterable: is((value) => isIterable(value)),

  le: LESS_OR_EQUAL,
  lessthan: LESS,

  /** Whether the value has letters, all of them lower case. */
  lower: is((value, budget) => isLower(scanned(budget, value))),

  lt: LESS,

  /** Whether the value is a mapping. */
  mapping: is((value) => asMapping(value) !== undefined),

  ne: NOT_EQUAL,

  /** Whether the value is none. */
  none: is((value) => value === null),

  /** Whether the value is a number or a boolean. */
  number: is((value) => asNumber(value) !== undefined),

  /** Whether the value is an odd number. */
  odd: native("value", (runtime, value) => leaves(runtime, value, 2, 1)),

  /** Whether two values are the same object. */
  sameas: native(
    "value other",
    (_runtime, value, other) => Object.is(value, other),
  ),

  /** Whether the value has a length and items. */
  sequence: is((value, budget) => isSequence(budget, value)),

  /** Whether the value is a string. */
  string: is((value) => asText(value) !== undefined),

  /** Whether a test has this name. */
  test: native(
    "value",
    ({ budget, builtins }, value) => hasName(budget, builtins.tests, value),
  ),

  /** Whether the value is true itself. */
  true: is((value) => value === true),

  /** Whether the value is undefined. */
  undefined: is((value) => value instanceof Undefined),

  /** Whether the value has letters, all of them upper case. */
  upper: is((value, budget) => isUpper(scanned(budget, value))),
});
