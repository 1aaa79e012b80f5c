import { modulo } from "../operators/arithmetic.ts";
import { contains, isEqual } from "../values/equality.ts";
import { order } from "../values/order.ts";
import { asMapping, hash } from "../values/dict.ts";
import { iterator, lengthOf } from "../values/iterate.ts";
import type { Native, NativeTable } from "../runtime/runtime.ts";
import { nativeTable } from "../runtime/native.ts";
import { asInteger, asNumber, isFloat } from "../values/numbers.ts";
import { asText, Markup } from "../values/markup.ts";
import { Callable, TemplateObject } from "../runtime/object.ts";
import { Undefined } from "../runtime/undefined.ts";
import { isLower, isUpper } from "../strings/case.ts";
import { toText } from "../values/print.ts";

/** A test of one value. */
function is(test: (value: unknown) => boolean): Native {
  return {
    parameters: "value",
    run: (_runtime, value: unknown) => test(value),
  };
}

/** A comparison of two values. */
function compares(
  operator: string,
  test: (order: number) => boolean,
): Native {
  return {
    parameters: "a b /",
    run: (_runtime, left: unknown, right: unknown) =>
      test(order(left, right, operator)),
  };
}

function remainder(divisor: number, wanted: number): Native {
  return {
    parameters: "value",
    run: (runtime, value: unknown) =>
      isEqual(modulo(runtime, value, divisor), wanted),
  };
}

const SEQUENCES: ReadonlySet<string> = new Set([
  "Markup",
  "Undefined",
  "dict",
  "range",
  "tuple",
]);

/** Python's dicts count, as they have a length and items. */
function isSequence(value: unknown): boolean {
  return value instanceof TemplateObject
    ? SEQUENCES.has(value.typeName)
    : lengthOf(value) !== undefined;
}

const EQUAL: Native = {
  parameters: "a b /",
  run: (_runtime, left: unknown, right: unknown) => isEqual(left, right),
};
const NOT_EQUAL: Native = {
  parameters: "a b /",
  run: (_runtime, left: unknown, right: unknown) => !isEqual(left, right),
};
const GREATER = compares(">", (sign) => sign > 0);
const GREATER_OR_EQUAL = compares(">=", (sign) => sign >= 0);
const LESS = compares("<", (sign) => sign < 0);
const LESS_OR_EQUAL = compares("<=", (sign) => sign <= 0);

function isName(table: NativeTable, value: unknown): boolean {
  hash(value);
  return table.has(asText(value) ?? "");
}

/** What may stand behind `is`. To add a test, add an entry. */
export const TESTS: NativeTable = nativeTable({
  "!=": NOT_EQUAL,
  "<": LESS,
  "<=": LESS_OR_EQUAL,
  "==": EQUAL,
  ">": GREATER,
  ">=": GREATER_OR_EQUAL,
  boolean: is((value) => typeof value === "boolean"),
  callable: is((value) =>
    value instanceof Callable || value instanceof Undefined
  ),
  defined: is((value) => !(value instanceof Undefined)),
  divisibleby: {
    parameters: "value num",
    run: (runtime, value: unknown, divisor: unknown) =>
      isEqual(modulo(runtime, value, divisor), 0),
  },
  eq: EQUAL,
  equalto: EQUAL,
  escaped: is((value) => value instanceof Markup),
  even: remainder(2, 0),
  false: is((value) => value === false),
  filter: {
    parameters: "value",
    run: (runtime, value: unknown) => isName(runtime.filters, value),
  },
  float: is(isFloat),
  ge: GREATER_OR_EQUAL,
  greaterthan: GREATER,
  gt: GREATER,
  in: {
    parameters: "value seq",
    run: (runtime, value: unknown, container: unknown) =>
      contains(runtime, container, value),
  },
  integer: is((value) =>
    asInteger(value) !== undefined && typeof value !== "boolean"
  ),
  iterable: is((value) => iterator(value) !== undefined),
  le: LESS_OR_EQUAL,
  lessthan: LESS,
  lower: is((value) => isLower(toText(value))),
  lt: LESS,
  mapping: is((value) => asMapping(value) !== undefined),
  ne: NOT_EQUAL,
  none: is((value) => value === null),
  number: is((value) => asNumber(value) !== undefined),
  odd: remainder(2, 1),
  sameas: {
    parameters: "value other",
    run: (_runtime, value: unknown, other: unknown) => Object.is(value, other),
  },
  sequence: is(isSequence),
  string: is((value) => asText(value) !== undefined),
  test: {
    parameters: "value",
    run: (runtime, value: unknown) => isName(runtime.tests, value),
  },
  true: is((value) => value === true),
  undefined: is((value) => value instanceof Undefined),
  upper: is((value) => isUpper(toText(value))),
});
