import { integerValue } from "../../values.ts";
import { plus } from "../values/arithmetic.ts";
import { asMapping } from "../values/dict.ts";
import { DICT_METHODS } from "./dict.ts";
import { stripTags, unescapeHtml } from "../values/html_text.ts";
import { toList } from "../values/iterate.ts";
import { LIST_METHODS, TUPLE_METHODS } from "./list.ts";
import {
  BoundMethod,
  type Native,
  type NativeTable,
  nativeTable,
} from "../values/native.ts";
import { asInteger, asNumber, isFloat } from "../values/numbers.ts";
import {
  asText,
  type Keywords,
  Markup,
  Range,
  TemplateObject,
  Tuple,
} from "../values/objects.ts";
import { formatText } from "./string_format.ts";
import { STRING_METHODS } from "./string.ts";
import { escapeHtml } from "../values/text.ts";

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

function escaped(value: unknown): unknown {
  return asText(value) === undefined ? value : escapeHtml(value);
}

function toMarkup(value: unknown): Markup {
  return new Markup(asText(value)!);
}

function keeping(name: string): [string, Native] {
  const { parameters, run } = STRING_METHODS.get(name)!;
  return [name, {
    parameters,
    run: (runtime, self: unknown, ...values: unknown[]) =>
      toMarkup(run(runtime, self, ...values.map(escaped))),
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
        (run(runtime, self, escapeHtml(separator)) as Tuple).items.map(
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
function markupMethods(): NativeTable {
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
        run: (_runtime, _self: unknown, value: unknown) =>
          new Markup(escapeHtml(value)),
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
            toList(runtime, items).map(escapeHtml).join(asText(self)!),
          ),
      },
      striptags: simple(stripTags),
      unescape: simple(unescapeHtml),
    }),
  ]);
}

function property(run: (self: unknown) => unknown): Native {
  return {
    parameters: "property",
    run: (_runtime, self: unknown) => run(self),
  };
}

function method(run: (self: unknown) => unknown): Native {
  return { parameters: "self /", run: (_runtime, self: unknown) => run(self) };
}

function binary(self: unknown): string {
  const integer = BigInt(asInteger(self)!);
  return (integer < 0n ? -integer : integer).toString(2);
}

/** A float as a fraction in lowest terms. */
function ratio(self: unknown): Tuple {
  let numerator = Number(asNumber(self));
  let denominator = 1n;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return new Tuple([
    integerValue(BigInt(numerator)),
    integerValue(denominator),
  ]);
}

/** Python's members of integers and booleans. */
const INTEGER_METHODS: NativeTable = nativeTable({
  as_integer_ratio: method((self) => new Tuple([plus(self), 1])),
  bit_count: method((self) => binary(self).replaceAll("0", "").length),
  bit_length: method((self) => asInteger(self) ? binary(self).length : 0),
  conjugate: method(plus),
  denominator: property(() => 1),
  imag: property(() => 0),
  numerator: property(plus),
  real: property(plus),
});

/** Python's members of floats. */
const FLOAT_METHODS: NativeTable = nativeTable({
  as_integer_ratio: method(ratio),
  conjugate: method(plus),
  is_integer: method((self) => Number.isInteger(Number(asNumber(self)))),
  real: property(plus),
});

/** Finds a method of a value's kind; `undefined` if it has none of that name. */
export function findMethod(target: unknown, name: string): unknown {
  const native = methodsOf(target)?.get(name);
  if (native === undefined) return undefined;
  return native.parameters === "property"
    ? native.run(undefined as never, target)
    : new BoundMethod(name, native, target);
}

function methodsOf(target: unknown): NativeTable | undefined {
  if (target instanceof Markup) return markupMethods();
  if (asText(target) !== undefined) return STRING_METHODS;
  if (Array.isArray(target)) return LIST_METHODS;
  if (asMapping(target) !== undefined) return DICT_METHODS;
  if (target instanceof Tuple || target instanceof Range) return TUPLE_METHODS;
  if (target instanceof TemplateObject) return undefined;
  if (asInteger(target) !== undefined) return INTEGER_METHODS;
  return isFloat(target) ? FLOAT_METHODS : undefined;
}
