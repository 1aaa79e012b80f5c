import { fail } from "../error.ts";
import { sortBy } from "../methods/list.ts";
import {
  attributePath,
  attributePaths,
  withoutCase,
} from "../operators/attribute_path.ts";
import { native, nativeTable } from "../runtime/native.ts";
import type { Native, NativeTable } from "../runtime/runtime.ts";
import { makeUndefined } from "../runtime/undefined.ts";
import { asMapping, entriesOf } from "../values/dict.ts";
import { isEqual } from "../values/equality.ts";
import { iterate, toList } from "../values/iterate.ts";
import { asText } from "../values/markup.ts";
import { order } from "../values/order.ts";
import { isTrue } from "../values/truth.ts";
import { Group, Tuple } from "../values/tuple.ts";
import { refuse, typeName } from "../values/type_name.ts";

/** Declares a filter that returns the largest item (`sign` 1) or the smallest (-1). */
function extreme(sign: number): Native {
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
        if (best === undefined || order(budget, key, best.key) * sign > 0) {
          best = { item, key };
        }
      }
      return best === undefined
        ? makeUndefined(runtime, "No aggregated item, sequence was empty.")
        : best.item;
    },
  );
}

/** Filters that order items. To add one, add an entry. */
export const ORDERING_FILTERS: NativeTable = nativeTable({
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
          return isTrue(caseSensitive) ? key : withoutCase(key);
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

  /** Returns the largest item. */
  max: extreme(1),

  /** Returns the smallest item. */
  min: extreme(-1),

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
