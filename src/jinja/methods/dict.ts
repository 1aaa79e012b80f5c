import { hash } from "../values/hash.ts";
import type { Budget } from "../runtime/budget.ts";
import {
  type AnyMapping,
  asMapping,
  deleteItem,
  Dict,
  entriesOf,
  getItem,
  keysOf,
  setItem,
} from "../values/dict.ts";
import { fail } from "../error.ts";
import { iterate, toList } from "../values/iterate.ts";
import type { Native, NativeTable, Runtime } from "../runtime/runtime.ts";
import { nativeTable } from "../runtime/native.ts";
import type { Keywords } from "../runtime/object.ts";
import { Tuple } from "../values/tuple.ts";
import { Undefined } from "../runtime/undefined.ts";
import { toRepr } from "../values/print.ts";
import { DictView, type ViewKind } from "../values/dict_view.ts";
/** Reads the pairs of a mapping, or of an iterable of pairs, as Python's `dict()` does. */
export function readPairs(
  budget: Budget,
  source: unknown,
): [unknown, unknown][] {
  const mapping = asMapping(source);
  if (mapping !== undefined) return entriesOf(budget, mapping);
  if (source instanceof Undefined) source.fail();
  const pairs: [unknown, unknown][] = [];
  for (const item of iterate(budget, source)) {
    const pair = toList(budget, item);
    if (pair.length !== 2) fail("a dict is made of pairs");
    pairs.push([pair[0], pair[1]]);
  }
  return pairs;
}

function change(runtime: Runtime, self: AnyMapping): void {
  if (!(self instanceof Dict)) runtime.change(self);
}

function view(kind: ViewKind): Native {
  return {
    parameters: "self /",
    run: ({ budget }, self: AnyMapping) => new DictView(budget, self, kind),
  };
}

/** Python's methods of dicts. */
export const DICT_METHODS: NativeTable = nativeTable({
  clear: {
    parameters: "self /",
    run(runtime, self: AnyMapping) {
      change(runtime, self);
      for (const key of keysOf(runtime.budget, self)) {
        deleteItem(runtime.budget, self, key);
      }
      return null;
    },
  },
  copy: {
    parameters: "self /",
    run: (runtime, self: AnyMapping) =>
      Dict.of(runtime.budget, entriesOf(runtime.budget, self)),
  },
  fromkeys: {
    parameters: "self iterable value? /",
    run: (runtime, _self: AnyMapping, keys: unknown, value: unknown = null) =>
      Dict.of(
        runtime.budget,
        toList(runtime.budget, keys).map((key) => [key, value]),
      ),
  },
  get: {
    parameters: "self key default? /",
    run(runtime, self: AnyMapping, key: unknown, fallback: unknown = null) {
      hash(runtime.budget, key);
      const value = getItem(runtime.budget, self, key);
      return value === undefined ? fallback : value;
    },
  },
  items: view("items"),
  keys: view("keys"),
  pop: {
    parameters: "self key default? /",
    run(runtime, self: AnyMapping, key: unknown, fallback: unknown) {
      const value = getItem(runtime.budget, self, key);
      if (value === undefined) {
        return fallback === undefined
          ? fail(
            `the dict does not have the key ${toRepr(runtime.budget, key)}`,
          )
          : fallback;
      }
      change(runtime, self);
      deleteItem(runtime.budget, self, key);
      return value;
    },
  },
  popitem: {
    parameters: "self /",
    run(runtime, self: AnyMapping) {
      const entry = entriesOf(runtime.budget, self).at(-1) ??
        fail("the dict is empty");
      change(runtime, self);
      deleteItem(runtime.budget, self, entry[0]);
      return new Tuple(entry);
    },
  },
  setdefault: {
    parameters: "self key default? /",
    run(runtime, self: AnyMapping, key: unknown, fallback: unknown = null) {
      hash(runtime.budget, key);
      const value = getItem(runtime.budget, self, key);
      if (value !== undefined) return value;
      change(runtime, self);
      setItem(runtime.budget, self, key, fallback);
      return fallback;
    },
  },
  update: {
    parameters: "self other? / **kwargs",
    run(runtime, self: AnyMapping, other: unknown, keywords: Keywords) {
      const pairs = other === undefined ? [] : readPairs(runtime.budget, other);
      change(runtime, self);
      for (const [key, value] of [...pairs, ...keywords]) {
        setItem(runtime.budget, self, key, value);
      }
      return null;
    },
  },
  values: view("values"),
});
