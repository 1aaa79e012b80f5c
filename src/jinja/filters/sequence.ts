import { add } from "../operators/arithmetic.ts";
import { attributeOf, missing } from "../operators/attributes.ts";
import {
  attributePath,
  attributePaths,
  withoutCase,
} from "../operators/attribute_path.ts";
import { isEqual } from "../values/equality.ts";
import { isTrue } from "../values/truth.ts";
import { order } from "../values/order.ts";
import { asMapping, entriesOf, hash } from "../values/dict.ts";
import { fail } from "../error.ts";
import { iterate, iterator, requireLength, toList } from "../values/iterate.ts";
import { sortBy } from "../methods/list.ts";
import { callNative, nativeTable } from "../runtime/native.ts";
import { Lazy, lazy } from "../values/lazy.ts";
import type { Native, NativeTable, Runtime } from "../runtime/runtime.ts";
import { requireInteger } from "../values/arguments.ts";
import { asText, htmlIf, Markup } from "../values/markup.ts";
import { Group, Tuple } from "../values/tuple.ts";
import type { Keywords } from "../runtime/object.ts";
import { makeUndefined, Undefined } from "../runtime/undefined.ts";
import { Range } from "../values/range.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { characters } from "../strings/characters.ts";
import { escapeHtml, toText } from "../values/print.ts";

function* map(
  runtime: Runtime,
  value: unknown,
  args: unknown[],
  keywords: Keywords,
): Generator<unknown, void> {
  if (!isTrue(value)) return;
  const convert = mapper(runtime, args, keywords);
  for (const item of iterate(runtime, value)) yield convert(item);
}

function mapper(
  runtime: Runtime,
  args: unknown[],
  keywords: Keywords,
): (item: unknown) => unknown {
  if (args.length === 0 && keywords.has("attribute")) {
    const surplus = [...keywords.keys()].find((name) =>
      name !== "attribute" && name !== "default"
    );
    if (surplus !== undefined) fail(`map() takes no argument '${surplus}'`);
    return attributePath(runtime, keywords.get("attribute"), {
      fallback: keywords.get("default"),
    });
  }
  if (args.length === 0) fail("map() takes a filter's name or attribute=");
  const name = toText(args[0]);
  const filter = runtime.filters.get(name) ?? fail(`no filter named '${name}'`);
  const rest = args.slice(1);
  return (item) => callNative(runtime, name, filter, [item, ...rest], keywords);
}

/** `select` and its three kin. */
function selection(takesAttribute: boolean, keeps: boolean): Native {
  function* select(
    runtime: Runtime,
    value: unknown,
    args: unknown[],
    keywords: Keywords,
  ): Generator<unknown, void> {
    if (!isTrue(value)) return;
    if (takesAttribute && args.length === 0) {
      fail("it takes an attribute's name");
    }
    const follow = attributePath(runtime, takesAttribute ? args[0] : null);
    const test = tester(
      runtime,
      takesAttribute ? args.slice(1) : args,
      keywords,
    );
    for (const item of iterate(runtime, value)) {
      if (test(follow(item)) === keeps) yield item;
    }
  }
  return lazy(select, "value *args **kwargs");
}

function tester(
  runtime: Runtime,
  args: unknown[],
  keywords: Keywords,
): (value: unknown) => boolean {
  if (args.length === 0) return isTrue;
  const name = toText(args[0]);
  const test = runtime.tests.get(name) ?? fail(`no test named '${name}'`);
  const rest = args.slice(1);
  return (value) =>
    isTrue(callNative(runtime, name, test, [value, ...rest], keywords));
}

/** Filters that take another filter or a test. To add one, add an entry. */
export const SELECTION_FILTERS: NativeTable = nativeTable({
  map: lazy(map, "value *args **kwargs"),
  reject: selection(false, false),
  rejectattr: selection(true, false),
  select: selection(false, true),
  selectattr: selection(true, true),
});

const LOWEST = new Set(["key", "value"]);

function* batch(
  runtime: Runtime,
  value: unknown,
  size: unknown,
  filler: unknown = null,
): Generator<unknown, void> {
  let row: unknown[] = [];
  for (const item of iterate(runtime, value)) {
    if (isEqual(row.length, size)) {
      yield row;
      row = [];
    }
    row.push(item);
  }
  if (row.length === 0) return;
  if (filler !== null && order(row.length, size) < 0) {
    const count = requireInteger(size);
    runtime.budget.step(Math.max(0, count - row.length));
    while (row.length < count) row.push(filler);
  }
  yield row;
}

