import { fail } from "../error.ts";
import { formatValue } from "../format/format_value.ts";
import { showCharacter } from "../format/spec.ts";
import { attributeOf, itemOf } from "../operators/access.ts";
import { native, nativeTable } from "../runtime/call.ts";
import {
  type NativeTable,
  type Runtime,
  Undefined,
} from "../runtime/runtime.ts";
import { escapeText, join } from "../strings/text.ts";
import { asMapping, getItem } from "../values/dict.ts";
import { Range, Tuple } from "../values/objects.ts";
import { toAscii, toRepr, toText } from "../values/print.ts";
import {
  asText,
  Markup,
  refuse,
  requireText,
  typeName,
} from "../values/scalars.ts";
import { type Field, parseFields } from "./format_fields.ts";

/** The values that a format string fills in. */
interface FormatValues {
  /** The positional values; `undefined` if there can be none. */
  readonly positional: readonly unknown[] | undefined;
  /** Returns a named value; `undefined` if there is none. */
  readonly named: (name: string) => unknown;
  /**
   * Whether values are escaped for HTML.
   *
   * @default {false}
   */
  readonly escapes?: boolean;
}

/** How deep fields may stand in the specifications of others. */
const MAX_NESTING = 2;

/**
 * Fills in a format string, as Python's `str.format()` does.
 *
 * @throws {TemplateFailure} If the string is malformed or a value is missing.
 */
export function formatText(
  runtime: Runtime,
  format: string,
  values: FormatValues,
): string {
  return new Formatter(runtime, values).format(format, MAX_NESTING);
}

class Formatter {
  readonly #runtime: Runtime;
  readonly #values: FormatValues;
  #next = 0;
  #numbering: "automatic" | "manual" | undefined;

  constructor(runtime: Runtime, values: FormatValues) {
    this.#runtime = runtime;
    this.#values = values;
  }

  format(text: string, depth: number): string {
    if (depth === 0) fail("Max string recursion exceeded");
    const { budget } = this.#runtime;
    const parts: string[] = [];
    for (const part of parseFields(text)) {
      budget.allocateList(1);
      parts.push(typeof part === "string" ? part : this.#field(part, depth));
    }
    return join(budget, parts, "");
  }

  #field(field: Field, depth: number): string {
    const value = this.#convert(this.#lookUp(field), field.conversion);
    const spec = field.spec.includes("{")
      ? this.format(field.spec, depth - 1)
      : field.spec;
    if (this.#values.escapes !== true) {
      return formatValue(this.#runtime.budget, value, spec);
    }
    if (value instanceof Markup) {
      if (spec !== "") fail("Unsupported format specification for Markup.");
      return value.text;
    }
    const text = formatValue(this.#runtime.budget, value, spec);
    return escapeText(this.#runtime.budget, text);
  }

  #convert(value: unknown, conversion: string | undefined): unknown {
    const { budget } = this.#runtime;
    switch (conversion) {
      case undefined:
        return value;
      case "s":
        return toText(budget, value);
      case "r":
        return toRepr(budget, value);
      case "a":
        return toAscii(budget, value);
      default:
        fail(`Unknown conversion specifier ${showCharacter(conversion)}`);
    }
  }

  #lookUp({ first, steps }: Field): unknown {
    let value = this.#first(first);
    for (const { isAttribute, key } of steps) {
      value = isAttribute
        ? this.#attribute(value, String(key))
        : this.#item(value, key);
    }
    return value;
  }

  #first(first: string | number): unknown {
    if (typeof first === "string" && first !== "") {
      const value = this.#values.named(first);
      return value === undefined
        ? fail(`KeyError: ${toRepr(this.#runtime.budget, first)}`)
        : value;
    }
    const index = this.#number(first);
    const { positional } = this.#values;
    if (positional === undefined) {
      fail("Format string contains positional fields");
    }
    if (index >= positional.length) {
      fail(
        `Replacement index ${index} out of range for positional args tuple`,
      );
    }
    return positional[index];
  }

  /** Returns the index of a field, and counts those that have none. */
  #number(first: string | number): number {
    const numbering = first === "" ? "automatic" : "manual";
    this.#numbering ??= numbering;
    if (this.#numbering !== numbering) {
      const [manual, automatic] = [
        "manual field specification",
        "automatic field numbering",
      ];
      fail(
        numbering === "manual"
          ? `cannot switch from ${automatic} to ${manual}`
          : `cannot switch from ${manual} to ${automatic}`,
      );
    }
    return first === "" ? this.#next++ : Number(first);
  }

  #attribute(value: unknown, name: string): unknown {
    if (value instanceof Undefined) value.fail();
    const found = attributeOf(this.#runtime, value, name);
    return found === undefined
      ? fail(`'${typeName(value)}' object has no attribute '${name}'`)
      : found;
  }

  #item(value: unknown, key: string | number): unknown {
    const { budget } = this.#runtime;
    const found = itemOf(budget, value, key);
    if (found !== undefined) return found;
    if (asMapping(value) !== undefined) {
      fail(`KeyError: ${toRepr(budget, key)}`);
    }
    fail(missingItem(value, key));
  }
}

/** Returns what Python says if a sequence has no such item. */
function missingItem(value: unknown, key: string | number): string {
  const isText = asText(value) !== undefined;
  const name = isText ? "string" : typeName(value);
  const isSequence = isText || Array.isArray(value) || value instanceof Tuple ||
    value instanceof Range;
  if (!isSequence) return `'${name}' object is not subscriptable`;
  if (typeof key === "number") {
    return value instanceof Range
      ? "range object index out of range"
      : `${name} index out of range`;
  }
  return isText
    ? "string indices must be integers, not 'str'"
    : `${name} indices must be integers or slices, not str`;
}

/** The methods of strings that fill in format strings. */
export const STRING_FORMAT_METHODS: NativeTable = nativeTable({
  format: native(
    "self / *args **kwargs",
    (runtime, self, positional, keywords) =>
      formatText(runtime, requireText(self), {
        positional,
        named: (name) => keywords.get(name),
      }),
  ),

  format_map: native(
    "self mapping /",
    (runtime, self, mapping) =>
      formatText(runtime, requireText(self), {
        positional: undefined,
        named(name) {
          const entries = asMapping(mapping) ??
            refuse(mapping, missingItem(mapping, name));
          return getItem(runtime.budget, entries, name);
        },
      }),
  ),
});
