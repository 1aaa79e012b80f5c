import { attributeOf, getSubscript, missing } from "../operators/attributes.ts";
import { asMapping, getItem } from "../values/dict.ts";
import { fail } from "../error.ts";
import { formatValue } from "../format/spec.ts";
import { Markup } from "../values/markup.ts";
import type { Keywords } from "../runtime/object.ts";
import { refuse } from "../values/type_name.ts";
import { Undefined } from "../runtime/undefined.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { toAscii, toRepr, toText } from "../values/print.ts";
import { escapeText } from "../strings/escape.ts";
/** Where a format string's fields take their values from. */
interface FieldValues {
  /** Positional values. */
  readonly positional: readonly unknown[];
  /** Named values: keyword arguments, or the mapping of `format_map`. */
  readonly named: Keywords | unknown;
  /** Whether what is filled in is escaped for HTML. */
  readonly escapes?: boolean;
}

const MAX_NESTING = 2;

/** Formats as Python's `text.format(*positional, **named)` does. */
export function formatText(
  runtime: Runtime,
  format: string,
  values: FieldValues,
): string {
  return new Formatter(runtime, values).format(format, MAX_NESTING);
}

class Formatter {
  readonly #runtime: Runtime;
  readonly #values: FieldValues;
  #next = 0;
  #numbering: "automatic" | "manual" | undefined;

  constructor(runtime: Runtime, values: FieldValues) {
    this.#runtime = runtime;
    this.#values = values;
  }

  format(text: string, depth: number): string {
    if (depth === 0) fail("a format string is nested too deeply");
    let result = "";
    let at = 0;
    while (at < text.length) {
      const brace = text.slice(at).search(/[{}]/);
      if (brace === -1) return result + text.slice(at);
      result += text.slice(at, at + brace);
      at += brace;
      if (text[at] === text[at + 1]) {
        result += text[at];
        at += 2;
      } else if (text[at] === "}") {
        fail("a format string has a '}' without a '{'");
      } else {
        const end = fieldEnd(text, at);
        result += this.#field(text.slice(at + 1, end), depth);
        at = end + 1;
      }
    }
    return result;
  }

  #field(field: string, depth: number): string {
    const match = /^((?:[^[\]!:]|\[[^\]]*\])*)(?:!([^:]*))?(?::([^]*))?$/.exec(
      field,
    );
    if (match === null) fail(`'{${field}}' is no field of a format string`);
    const [, path, conversion, spec] = match;
    const value = this.#convert(this.#lookUp(path!), conversion);
    const text = formatValue(
      this.#runtime,
      value,
      spec === undefined ? "" : this.format(spec, depth - 1),
    );
    if (this.#values.escapes !== true) return text;
    if (!(value instanceof Markup)) return escapeText(text);
    return spec ? fail("HTML takes no format specification") : text;
  }

  #convert(value: unknown, conversion: string | undefined): unknown {
    switch (conversion) {
      case undefined:
        return value;
      case "s":
        return toText(this.#runtime.budget, value);
      case "r":
        return toRepr(this.#runtime.budget, value);
      case "a":
        return toAscii(this.#runtime.budget, value);
      default:
        fail(`'!${conversion}' is no conversion of a format string`);
    }
  }

  #lookUp(path: string): unknown {
    const parts = /^([^.[]*)((?:\.[^.[]+|\[[^\]]+\])*)$/.exec(path);
    if (parts === null) fail(`'{${path}}' is no field of a format string`);
    let value = this.#first(parts[1]!);
    for (const step of parts[2]!.match(/\.[^.[]+|\[[^\]]+\]/g) ?? []) {
      value = this.#step(value, step);
    }
    return value;
  }

  #step(value: unknown, step: string): unknown {
    if (step.startsWith(".")) {
      const name = step.slice(1);
      return attributeOf(this.#runtime, value, name) ??
        missing(this.#runtime, value, name).fail();
    }
    const text = step.slice(1, -1);
    const key = /^\d+$/.test(text) ? Number(text) : text;
    const found = getSubscript(this.#runtime, value, key);
    if (found instanceof Undefined) found.fail();
    return found;
  }

  #first(name: string): unknown {
    if (name !== "" && !/^\d+$/.test(name)) return this.#named(name);
    const numbering = name === "" ? "automatic" : "manual";
    this.#numbering ??= numbering;
    if (this.#numbering !== numbering) {
      fail("a format string mixes {} with {0}");
    }
    const index = name === "" ? this.#next++ : Number(name);
    const { positional } = this.#values;
    if (index >= positional.length) fail("a format string wants more values");
    return positional[index];
  }

  #named(name: string): unknown {
    const { named } = this.#values;
    const value = named instanceof Map ? named.get(name) : getItem(
      this.#runtime.budget,
      asMapping(named) ?? refuse(named, "it takes a mapping"),
      name,
    );
    return value === undefined
      ? fail(`a format string wants '${name}'`)
      : value;
  }
}

/** Finds the brace that closes a field, which may have fields in its specification. */
function fieldEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  fail("a format string has a '{' without a '}'");
}
