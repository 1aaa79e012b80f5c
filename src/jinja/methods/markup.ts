import type { Runtime } from "../runtime/runtime.ts";
import { stripTags, unescapeHtml } from "../strings/html.ts";
import { toList } from "../values/iterate.ts";
import { nativeTable } from "../runtime/native.ts";
import type { Native, NativeTable } from "../runtime/runtime.ts";
import { asText, Markup } from "../values/markup.ts";
import type { Keywords } from "../runtime/object.ts";
import { Tuple } from "../values/tuple.ts";
import { formatText } from "./string_format.ts";
import { STRING_METHODS } from "./string.ts";
import { escapeHtml } from "../values/print.ts";
/** The methods whose text arguments are escaped, so that HTML comes out. */
const KEEPING = [
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

function escaped(runtime: Runtime, value: unknown): unknown {
  return asText(value) === undefined
    ? value
    : escapeHtml(runtime.budget, value);
}

function toMarkup(value: unknown): Markup {
  return new Markup(asText(value)!);
}

function keeping(name: string): [string, Native] {
  const { parameters, run } = STRING_METHODS.get(name)!;
  return [name, {
    parameters,
    run: (runtime, self: unknown, ...values: unknown[]) =>
      toMarkup(
        run(runtime, self, ...values.map((value) => escaped(runtime, value))),
      ),
  }];
}

function splitting(name: string): [string, Native] {
  const { parameters, run } = STRING_METHODS.get(name)!;
  return [name, {
    parameters,
    run: (...values) => (run(...values) as unknown[]).map(toMarkup),
  }];
}

function partitioning(name: string): [string, Native] {
  const { parameters, run } = STRING_METHODS.get(name)!;
  return [name, {
    parameters,
    run: (runtime, self: unknown, separator: unknown) =>
      new Tuple(
        (run(runtime, self, escapeHtml(runtime.budget, separator)) as Tuple)
          .items.map(
            toMarkup,
          ),
      ),
  }];
}

/** A method that takes nothing. */
function simple(run: (text: string) => unknown): Native {
  return {
    parameters: "self /",
    run: (_runtime, self: unknown) => run(asText(self)!),
  };
}

let markupTable: NativeTable | undefined;

/** The methods of text that is HTML: those of strings, and some of its own. Few templates need them. */
export function markupMethods(): NativeTable {
  return markupTable ??= makeMarkupMethods();
}

function makeMarkupMethods(): NativeTable {
  return new Map([
    ...STRING_METHODS,
    ...KEEPING.map(keeping),
    ...["rsplit", "split", "splitlines"].map(splitting),
    ...["partition", "rpartition"].map(partitioning),
    ...nativeTable({
      escape: {
        parameters: "self s /",
        run: (runtime, _self: unknown, value: unknown) =>
          new Markup(escapeHtml(runtime.budget, value)),
      },
      format: {
        parameters: "self / *args **kwargs",
        run: (runtime, self: unknown, positional: unknown[], named: Keywords) =>
          new Markup(
            formatText(runtime, asText(self)!, {
              positional,
              named,
              escapes: true,
            }),
          ),
      },
      join: {
        parameters: "self iterable /",
        run: (runtime, self: unknown, items: unknown) =>
          new Markup(
            toList(runtime.budget, items).map((item) =>
              escapeHtml(runtime.budget, item)
            ).join(asText(self)!),
          ),
      },
      striptags: simple(stripTags),
      unescape: simple(unescapeHtml),
    }),
  ]);
}
