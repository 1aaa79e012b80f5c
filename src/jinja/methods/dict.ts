import {
  type AnyMapping,
  asMapping,
  deleteItem,
  Dict,
  entriesOf,
  getItem,
  hash,
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
  runtime: Runtime,
  source: unknown,
): [unknown, unknown][] {
  const mapping = asMapping(source);
  if (mapping !== undefined) return entriesOf(mapping);
  if (source instanceof Undefined) source.fail();
  const pairs: [unknown, unknown][] = [];
  for (const item of iterate(runtime, source)) {
    const pair = toList(runtime, item);
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
    run: (_runtime, self: AnyMapping) => new DictView(self, kind),
  };
}

/** Python's methods of dicts. */
export const DICT_METHODS: NativeTable = nativeTable({
  clear: {
    parameters: "self /",
    run(runtime, self: AnyMapping) {
      change(runtime, self);
      for (const key of keysOf(self)) deleteItem(self, key);
      return null;
    },
  },
  copy: {
    parameters: "self /",
    run: (_runtime, self: AnyMapping) => new Dict(entriesOf(self)),
  },
  fromkeys: {
    parameters: "self iterable value? /",
    run: (runtime, _self: AnyMapping, keys: unknown, value: unknown = null) =>
      new Dict(toList(runtime, keys).map((key) => [key, value])),
  },
  get: {
    parameters: "self key default? /",
    run(_runtime, self: AnyMapping, key: unknown, fallback: unknown = null) {
      hash(key);
      const value = getItem(self, key);
      return value === undefined ? fallback : value;
    },
  },
  items: view("items"),
  keys: view("keys"),
  pop: {
    parameters: "self key default? /",
    run(runtime, self: AnyMapping, key: unknown, fallback: unknown) {
      const value = getItem(self, key);
      if (value === undefined) {
        return fallback === undefined
          ? fail(`the dict does not have the key ${toRepr(key)}`)
          : fallback;
      }
      change(runtime, self);
      deleteItem(self, key);
      return value;
    },
  },
  popitem: {
    parameters: "self /",
    run(runtime, self: AnyMapping) {
      const entry = entriesOf(self).at(-1) ?? fail("the dict is empty");
      change(runtime, self);
      deleteItem(self, entry[0]);
      return new Tuple(entry);
    },
  },
  setdefault: {
    parameters: "self key default? /",
    run(runtime, self: AnyMapping, key: unknown, fallback: unknown = null) {
      hash(key);
      const value = getItem(self, key);
      if (value !== undefined) return value;
      change(runtime, self);
      setItem(self, key, fallback);
      return fallback;
    },
  },
  update: {
    parameters: "self other? / **kwargs",
    run(runtime, self: AnyMapping, other: unknown, keywords: Keywords) {
      const pairs = other === undefined ? [] : readPairs(runtime, other);
      change(runtime, self);
      for (const [key, value] of [...pairs, ...keywords]) {
        setItem(self, key, value);
      }
      return null;
    },
  },
  values: view("values"),
});
