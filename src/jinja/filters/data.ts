import { type JsonInput, OrderedMapping } from "../../formats/json_writer.ts";
import { pythonJson } from "../../formats/python_json.ts";
import { pythonFloat } from "../../formats/python_text.ts";
import { Float, Timestamp } from "../../values.ts";
import { fail } from "../error.ts";
import { attributeOf, missing } from "../operators/attributes.ts";
import type { Budget } from "../runtime/budget.ts";
import { native, nativeTable } from "../runtime/native.ts";
import type { NativeTable } from "../runtime/runtime.ts";
import { Undefined } from "../runtime/undefined.ts";
import { requireInteger } from "../values/arguments.ts";
import { asMapping, entriesOf } from "../values/dict.ts";
import { asText, Markup } from "../values/markup.ts";
import { asInteger, asNumber } from "../values/numbers.ts";
import { order } from "../operators/order.ts";
import { isTrue } from "../operators/truth.ts";
import { Tuple } from "../values/tuple.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { prettyPrint } from "./pretty_print.ts";

const HTML_REGEXP = /[<>&']/g;
/** The longest form of a character of JSON in HTML: `\\u003c`. */
const ESCAPED_LENGTH = 6;
const MAX_DEPTH = 500;

/** Options of {@linkcode toJson}. */
interface ToJsonOptions {
  /**
   * Whether mappings are sorted by key, which fails if their keys do not compare.
   *
   * @default {false}
   */
  readonly sortKeys?: boolean;
}

/**
 * Converts a value of a template to what can be written as JSON, as Python's
 * `json.dumps` does.
 *
 * @throws {TemplateFailure} If JSON has nothing for the value, or for a part of it.
 */
export function toJson(
  budget: Budget,
  value: unknown,
  { sortKeys = false }: ToJsonOptions = {},
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
  if (key === null) return "null";
  if (typeof key === "boolean") return String(key);
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
