import {
  type JsonInput,
  OrderedMapping,
  pythonJson,
} from "../../formats/json_writer.ts";
import { pythonFloat } from "../../formats/python_text.ts";
import { Float, Timestamp } from "../../values.ts";
import { fail, LimitFailure, TemplateFailure } from "../error.ts";
import { attributeOf, missing } from "../operators/access.ts";
import { isTrue, order } from "../operators/compare.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/call.ts";
import { type NativeTable, Undefined } from "../runtime/runtime.ts";
import { splitLines } from "../strings/search.ts";
import { join, textLength } from "../strings/text.ts";
import { asMapping, Dict, entriesOf } from "../values/dict.ts";
import { Group, Tuple } from "../values/objects.ts";
import { toRepr } from "../values/print.ts";
import {
  asInteger,
  asNumber,
  asText,
  Markup,
  refuse,
  requireInteger,
  typeName,
} from "../values/scalars.ts";

const HTML_REGEXP = /[<>&']/g;
/** The longest form of a character of JSON in HTML: `\\u003c`. */
const ESCAPED_LENGTH = 6;
const MAX_DEPTH = 500;
const WIDTH = 80;

/** Where a value is printed. */
interface Place {
  /** The column that it starts in. */
  readonly indent: number;
  /** How many characters must fit on its last line after it. */
  readonly allowance: number;
  /** How deep it is nested; 1 at the top. */
  readonly level: number;
}

/** Prints a value, over several lines if it does not fit on one, as Python's `pprint` does. */
function prettyPrint(budget: Budget, value: unknown): string {
  return new PrettyPrinter(budget).print(sortKeys(value, budget), {
    indent: 0,
    allowance: 0,
    level: 1,
  });
}

/** Sorts the keys of dicts on every level. */
function sortKeys(value: unknown, budget: Budget): unknown {
  budget.step();
  if (Array.isArray(value)) return value.map((item) => sortKeys(item, budget));
  // A group has a repr() of its own, so pprint does not look into it.
  if (value instanceof Group) return value;
  if (value instanceof Tuple) {
    return new Tuple(value.items.map((item) => sortKeys(item, budget)));
  }
  const mapping = asMapping(value);
  if (mapping === undefined) return value;
  const entries = entriesOf(budget, mapping)
    .map(([key, item]): [unknown, unknown] => [key, sortKeys(item, budget)])
    .sort(([left], [right]) => orderKeys(budget, left, right));
  return Dict.of(budget, entries);
}

function orderKeys(budget: Budget, left: unknown, right: unknown): number {
  try {
    return order(budget, left, right);
  } catch (error) {
    if (error instanceof LimitFailure) throw error;
    if (!(error instanceof TemplateFailure)) throw error;
    return typeName(left) < typeName(right) ? -1 : 1;
  }
}

/** Prints values within the width of a line. */
class PrettyPrinter {
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  print(value: unknown, place: Place): string {
    const text = toRepr(this.#budget, value);
    const room = WIDTH - place.indent - place.allowance;
    if (textLength(this.#budget, text) <= room) return text;
    if (typeof value === "string" && value !== "") {
      return this.#printText(value, place);
    }
    if (Array.isArray(value)) return `[${this.#printItems(value, place, 1)}]`;
    if (value instanceof Tuple && !(value instanceof Group)) {
      const end = value.length === 1 ? ",)" : ")";
      return `(${this.#printItems(value.items, place, end.length)}${end}`;
    }
    return value instanceof Dict ? this.#printDict(value, place) : text;
  }

  #printDict(dict: Dict, { indent, allowance, level }: Place): string {
    const entries = entriesOf(this.#budget, dict);
    const lines = entries.map(([key, item], index) => {
      const name = toRepr(this.#budget, key);
      const isLast = index === entries.length - 1;
      return `${name}: ${
        this.print(item, {
          indent: indent + 1 + textLength(this.#budget, name) + 2,
          allowance: isLast ? allowance + 1 : 1,
          level: level + 1,
        })
      }`;
    });
    return `{${this.#joinLines(lines, ",", indent + 1)}}`;
  }

  #printItems(
    items: readonly unknown[],
    { indent, allowance, level }: Place,
    closing: number,
  ): string {
    const lines = items.map((item, index) =>
      this.print(item, {
        indent: indent + 1,
        allowance: index === items.length - 1 ? allowance + closing : 1,
        level: level + 1,
      })
    );
    return this.#joinLines(lines, ",", indent + 1);
  }

  #printText(text: string, place: Place): string {
    const isTop = place.level === 1;
    const indent = place.indent + (isTop ? 1 : 0);
    const allowance = place.allowance + (isTop ? 1 : 0);
    const width = WIDTH - indent;
    const chunks: string[] = [];
    const lines = splitLines(this.#budget, text, true);
    for (const [index, line] of lines.entries()) {
      const isLast = index === lines.length - 1;
      const whole = toRepr(this.#budget, line);
      if (textLength(this.#budget, whole) <= width - (isLast ? allowance : 0)) {
        chunks.push(whole);
      } else {
        chunks.push(...this.#breakLine(line, width, isLast ? allowance : 0));
      }
    }
    if (chunks.length === 1) return chunks[0]!;
    const joined = this.#joinLines(chunks, "", indent);
    return isTop ? `(${joined})` : joined;
  }

  #joinLines(lines: readonly string[], end: string, indent: number): string {
    this.#budget.allocateString(indent);
    return join(this.#budget, lines, `${end}\n${" ".repeat(indent)}`);
  }

  #breakLine(line: string, width: number, allowance: number): string[] {
    this.#budget.allocateList(line.length);
    const parts = line.match(/\S*\s*/g)!.filter((part) => part !== "");
    const chunks: string[] = [];
    let current = "";
    for (const [index, part] of parts.entries()) {
      const candidate = current + part;
      const room = index === parts.length - 1 ? width - allowance : width;
      if (textLength(this.#budget, toRepr(this.#budget, candidate)) > room) {
        if (current !== "") chunks.push(toRepr(this.#budget, current));
        current = part;
      } else {
        current = candidate;
      }
    }
    if (current !== "") chunks.push(toRepr(this.#budget, current));
    return chunks;
  }
}

/**
 * Converts a value as Python's `json.dumps` does; `sortKeys` sorts mappings.
 *
 * @throws {TemplateFailure} If JSON has nothing for the value, or for a part of it.
 */
export function toJson(
  budget: Budget,
  value: unknown,
  { sortKeys = false }: { readonly sortKeys?: boolean } = {},
): JsonInput {
  function convert(item: unknown, depth: number): JsonInput {
    budget.step();
    if (depth > MAX_DEPTH) fail("a value is nested too deeply for JSON");
    const text = asText(item);
    if (text !== undefined) {
      budget.allocateString(text.length);
      return text;
    }
    if (isScalar(item)) return item;
    const items = item instanceof Tuple ? item.items : item;
    if (Array.isArray(items)) {
      budget.allocateList(items.length);
      return items.map((part) => convert(part, depth + 1));
    }
    const mapping = asMapping(item);
    if (mapping === undefined || item instanceof Timestamp) {
      return refuse(
        item,
        `Object of type ${typeName(item)} is not JSON serializable`,
      );
    }
    const entries = entriesOf(budget, mapping);
    if (sortKeys) {
      entries.sort(([left], [right]) => order(budget, left, right));
    }
    return new OrderedMapping(
      entries.map(([key, part]): [string, JsonInput] => [
        jsonKey(key),
        convert(part, depth + 1),
      ]),
    );
  }
  return convert(value, 0);
}

/** Reports whether JSON and YAML take a value as it is. */
export function isScalar(
  value: unknown,
): value is null | boolean | bigint | number | string | Float {
  return value === null || value instanceof Float ||
    ["boolean", "bigint", "number", "string"].includes(typeof value);
}

function jsonKey(key: unknown): string {
  const text = asText(key);
  if (text !== undefined) return text;
  if (key === null || typeof key === "boolean") return String(key);
  const integer = asInteger(key);
  if (integer !== undefined) return String(integer);
  const number = asNumber(key);
  if (number !== undefined) return pythonFloat(Number(number));
  return fail(
    `keys must be str, int, float, bool or None, not ${typeName(key)}`,
  );
}

function escapeUnit(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}

/** Reads the `indent` of JSON filters: a number of spaces, a string, or none. */
export function jsonIndent(
  budget: Budget,
  indent: unknown,
): number | string | undefined {
  if (indent === null) return undefined;
  const text = asText(indent);
  if (text !== undefined) return text;
  const size = requireInteger(indent);
  budget.allocateString(Math.max(0, size));
  return size;
}

const DEFAULT = native(
  "value default_value? boolean?",
  (_runtime, value, fallback = "", boolean = false) => {
    const isMissing = value instanceof Undefined ||
      (isTrue(boolean) && !isTrue(value));
    return isMissing ? fallback : value;
  },
);

/** Filters of values of any type. To add one, add an entry. */
export const DATA_FILTERS: NativeTable = nativeTable({
  /** Looks up an attribute, never an item. */
  attr: native("obj name", (runtime, target, name) => {
    const attribute = asText(name) ??
      refuse(name, `attribute name must be string, not '${typeName(name)}'`);
    const found = attributeOf(runtime, target, attribute);
    return found === undefined ? missing(runtime, target, name) : found;
  }),

  /** Alias of `default`. */
  d: DEFAULT,

  /** Returns another value in place of an undefined one or, with `boolean`, of a false one. */
  default: DEFAULT,

  /** Prints a value over several lines, as Python's `pprint` does. */
  pprint: native("value", ({ budget }, value) => prettyPrint(budget, value)),

  /** Writes a value as JSON that is safe in HTML and in `<script>`. */
  tojson: native("value indent?", ({ budget }, value, indent = null) => {
    const text = pythonJson(toJson(budget, value, { sortKeys: true }), {
      indent: jsonIndent(budget, indent),
    });
    budget.allocateString(text.length * ESCAPED_LENGTH);
    return new Markup(text.replace(HTML_REGEXP, escapeUnit));
  }),
});
