import { fail } from "../error.ts";
import { order } from "../operators/compare.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import {
  Callable,
  type NativeTable,
  type Runtime,
} from "../runtime/runtime.ts";
import { isSame, toList } from "../values/items.ts";
import { Range, Tuple } from "../values/objects.ts";
import { toRepr } from "../values/print.ts";
import {
  asInteger,
  asNumber,
  type Integer,
  refuse,
  requireInteger,
  requirePosition,
  typeName,
} from "../values/scalars.ts";

/** Returns items sorted by keys. Those whose keys are equal keep their order. */
export function sortBy<T>(
  { budget }: Runtime,
  items: readonly T[],
  keyOf: (item: T) => unknown,
  reverse: unknown,
): T[] {
  const isReverse = requireInteger(reverse) !== 0;
  budget.allocateList(items.length * 2);
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  keyed.sort((left, right) =>
    isReverse
      ? order(budget, right.key, left.key)
      : order(budget, left.key, right.key)
  );
  return keyed.map(({ item }) => item);
}

/** Returns how many items equal a value. */
export function countOf(
  budget: Budget,
  items: readonly unknown[],
  value: unknown,
): number {
  budget.step(items.length);
  return items.filter((item) => isSame(budget, item, value)).length;
}

/** Returns the index of the first item that equals a value, or -1. */
export function indexOf(
  budget: Budget,
  items: readonly unknown[],
  value: unknown,
  start?: unknown,
  stop?: unknown,
): number {
  const { length } = items;
  const end = Math.min(requirePosition(stop, length, length), length);
  for (let at = requirePosition(start, length, 0); at < end; at++) {
    if (isSame(budget, items[at], value)) return at;
  }
  return -1;
}

/** Returns the list that a method belongs to, before it changes the list. */
function changing(runtime: Runtime, self: unknown): unknown[] {
  const list = requireList(self);
  runtime.change(list);
  return list;
}

function requireList(self: unknown): unknown[] {
  return Array.isArray(self)
    ? self
    : refuse(self, `'list' expected, not '${typeName(self)}'`);
}

function removeAt(budget: Budget, list: unknown[], index: number): unknown {
  budget.scan(list.length);
  return list.splice(index, 1)[0];
}

/** Python's methods of lists. To add one, add an entry. */
export const LIST_METHODS: NativeTable = nativeTable({
  append: native("self item /", (runtime, self, item) => {
    runtime.budget.allocateList(1);
    changing(runtime, self).push(item);
    return null;
  }),

  clear: native("self /", (runtime, self) => {
    changing(runtime, self).length = 0;
    return null;
  }),

  copy: native(
    "self /",
    (runtime, self) => runtime.own(toList(runtime.budget, self)),
  ),

  count: native(
    "self value /",
    ({ budget }, self, value) => countOf(budget, requireList(self), value),
  ),

  extend: native("self iterable /", (runtime, self, items) => {
    const added = toList(runtime.budget, items);
    const list = changing(runtime, self);
    for (const item of added) list.push(item);
    return null;
  }),

  index: native(
    "self value start? stop? /",
    ({ budget }, self, value, start, stop) => {
      const at = indexOf(budget, requireList(self), value, start, stop);
      return at === -1 ? fail(`${toRepr(budget, value)} is not in list`) : at;
    },
  ),

  insert: native("self index item /", (runtime, self, index, item) => {
    const position = requireInteger(index);
    const list = changing(runtime, self);
    runtime.budget.allocateList(1);
    runtime.budget.scan(list.length);
    list.splice(position, 0, item);
    return null;
  }),

  pop: native("self index? /", (runtime, self, index = -1) => {
    const position = requireInteger(index);
    const { length } = requireList(self);
    if (length === 0) fail("pop from empty list");
    const at = position < 0 ? position + length : position;
    if (at < 0 || at >= length) fail("pop index out of range");
    return removeAt(runtime.budget, changing(runtime, self), at);
  }),

  remove: native("self value /", (runtime, self, value) => {
    const at = indexOf(runtime.budget, requireList(self), value);
    if (at === -1) fail("list.remove(x): x not in list");
    removeAt(runtime.budget, changing(runtime, self), at);
    return null;
  }),

  reverse: native("self /", (runtime, self) => {
    const list = changing(runtime, self);
    runtime.budget.scan(list.length);
    list.reverse();
    return null;
  }),

  sort: native(
    "self * key? reverse?",
    (runtime, self, key = null, reverse = false) => {
      const sorted = sortBy(
        runtime,
        requireList(self),
        keyFunction(runtime, key),
        reverse,
      );
      const list = changing(runtime, self);
      for (const [index, item] of sorted.entries()) list[index] = item;
      return null;
    },
  ),
});

function keyFunction(
  runtime: Runtime,
  key: unknown,
): (item: unknown) => unknown {
  if (key === null) return (item) => item;
  if (!(key instanceof Callable)) {
    refuse(key, `'${typeName(key)}' object is not callable`);
  }
  return (item) => key.call(runtime, [item], undefined);
}

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
