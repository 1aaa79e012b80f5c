import { isoFormat, strftime } from "../../formats/python_datetime.ts";
import {
  Float,
  integerValue,
  Timestamp,
  type TimestampParts,
} from "../../values.ts";
import { fail } from "../error.ts";
import { plus } from "../operators/arithmetic.ts";
import type { Budget } from "../runtime/budget.ts";
import { BoundMethod, native, nativeTable } from "../runtime/call.ts";
import {
  type Native,
  type NativeTable,
  type Runtime,
  TemplateObject,
} from "../runtime/runtime.ts";
import { asMapping } from "../values/dict.ts";
import { Range, Tuple } from "../values/objects.ts";
import {
  asInteger,
  asNumber,
  isFloat,
  Markup,
  refuse,
  typeName,
} from "../values/scalars.ts";
import { DICT_METHODS } from "./dict.ts";
import { LIST_METHODS, RANGE_METHODS, TUPLE_METHODS } from "./list.ts";
import { markupMethods, STRING_METHODS } from "./string.ts";

/** The members that are attributes and not methods. */
const PROPERTIES: ReadonlySet<string> = new Set([
  "day",
  "denominator",
  "hour",
  "imag",
  "microsecond",
  "minute",
  "month",
  "numerator",
  "real",
  "second",
  "year",
]);

function member(run: (self: unknown, budget: Budget) => unknown): Native {
  return native("self /", ({ budget }, self) => run(self, budget));
}

/** Returns the binary digits of an integer without its sign. */
function binary(budget: Budget, self: unknown): string {
  const integer = BigInt(
    asInteger(self) ?? refuse(self, `'int' expected, not '${typeName(self)}'`),
  );
  const digits = (integer < 0n ? -integer : integer).toString(2);
  budget.scan(digits.length);
  return digits;
}

function floatOf(self: unknown): number {
  return Number(
    asNumber(self) ??
      refuse(self, `'float' expected, not '${typeName(self)}'`),
  );
}

/** Returns a float as a fraction in lowest terms. */
function ratioOf(float: number): Tuple {
  if (Number.isNaN(float)) fail("cannot convert NaN to integer ratio");
  if (!Number.isFinite(float)) fail("cannot convert Infinity to integer ratio");
  let numerator = float;
  let denominator = 1n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return new Tuple([
    integerValue(BigInt(numerator)),
    integerValue(denominator),
  ]);
}

/** Python's members of integers and booleans. To add one, add an entry. */
const INTEGER_MEMBERS: NativeTable = nativeTable({
  as_integer_ratio: member((self) => new Tuple([plus(self), 1])),
  bit_count: member((self, budget) =>
    binary(budget, self).replaceAll("0", "").length
  ),
  bit_length: member((self, budget) =>
    asInteger(self) ? binary(budget, self).length : 0
  ),
  conjugate: member(plus),
  denominator: member(() => 1),
  imag: member(() => 0),
  numerator: member(plus),
  real: member(plus),
});

/** Python's members of floats. To add one, add an entry. */
const FLOAT_MEMBERS: NativeTable = nativeTable({
  as_integer_ratio: member((self) => ratioOf(floatOf(self))),
  conjugate: member(plus),
  imag: member(() => new Float(0)),
  is_integer: member((self) => Number.isInteger(floatOf(self))),
  real: member(plus),
});

function timestampOf(self: unknown): Timestamp {
  return self instanceof Timestamp
    ? self
    : refuse(self, `'date' expected, not '${typeName(self)}'`);
}

function part(name: keyof TimestampParts): Native {
  return member((self) => timestampOf(self).parts()?.[name]);
}

/** Python's members of dates. To add one, add an entry. */
const DATE_MEMBERS: NativeTable = nativeTable({
  day: part("day"),
  isoformat: native("self /", (_, self) => isoFormat(timestampOf(self))),
  month: part("month"),
  strftime: native(
    "self format",
    (_, self, format) => strftime(timestampOf(self), String(format)),
  ),
  year: part("year"),
});

/** Python's members of dates with a time. To add one, add an entry. */
const DATETIME_MEMBERS: NativeTable = new Map([
  ...DATE_MEMBERS,
  ...nativeTable({
    hour: part("hour"),
    microsecond: part("microsecond"),
    minute: part("minute"),
    second: part("second"),
  }),
]);

/**
 * Returns a member that a value has because of its type: a bound method or the
 * value of a property; `undefined` if its type has no such member.
 */
export function findMethod(
  runtime: Runtime,
  target: unknown,
  name: string,
): unknown {
  const native = methodsOf(target)?.get(name);
  if (native === undefined) return undefined;
  // Only numbers and dates have properties.
  return PROPERTIES.has(name)
    ? native.run(runtime, target)
    : new BoundMethod(name, native, target);
}

function methodsOf(target: unknown): NativeTable | undefined {
  if (typeof target === "string") return STRING_METHODS;
  if (Array.isArray(target)) return LIST_METHODS;
  if (asMapping(target) !== undefined) return DICT_METHODS;
  if (target instanceof Markup) return markupMethods();
  if (target instanceof Tuple) return TUPLE_METHODS;
  if (target instanceof Range) return RANGE_METHODS;
  if (target instanceof Timestamp) {
    return target.kind === "date" ? DATE_MEMBERS : DATETIME_MEMBERS;
  }
  if (target instanceof TemplateObject) return undefined;
  if (asInteger(target) !== undefined) return INTEGER_MEMBERS;
  return isFloat(target) ? FLOAT_MEMBERS : undefined;
}
