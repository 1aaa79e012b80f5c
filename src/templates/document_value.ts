import {
  Float,
  type Mapping,
  setKey,
  Timestamp,
  type Value,
} from "../values.ts";
import { pythonFloat } from "../formats/python_text.ts";
import { Budget } from "./budget.ts";
import { asMapping, entriesOf } from "./dict.ts";
import { fail } from "./failure.ts";
import { asText, refuse, Tuple } from "./objects.ts";
import { asInteger, asNumber } from "./numbers.ts";
import { typeName } from "./type_name.ts";

const MAX_DEPTH = 500;

/** Makes of a template's value what JSON can write, or fails as Python's `json.dumps` does. */
export function toJsonValue(
  value: unknown,
  depth = 0,
  budget = new Budget(),
): Value {
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
    return items.map((item) => toJsonValue(item, depth + 1, budget));
  }
  const mapping = asMapping(value);
  if (mapping === undefined || value instanceof Timestamp) {
    return refuse(value, `a value of type '${typeName(value)}' is not JSON`);
  }
  const result: Mapping = {};
  for (const [key, item] of entriesOf(mapping)) {
    setKey(result, jsonKey(key), toJsonValue(item, depth + 1, budget));
  }
  return result;
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

/** Fails where Python cannot sort a dict's keys, on any level. */
export function checkSortableKeys(
  value: unknown,
  budget = new Budget(),
): void {
  budget.spend();
  const items = value instanceof Tuple ? value.items : value;
  if (Array.isArray(items)) {
    return items.forEach((item) => checkSortableKeys(item, budget));
  }
  const mapping = asMapping(value);
  if (mapping === undefined) return;
  const kinds = new Set<string>();
  for (const [key, item] of entriesOf(mapping)) {
    checkSortableKeys(item, budget);
    const kind = asNumber(key) === undefined ? "text" : "number";
    kinds.add(key === null ? "None" : kind);
  }
  if (kinds.size > 1) {
    fail("a dict's keys are of several kinds, so they have no order");
  }
}
