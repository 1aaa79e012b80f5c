import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import {
  type Native,
  type NativeTable,
  type Runtime,
  Undefined,
} from "../runtime/runtime.ts";
import {
  type AnyMapping,
  asMapping,
  deleteItem,
  Dict,
  DictView,
  entriesOf,
  getItem,
  keysOf,
  setItem,
  type ViewKind,
} from "../values/dict.ts";
import { isIterable, iterate, toList } from "../values/items.ts";
import { Tuple } from "../values/objects.ts";
import { toRepr } from "../values/print.ts";
import { hash, refuse, typeName } from "../values/scalars.ts";

/**
 * Reads the keys and values of a mapping, or of an iterable of pairs, as Python's
 * `dict()` does.
 *
 * @throws {TemplateFailure} If the source is neither.
 */
export function readPairs(
  budget: Budget,
  source: unknown,
): [key: unknown, value: unknown][] {
  const mapping = asMapping(source);
  if (mapping !== undefined) return entriesOf(budget, mapping);
  if (source instanceof Undefined) source.fail();
  const pairs: [unknown, unknown][] = [];
  for (const item of iterate(budget, source)) {
    const element = `dictionary update sequence element #${pairs.length}`;
    if (!isIterable(item)) fail(`cannot convert ${element} to a sequence`);
    const pair = toList(budget, item);
    if (pair.length !== 2) {
      fail(`${element} has length ${pair.length}; 2 is required`);
    }
    pairs.push([pair[0], pair[1]]);
  }
  return pairs;
}

/** Returns the mapping that a method belongs to, before it changes the mapping. */
function changing(runtime: Runtime, self: unknown): AnyMapping {
  const mapping = requireMapping(self);
  if (!(mapping instanceof Dict)) runtime.change(mapping);
  return mapping;
}

function requireMapping(self: unknown): AnyMapping {
  return asMapping(self) ??
    refuse(self, `'dict' expected, not '${typeName(self)}'`);
}

/** Returns the value of a key that must be hashable, even where no such key can be. */
function lookUp(budget: Budget, self: unknown, key: unknown): unknown {
  hash(budget, key);
  return getItem(budget, requireMapping(self), key);
}

function view(kind: ViewKind): Native {
  return native(
    "self /",
    ({ budget }, self) => new DictView(budget, requireMapping(self), kind),
  );
}

/** Python's methods of dicts. To add one, add an entry. */
export const DICT_METHODS: NativeTable = nativeTable({
  clear: native("self /", (runtime, self) => {
    const mapping = changing(runtime, self);
    for (const key of keysOf(runtime.budget, mapping)) {
      deleteItem(runtime.budget, mapping, key);
    }
    return null;
  }),

  copy: native(
    "self /",
    ({ budget }, self) =>
      Dict.of(budget, entriesOf(budget, requireMapping(self))),
  ),

  fromkeys: native(
    "self iterable value? /",
    ({ budget }, _self, keys, value = null) =>
      Dict.of(budget, toList(budget, keys).map((key) => [key, value])),
  ),

  get: native(
    "self key default? /",
    ({ budget }, self, key, fallback = null) => {
      const value = lookUp(budget, self, key);
      return value === undefined ? fallback : value;
    },
  ),

  items: view("items"),

  keys: view("keys"),

  pop: native("self key default? /", (runtime, self, key, fallback) => {
    const { budget } = runtime;
    const value = lookUp(budget, self, key);
    if (value !== undefined) {
      deleteItem(budget, changing(runtime, self), key);
      return value;
    }
    return fallback === undefined
      ? fail(`KeyError: ${toRepr(budget, key)}`)
      : fallback;
  }),

  popitem: native("self /", (runtime, self) => {
    const { budget } = runtime;
    const entry = entriesOf(budget, requireMapping(self)).at(-1) ??
      fail("KeyError: 'popitem(): dictionary is empty'");
    deleteItem(budget, changing(runtime, self), entry[0]);
    return new Tuple(entry);
  }),

  setdefault: native(
    "self key default? /",
    (runtime, self, key, fallback = null) => {
      const value = lookUp(runtime.budget, self, key);
      if (value !== undefined) return value;
      setItem(runtime.budget, changing(runtime, self), key, fallback);
      return fallback;
    },
  ),

  update: native("self other? / **kwargs", (runtime, self, other, keywords) => {
    const { budget } = runtime;
    const pairs = other === undefined ? [] : readPairs(budget, other);
    const mapping = changing(runtime, self);
    for (const [key, value] of [...pairs, ...keywords]) {
      setItem(budget, mapping, key, value);
    }
    return null;
  }),

  values: view("values"),
});
