import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import type { Native, NativeTable, Runtime } from "../runtime/runtime.ts";
import {
  capitalize,
  foldCase,
  isAlpha,
  isAlphanumeric,
  isAscii,
  isDecimal,
  isDigit,
  isLower,
  isNumeric,
  isPrintable,
  isTitle,
  isUpper,
  lower,
  swapCase,
  title,
  upper,
} from "../strings/case.ts";
import { stripTags, unescapeHtml } from "../strings/html.ts";
import { replace } from "../strings/search.ts";
import {
  type Ends,
  isAllSpace,
  isIdentifier,
  join,
  strip,
} from "../strings/text.ts";
import { iterate } from "../values/items.ts";
import { Tuple } from "../values/objects.ts";
import { escapeHtml } from "../values/print.ts";
import {
  asText,
  Markup,
  refuse,
  requireInteger,
  requireText,
} from "../values/scalars.ts";
import { formatText, STRING_FORMAT_METHODS } from "./string_format.ts";
import {
  STRING_LAYOUT_METHODS,
  STRING_SEARCH_METHODS,
} from "./string_search.ts";
import {
  STRING_SPLIT_METHODS,
  STRING_TRANSLATE_METHODS,
} from "./string_split.ts";

/** Declares a method of strings that takes no arguments. */
function stringMethod(
  run: (budget: Budget, text: string) => unknown,
): Native {
  return native("self /", ({ budget }, self) => {
    const text = requireText(self);
    budget.scan(text.length);
    return run(budget, text);
  });
}

function test(isOfClass: (text: string) => boolean): Native {
  return stringMethod((_budget, text) => isOfClass(text));
}

/** The methods of strings that test their characters. */
const STRING_CLASS_METHODS: NativeTable = nativeTable({
  isalnum: test(isAlphanumeric),
  isalpha: test(isAlpha),
  isascii: test(isAscii),
  isdecimal: test(isDecimal),
  isdigit: test(isDigit),
  isidentifier: test(isIdentifier),
  islower: test(isLower),
  isnumeric: test(isNumeric),
  isprintable: test(isPrintable),
  isspace: test(isAllSpace),
  istitle: test(isTitle),
  isupper: test(isUpper),
});

function stripper(name: string, ends: Ends): Native {
  return native("self chars? /", ({ budget }, self, chars = null) => {
    const stripped = chars === null ? undefined : asText(chars) ??
      refuse(chars, `${name} arg must be None or str`);
    return strip(budget, requireText(self), stripped, ends);
  });
}

/** Python's methods of strings. To add one, add an entry to the table of its theme. */
export const STRING_METHODS: NativeTable = new Map([
  ...STRING_CLASS_METHODS,
  ...STRING_FORMAT_METHODS,
  ...STRING_LAYOUT_METHODS,
  ...STRING_SEARCH_METHODS,
  ...STRING_SPLIT_METHODS,
  ...STRING_TRANSLATE_METHODS,
  ...nativeTable({
    capitalize: stringMethod(capitalize),
    casefold: stringMethod(foldCase),
    lower: stringMethod(lower),
    lstrip: stripper("lstrip", "start"),

    replace: native(
      "self old new count? /",
      ({ budget }, self, old, replacement, count = -1) =>
        replace(
          budget,
          requireText(self),
          requireText(old, "replace() argument 1 must be str, not"),
          requireText(replacement, "replace() argument 2 must be str, not"),
          requireInteger(count),
        ),
    ),

    rstrip: stripper("rstrip", "end"),
    strip: stripper("strip", "both"),
    swapcase: stringMethod(swapCase),
    title: stringMethod(title),
    upper: stringMethod(upper),
  }),
]);

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
