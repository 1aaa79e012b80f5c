import { fail } from "../error.ts";
import { native, nativeTable } from "../runtime/native.ts";
import type { NativeTable } from "../runtime/runtime.ts";
import { asInteger, asNumber, type Integer } from "../values/numbers.ts";
import { toRepr } from "../values/print.ts";
import { Range } from "../values/range.ts";
import { Tuple } from "../values/tuple.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { countOf, indexOf } from "./list.ts";

function requireTuple(self: unknown): readonly unknown[] {
  return self instanceof Tuple
    ? self.items
    : refuse(self, `'tuple' expected, not '${typeName(self)}'`);
}

/** Python's methods of tuples. To add one, add an entry. */
export const TUPLE_METHODS: NativeTable = nativeTable({
  count: native(
    "self value /",
    ({ budget }, self, value) => countOf(budget, requireTuple(self), value),
  ),

  index: native(
    "self value start? stop? /",
    ({ budget }, self, value, start, stop) => {
      const at = indexOf(budget, requireTuple(self), value, start, stop);
      return at === -1 ? fail("tuple.index(x): x not in tuple") : at;
    },
  ),
});

/** Returns the index of a value in a range. Only numbers can be in one. */
function indexInRange(self: unknown, value: unknown): Integer | undefined {
  const number = asNumber(value);
  return number === undefined || !(self instanceof Range)
    ? undefined
    : self.indexOf(number);
}

/** Python's methods of ranges. To add one, add an entry. */
export const RANGE_METHODS: NativeTable = nativeTable({
  count: native(
    "self value /",
    (_runtime, self, value) => indexInRange(self, value) === undefined ? 0 : 1,
  ),

  index: native(
    "self value /",
    ({ budget }, self, value) =>
      indexInRange(self, value) ??
        fail(
          asInteger(value) === undefined
            ? "sequence.index(x): x not in sequence"
            : `${toRepr(budget, value)} is not in range`,
        ),
  ),
});