function* slices(
  runtime: Runtime,
  value: unknown,
  count: unknown,
  filler: unknown = null,
): Generator<unknown, void> {
  const items = toList(runtime, value);
  const columns = requireInteger(count);
  if (columns === 0) fail("slice() cannot make 0 columns");
  const size = Math.floor(items.length / columns);
  const longer = items.length - size * columns;
  let start = 0;
  for (let column = 0; column < columns; column++) {
    runtime.budget.step();
    const end = start + size + (column < longer ? 1 : 0);
    const part = items.slice(start, end);
    if (filler !== null && column >= longer) part.push(filler);
    yield part;
    start = end;
  }
}

function* items(runtime: Runtime, value: unknown): Generator<unknown, void> {
  if (value instanceof Undefined) return void isTrue(value);
  const mapping = asMapping(value) ?? fail("items() takes a mapping");
  for (const entry of entriesOf(mapping)) {
    runtime.budget.step();
    yield new Tuple(entry);
  }
}

function* unique(
  runtime: Runtime,
  value: unknown,
  caseSensitive: unknown = false,
  attribute: unknown = null,
): Generator<unknown, void> {
  const key = attributePath(runtime, attribute, {
    ignoresCase: !isTrue(caseSensitive),
  });
  const seen = new Set<unknown>();
  for (const item of iterate(runtime, value)) {
    const hashed = hash(key(item));
    if (seen.has(hashed)) continue;
    seen.add(hashed);
    yield item;
  }
}

function first(runtime: Runtime, value: unknown): unknown {
  const found = (iterator(value) ??
    refuse(value, `'${typeName(value)}' object is not iterable`)).next();
  return found.done
    ? makeUndefined(runtime, "No first item, sequence was empty.")
    : found.value;
}

function last(runtime: Runtime, value: unknown): unknown {
  const list = reversible(runtime, value) ??
    refuse(value, `'${typeName(value)}' object is not reversible`);
  return list.length === 0
    ? makeUndefined(runtime, "No last item, sequence was empty.")
    : list.at(-1);
}

/** The items of what Python's `reversed()` takes. */
function reversible(runtime: Runtime, value: unknown): unknown[] | undefined {
  if (value instanceof Lazy) return undefined;
  if (value instanceof Range) {
    return value.length === 0 ? [] : [value.item(value.length - 1)];
  }
  const text = asText(value);
  if (text !== undefined) return characters(text);
  return iterator(value) === undefined ? undefined : toList(runtime, value);
}

function reverse(runtime: Runtime, value: unknown): unknown {
  const text = asText(value);
  if (text !== undefined) {
    const reversed = characters(text).reverse().join("");
    return htmlIf(value instanceof Markup, reversed);
  }
  if (iterator(value) === undefined) {
    refuse(value, "reverse() takes a sequence");
  }
  if (value instanceof Range) {
    const { start, step, length } = value;
    const end = start + (length - 1) * step;
    return new Lazy(new Range(end, start - step, -step).iterate());
  }
  const list = toList(runtime, value).reverse();
  // Python reverses what has no reversed() by making a list of it.
  return value instanceof Lazy ? list : new Lazy(list.values());
}

function random(runtime: Runtime, value: unknown): unknown {
  const length = requireLength(value);
  if (length === 0) {
    return makeUndefined(runtime, "No random item, sequence was empty.");
  }
  const index = Math.floor(Math.random() * length);
  if (value instanceof Range) return value.item(index);
  const text = asText(value);
  if (text !== undefined) return characters(text)[index];
  if (Array.isArray(value)) return value[index];
  if (value instanceof Tuple) return value.items[index];
  return refuse(value, `'${typeName(value)}' cannot be picked from`);
}

function extreme(sign: number): Native {
  return {
    parameters: "value case_sensitive? attribute?",
    run(runtime, value: unknown, caseSensitive: unknown, attribute: unknown) {
      const key = attributePath(runtime, attribute, {
        ignoresCase: !isTrue(caseSensitive),
      });
      let best: { item: unknown; key: unknown } | undefined;
      for (const item of iterate(runtime, value)) {
        const candidate = { item, key: key(item) };
        if (
          best === undefined ||
          order(candidate.key, best.key) * sign > 0
        ) {
          best = candidate;
        }
      }
      return best === undefined
        ? makeUndefined(runtime, "No aggregated item, sequence was empty.")
        : best.item;
    },
  };
}

