import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/native.ts";
import type { Native, NativeTable, Runtime } from "../runtime/runtime.ts";
import { stripTags, unescapeHtml } from "../strings/html.ts";
import { join } from "../strings/join.ts";
import { requireText } from "../values/arguments.ts";
import { iterate } from "../values/iterate.ts";
import { asText, Markup } from "../values/markup.ts";
import { escapeHtml } from "../values/print.ts";
import { Tuple } from "../values/tuple.ts";
import { STRING_METHODS } from "./string.ts";
import { formatText } from "./string_format.ts";
import { stringMethod } from "./string_method.ts";

/** The methods of strings that return markup here, and escape the strings that they take. */
const ESCAPING = [
  "capitalize",
  "center",
  "expandtabs",
  "ljust",
  "lower",
  "lstrip",
  "replace",
  "rjust",
  "rstrip",
  "strip",
  "swapcase",
  "title",
  "translate",
  "upper",
  "zfill",
];

/** Those that escape every value, and so take any. */
const PARTITIONING = ["partition", "rpartition"];

/** The methods of strings that return markup, but take strings as they are. */
const SPLITTING = ["rsplit", "split", "splitlines"];

function wrap(
  name: string,
  prepare: (budget: Budget, value: unknown) => unknown,
): [name: string, native: Native] {
  const { parameters, run } = STRING_METHODS.get(name)!;
  return [name, {
    parameters,
    run: (runtime, self, ...values) =>
      toMarkup(
        runtime,
        run(
          runtime,
          self,
          ...values.map((value) => prepare(runtime.budget, value)),
        ),
      ),
  }];
}

function escapeStrings(budget: Budget, value: unknown): unknown {
  return asText(value) === undefined ? value : escapeHtml(budget, value);
}

/** Converts a string, or each string of a list or tuple, to markup. */
function toMarkup(runtime: Runtime, result: unknown): unknown {
  if (typeof result === "string") return new Markup(result);
  if (result instanceof Tuple) {
    return new Tuple(result.items.map((item) => toMarkup(runtime, item)));
  }
  return Array.isArray(result)
    ? runtime.own(result.map((item) => toMarkup(runtime, item)))
    : result;
}

let table: NativeTable | undefined;

/** Returns the methods of markup. Few templates need them. */
export function markupMethods(): NativeTable {
  return table ??= new Map([
    ...STRING_METHODS,
    ...ESCAPING.map((name) => wrap(name, escapeStrings)),
    ...PARTITIONING.map((name) => wrap(name, escapeHtml)),
    ...SPLITTING.map((name) => wrap(name, (_budget, value) => value)),
    ...MARKUP_METHODS,
  ]);
}

/** The methods that markup has in a form of its own. */
const MARKUP_METHODS: NativeTable = nativeTable({
  escape: native(
    "self s /",
    ({ budget }, _self, value) => new Markup(escapeHtml(budget, value)),
  ),

  format: native(
    "self / *args **kwargs",
    (runtime, self, positional, keywords) =>
      new Markup(
        formatText(runtime, requireText(self), {
          positional,
          named: (name) => keywords.get(name),
          escapes: true,
        }),
      ),
  ),

  join: native("self iterable /", ({ budget }, self, items) => {
    const texts = Array.from(
      iterate(budget, items),
      (item) => escapeHtml(budget, item),
    );
    return new Markup(join(budget, texts, requireText(self)));
  }),

  striptags: stringMethod(stripTags),

  unescape: stringMethod(unescapeHtml),
});
