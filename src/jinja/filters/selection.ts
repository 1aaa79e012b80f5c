import { fail } from "../error.ts";
import { sortBy } from "../methods/list.ts";
import { isTrue, order } from "../operators/compare.ts";
import { callNative, native, nativeTable } from "../runtime/call.ts";
import {
  type Keywords,
  makeUndefined,
  type Native,
  type NativeTable,
  type Runtime,
} from "../runtime/runtime.ts";
import { asMapping, entriesOf } from "../values/dict.ts";
import { isEqual, iterate, toList } from "../values/items.ts";
import { Group, nativeGenerator, Tuple } from "../values/objects.ts";
import { toRepr, toText } from "../values/print.ts";
import { asText, refuse, typeName } from "../values/scalars.ts";
import { attributePath, attributePaths, withoutCase } from "./paths.ts";

type Arguments = readonly unknown[];

/** Returns what `map` does to each item: it calls a filter, or follows an attribute. */
function mapper(
  runtime: Runtime,
  args: Arguments,
  keywords: Keywords,
): (item: unknown) => unknown {
  if (args.length === 0 && keywords.has("attribute")) {
    for (const name of keywords.keys()) {
      if (name !== "attribute" && name !== "default") {
        fail(`Unexpected keyword argument ${toRepr(runtime.budget, name)}`);
      }
    }
    return attributePath(runtime, keywords.get("attribute"), {
      fallback: keywords.get("default"),
    });
  }
  if (args.length === 0) fail("map requires a filter argument");
  const [filterName, ...rest] = args;
  const name = toText(runtime.budget, filterName);
  const filter = runtime.builtins.filters.get(name) ??
    fail(`no filter named ${toRepr(runtime.budget, filterName)}`);
  return (item) => callNative(runtime, name, filter, [item, ...rest], keywords);
}

/** Returns how `select` and its kind test a value: for truth, or with a test. */
function tester(
  runtime: Runtime,
  args: Arguments,
  keywords: Keywords,
): (value: unknown) => boolean {
  if (args.length === 0) return isTrue;
  const [testName, ...rest] = args;
  const name = toText(runtime.budget, testName);
  const test = runtime.builtins.tests.get(name) ??
    fail(`no test named ${toRepr(runtime.budget, testName)}`);
  return (value) =>
    isTrue(callNative(runtime, name, test, [value, ...rest], keywords));
}

/** Declares a filter that keeps the items for which a test returns `wanted`. */
function itemSelection(wanted: boolean): Native {
  return nativeGenerator(
    "value *args **kwargs",
    function* (runtime, value, args, keywords) {
      if (!isTrue(value)) return;
      const test = tester(runtime, args, keywords);
      for (const item of iterate(runtime.budget, value)) {
        if (test(item) === wanted) yield item;
      }
    },
  );
}

/** Declares a filter that keeps the items for which a test of an attribute returns `wanted`. */
function attributeSelection(wanted: boolean): Native {
  return nativeGenerator(
    "value *args **kwargs",
    function* (runtime, value, args, keywords) {
      if (!isTrue(value)) return;
      if (args.length === 0) fail("Missing parameter for attribute name");
      const [attribute, ...rest] = args;
      const follow = attributePath(runtime, attribute);
      const test = tester(runtime, rest, keywords);
      for (const item of iterate(runtime.budget, value)) {
        if (test(follow(item)) === wanted) yield item;
      }
    },
  );
}

/** Declares a filter that returns the item of which `item operator other` holds for all others. */
function extreme(operator: ">" | "<"): Native {
  const wanted = operator === ">" ? 1 : -1;
  return native(
    "value case_sensitive? attribute?",
    (runtime, value, caseSensitive = false, attribute = null) => {
      const keyOf = attributePath(runtime, attribute, {
        ignoresCase: !isTrue(caseSensitive),
      });
      const { budget } = runtime;
      let best: { item: unknown; key: unknown } | undefined;
      for (const item of iterate(budget, value)) {
        const key = keyOf(item);
        const sign = best === undefined
          ? wanted
          : Math.sign(order(budget, key, best.key, operator));
        if (sign === wanted) best = { item, key };
      }
      return best === undefined
        ? makeUndefined(runtime, "No aggregated item, sequence was empty.")
        : best.item;
    },
  );
}

/** Filters that convert, select, group and order items. To add one, add an entry. */
export const SELECTION_FILTERS: NativeTable = nativeTable({
  /** Returns the key-value pairs of a mapping, sorted by key or by value. */
  dictsort: native(
    "value case_sensitive? by? reverse?",
    (runtime, value, caseSensitive = false, by = "key", reverse = false) => {
      const column = ["key", "value"].indexOf(asText(by) ?? "");
      if (column === -1) {
        fail('You can only sort by either "key" or "value"');
      }
      const mapping = asMapping(value) ??
        refuse(value, `'${typeName(value)}' object has no attribute 'items'`);
      const entries = entriesOf(runtime.budget, mapping).map((entry) =>
        new Tuple(entry)
      );
      return runtime.own(
        sortBy(runtime, entries, ({ items }) => {
          const key = items[column];
          return isTrue(caseSensitive) ? key : withoutCase(runtime.budget, key);
        }, reverse),
      );
    },
  ),

  /** Groups items by an attribute, as pairs of its value and the items that have it. */
  groupby: native(
    "value attribute default? case_sensitive?",
    (runtime, value, attribute, fallback = null, caseSensitive = false) => {
      const keyOf = attributePath(runtime, attribute, {
        fallback,
        ignoresCase: !isTrue(caseSensitive),
      });
      const labelOf = attributePath(runtime, attribute, { fallback });
      const { budget } = runtime;
      const groups: { key: unknown; items: unknown[] }[] = [];
      const items = toList(budget, value);
      for (const item of sortBy(runtime, items, keyOf, false)) {
        const key = keyOf(item);
        const group = groups.at(-1);
        if (group !== undefined && isEqual(budget, group.key, key)) {
          group.items.push(item);
        } else {
          budget.allocateList(3);
          groups.push({ key, items: [item] });
        }
      }
      return runtime.own(
        groups.map(({ items }) =>
          new Group([labelOf(items[0]), runtime.own(items)])
        ),
      );
    },
  ),

  /** Applies a filter to each item, or looks up an attribute of it. */
  map: nativeGenerator(
    "value *args **kwargs",
    function* (runtime, value, args, keywords) {
      if (!isTrue(value)) return;
      const convert = mapper(runtime, args, keywords);
      for (const item of iterate(runtime.budget, value)) yield convert(item);
    },
  ),

  /** Returns the largest item. */
  max: extreme(">"),

  /** Returns the smallest item. */
  min: extreme("<"),

  /** Drops the items that pass a test, by default the true ones. */
  reject: itemSelection(false),

  /** Drops the items of which an attribute passes a test. */
  rejectattr: attributeSelection(false),

  /** Keeps the items that pass a test, by default the true ones. */
  select: itemSelection(true),

  /** Keeps the items of which an attribute passes a test. */
  selectattr: attributeSelection(true),

  /** Sorts items, by themselves or by attributes separated by commas. */
  sort: native(
    "value reverse? case_sensitive? attribute?",
    (
      runtime,
      value,
      reverse = false,
      caseSensitive = false,
      attribute = null,
    ) => {
      const keysOf = attributePaths(runtime, attribute, {
        ignoresCase: !isTrue(caseSensitive),
      });
      const items = toList(runtime.budget, value);
      return runtime.own(sortBy(runtime, items, keysOf, reverse));
    },
  ),
});
