import { fail } from "../error.ts";
import { attributePath } from "../operators/attribute_path.ts";
import { callNative } from "../runtime/call.ts";
import { nativeTable } from "../runtime/native.ts";
import type { Keywords } from "../runtime/object.ts";
import type { Native, NativeTable, Runtime } from "../runtime/runtime.ts";
import { iterate } from "../values/iterate.ts";
import { nativeGenerator } from "../values/lazy.ts";
import { toRepr, toText } from "../values/print.ts";
import { isTrue } from "../values/truth.ts";

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
  const filter = runtime.filters.get(name) ??
    fail(`No filter named ${toRepr(runtime.budget, name)}.`);
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
  const test = runtime.tests.get(name) ??
    fail(`No test named ${toRepr(runtime.budget, name)}.`);
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

/** Filters that take a filter, a test or an attribute. To add one, add an entry. */
export const SELECTION_FILTERS: NativeTable = nativeTable({
  /** Applies a filter to each item, or looks up an attribute of it. */
  map: nativeGenerator(
    "value *args **kwargs",
    function* (runtime, value, args, keywords) {
      if (!isTrue(value)) return;
      const convert = mapper(runtime, args, keywords);
      for (const item of iterate(runtime.budget, value)) yield convert(item);
    },
  ),

  /** Drops the items that pass a test, by default the true ones. */
  reject: itemSelection(false),

  /** Drops the items of which an attribute passes a test. */
  rejectattr: attributeSelection(false),

  /** Keeps the items that pass a test, by default the true ones. */
  select: itemSelection(true),

  /** Keeps the items of which an attribute passes a test. */
  selectattr: attributeSelection(true),
});