function dictSort(
  runtime: Runtime,
  value: unknown,
  caseSensitive: unknown,
  by: unknown = "key",
  isReverse: unknown = false,
): unknown[] {
  const mapping = asMapping(value) ??
    refuse(value, `'${typeName(value)}' is no dict`);
  const wanted = toText(by);
  if (!LOWEST.has(wanted)) fail("dictsort() sorts by 'key' or by 'value'");
  const position = wanted === "key" ? 0 : 1;
  const sorted = sortBy(
    runtime,
    entriesOf(mapping),
    (entry) => {
      const key = (entry as unknown[])[position];
      return isTrue(caseSensitive) ? key : withoutCase(key);
    },
    isReverse,
  );
  return sorted.map((entry) => new Tuple(entry as unknown[]));
}

function groupBy(
  runtime: Runtime,
  value: unknown,
  attribute: unknown,
  fallback: unknown,
  caseSensitive: unknown,
): unknown[] {
  const key = attributePath(runtime, attribute, {
    fallback,
    ignoresCase: !isTrue(caseSensitive),
  });
  const name = attributePath(runtime, attribute, { fallback });
  const groups: { key: unknown; items: unknown[] }[] = [];
  for (const item of sortBy(runtime, toList(runtime, value), key, false)) {
    const itemKey = key(item);
    const group = groups.at(-1);
    if (group !== undefined && isEqual(group.key, itemKey)) {
      group.items.push(item);
    } else {
      groups.push({ key: itemKey, items: [item] });
    }
  }
  return groups.map(({ items }) => new Group([name(items[0]), items]));
}

function sum(
  runtime: Runtime,
  value: unknown,
  attribute: unknown = null,
  start: unknown = 0,
): unknown {
  if (asText(start) !== undefined) {
    fail("sum() does not join strings", "Use join");
  }
  const follow = attributePath(runtime, attribute);
  let total = start;
  for (const item of iterate(runtime, value)) {
    total = add(runtime, total, follow(item));
  }
  return total;
}

/** Puts the items of a sequence together as text. */
function join(
  runtime: Runtime,
  value: unknown,
  separator: unknown = "",
  attribute: unknown = null,
): string | Markup {
  const follow = attributePath(runtime, attribute);
  const items = Array.from(iterate(runtime, value), follow);
  const isHtml = runtime.escapes &&
    [separator, ...items].some((item) => item instanceof Markup);
  const print = isHtml ? escapeHtml : toText;
  const between = print(separator);
  const texts: string[] = [];
  let length = 0;
  for (const item of items) {
    const text = print(item);
    length += text.length + between.length;
    runtime.budget.allocateString(length);
    texts.push(text);
  }
  return htmlIf(isHtml, texts.join(between));
}

const LENGTH: Native = {
  parameters: "value",
  run: (_runtime, value: unknown) => requireLength(value),
};

/** Filters of sequences and mappings. To add one, add an entry. */
export const SEQUENCE_FILTERS: NativeTable = nativeTable({
  attr: {
    parameters: "obj name",
    run(runtime, target: unknown, name: unknown) {
      const found = attributeOf(runtime, target, toText(name));
      return found === undefined ? missing(runtime, target, name) : found;
    },
  },
  batch: lazy(batch, "value linecount fill_with?"),
  count: LENGTH,
  dictsort: {
    parameters: "value case_sensitive? by? reverse?",
    run: dictSort,
  },
  first: { parameters: "seq", run: first },
  groupby: {
    parameters: "value attribute default? case_sensitive?",
    run: groupBy,
  },
  items: lazy(items, "value"),
  join: { parameters: "value d? attribute?", run: join },
  last: { parameters: "seq", run: last },
  length: LENGTH,
  list: {
    parameters: "value",
    run: (runtime, value: unknown) => runtime.own(toList(runtime, value)),
  },
  max: extreme(1),
  min: extreme(-1),
  random: { parameters: "seq", run: random },
  reverse: { parameters: "value", run: reverse },
  slice: lazy(slices, "value slices fill_with?"),
  sort: {
    parameters: "value reverse? case_sensitive? attribute?",
    run: (
      runtime,
      value: unknown,
      isReverse: unknown = false,
      caseSensitive: unknown = false,
      attribute: unknown = null,
    ) =>
      runtime.own(
        sortBy(
          runtime,
          toList(runtime, value),
          attributePaths(runtime, attribute, {
            ignoresCase: !isTrue(caseSensitive),
          }),
          isReverse,
        ),
      ),
  },
  sum: { parameters: "iterable attribute? start?", run: sum },
  unique: lazy(unique, "value case_sensitive? attribute?"),
});
