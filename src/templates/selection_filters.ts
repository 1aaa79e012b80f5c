import { attributePath } from "./attribute_path.ts";
import { isTrue } from "./compare.ts";
import { fail } from "./failure.ts";
import { iterate } from "./iterate.ts";
import { lazy } from "./lazy_filter.ts";
import {
  callNative,
  type Native,
  type NativeTable,
  nativeTable,
} from "./native.ts";
import type { Keywords } from "./objects.ts";
import type { Runtime } from "./runtime.ts";
import { toText } from "./text.ts";

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
