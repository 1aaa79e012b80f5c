import { type JsonInput, OrderedMapping } from "../formats/json_writer.ts";
import { Float, Timestamp } from "../values.ts";
import { pythonFloat } from "../formats/python_text.ts";
import { Budget } from "./budget.ts";
import { order } from "./compare.ts";
import { asMapping, entriesOf } from "./dict.ts";
import { fail } from "./failure.ts";
import { asText, refuse, Tuple } from "./objects.ts";
import { asInteger, asNumber } from "./numbers.ts";
import { typeName } from "./type_name.ts";

const MAX_DEPTH = 500;

/** How {@linkcode toJsonValue} goes about it. */
export interface JsonValueOptions {
  /** Whether mappings are sorted by key, which fails if keys are of several kinds. */
  readonly sortKeys?: boolean;
}

/** Makes of a template's value what JSON can write, or fails as Python's `json.dumps` does. */
export function toJsonValue(
  value: unknown,
  { sortKeys = false }: JsonValueOptions = {},
): JsonInput {
  return convert(value, sortKeys, 0, new Budget());
}

function convert(
  value: unknown,
  sortKeys: boolean,
  depth: number,
  budget: Budget,
): JsonInput {
  budget.spend();
  if (depth > MAX_DEPTH) fail("a value is nested too deeply for JSON");
  switch (typeof value) {
    case "boolean":
    case "bigint":
    case "number":
    case "string":
      return value;
  }
  if (value === null || value instanceof Float) return value;
  const text = asText(value);
  if (text !== undefined) return text;
  if (Array.isArray(value) || value instanceof Tuple) {
    const items = value instanceof Tuple ? value.items : value as unknown[];
    return items.map((item) => convert(item, sortKeys, depth + 1, budget));
  }
  const mapping = asMapping(value);
  if (mapping === undefined || value instanceof Timestamp) {
    return refuse(value, `a value of type '${typeName(value)}' is not JSON`);
  }
  const entries = entriesOf(mapping);
  if (sortKeys) entries.sort(([left], [right]) => order(left, right));
  return new OrderedMapping(
    entries.map(([key, item]): [string, JsonInput] => [
      jsonKey(key),
      convert(item, sortKeys, depth + 1, budget),
    ]),
  );
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
  return fail(`a key of type '${typeName(key)}' is not JSON`);
}
