import { isEqual } from "../values/equality.ts";
import { order } from "../values/order.ts";
import { fail } from "../error.ts";
import { toList } from "../values/iterate.ts";
import type { Native, NativeTable, Runtime } from "../runtime/runtime.ts";
import { nativeTable } from "../runtime/native.ts";
import { requireInteger } from "../values/arguments.ts";
import { Callable } from "../runtime/object.ts";
import { Range } from "../values/range.ts";
import { Tuple } from "../values/tuple.ts";

/** Sorts stably by keys, as Python does. */
export function sortBy<Item>(
  runtime: Runtime,
  items: readonly Item[],
  key: (item: Item) => unknown,
  reverse: unknown,
): Item[] {
  const isReverse = requireInteger(reverse) !== 0;
  runtime.budget.step(items.length);
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((left, right) =>
    isReverse
      ? order(runtime.budget, right.key, left.key)
      : order(runtime.budget, left.key, right.key)
  );
  return keyed.map(({ item }) => item);
}

function itemsOf(self: unknown): readonly unknown[] {
  if (self instanceof Tuple) return self.items;
  if (self instanceof Range) {
    return [...{ [Symbol.iterator]: () => self.iterate() }];
  }
  return self as unknown[];
}

function removeAt(list: unknown[], index: number): unknown {
  if (list.length === 0) fail("pop from empty list");
  const position = index < 0 ? index + list.length : index;
  if (position < 0 || position >= list.length) fail("pop index out of range");
  return list.splice(position, 1)[0];
}

const COUNT: Native = {
  parameters: "self value /",
  run: (runtime, self: unknown, value: unknown) => {
    runtime.budget.step(itemsOf(self).length);
    return itemsOf(self).filter((item) => isEqual(runtime.budget, item, value))
      .length;
  },
};

const INDEX: Native = {
  parameters: "self value start? stop? /",
  run(
    runtime,
    self: unknown,
    value: unknown,
    start: unknown = 0,
    stop?: unknown,
  ) {
    const items = itemsOf(self);
    const from = place(requireInteger(start), items.length);
    const to = stop === undefined
      ? items.length
      : place(requireInteger(stop), items.length);
    for (let index = from; index < Math.min(to, items.length); index++) {
      if (isEqual(runtime.budget, items[index], value)) return index;
    }
    fail("the list does not have that item");
  },
};

function place(index: number, length: number): number {
  return index < 0 ? Math.max(0, index + length) : index;
}

/** Python's methods of tuples. */
export const TUPLE_METHODS: NativeTable = new Map([
  ["count", COUNT],
  ["index", INDEX],
]);

/** Python's methods of lists. */
export const LIST_METHODS: NativeTable = nativeTable({
  append: {
    parameters: "self item /",
    run(runtime, self: unknown[], item: unknown) {
      runtime.change(self);
      self.push(item);
      return null;
    },
  },
  clear: {
    parameters: "self /",
    run(runtime, self: unknown[]) {
      runtime.change(self);
      self.length = 0;
      return null;
    },
  },
  copy: {
    parameters: "self /",
    run: (runtime, self: unknown[]) =>
      runtime.own(toList(runtime.budget, self)),
  },
  count: COUNT,
  extend: {
    parameters: "self iterable /",
    run(runtime, self: unknown[], items: unknown) {
      const added = toList(runtime.budget, items);
      runtime.change(self);
      for (const item of added) self.push(item);
      return null;
    },
  },
  index: INDEX,
  insert: {
    parameters: "self index item /",
    run(runtime, self: unknown[], index: unknown, item: unknown) {
      const position = requireInteger(index);
      runtime.change(self);
      self.splice(position, 0, item);
      return null;
    },
  },
  pop: {
    parameters: "self index? /",
    run(runtime, self: unknown[], index: unknown = -1) {
      const position = requireInteger(index);
      runtime.change(self);
      return removeAt(self, position);
    },
  },
  remove: {
    parameters: "self value /",
    run(runtime, self: unknown[], value: unknown) {
      const index = self.findIndex((item) =>
        isEqual(runtime.budget, item, value)
      );
      if (index === -1) fail("the list does not have that item");
      runtime.change(self);
      self.splice(index, 1);
      return null;
    },
  },
  reverse: {
    parameters: "self /",
    run(runtime, self: unknown[]) {
      runtime.change(self);
      self.reverse();
      return null;
    },
  },
  sort: {
    parameters: "self * key? reverse?",
    run(
      runtime,
      self: unknown[],
      key: unknown = null,
      reverse: unknown = false,
    ) {
      const sorted = sortBy(
        runtime,
        self,
        (item) =>
          key instanceof Callable ? key.call(runtime, [item], undefined) : item,
        reverse,
      );
      runtime.change(self);
      for (const [index, item] of sorted.entries()) self[index] = item;
      return null;
    },
  },
});
