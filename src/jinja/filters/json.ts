import { type JsonInput, OrderedMapping } from "../../formats/json_writer.ts";
import { pythonFloat } from "../../formats/python_text.ts";
import { Float, Timestamp } from "../../values.ts";
import { fail } from "../error.ts";
import type { Budget } from "../runtime/budget.ts";
import { asMapping, entriesOf } from "../values/dict.ts";
import { asText } from "../values/markup.ts";
import { asInteger, asNumber } from "../values/numbers.ts";
import { order } from "../values/order.ts";
import { Tuple } from "../values/tuple.ts";
import { refuse, typeName } from "../values/type_name.ts";

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
