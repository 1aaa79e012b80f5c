import { CicdStateError } from "../../errors.ts";
import {
  type JsonInput,
  OrderedMapping,
  parseJson,
  pythonJson,
} from "../../formats/json.ts";
import { pythonFloat } from "../../formats/python_text.ts";
import {
  type PlainYaml,
  pyyamlDump,
  YamlTuple,
} from "../../formats/pyyaml_dump.ts";
import { Float, Timestamp } from "../../values.ts";
import { isTrue } from "../values/truth.ts";
import { order } from "../values/order.ts";
import { asMapping, Dict, entriesOf } from "../values/dict.ts";
import { fail } from "../error.ts";
import type { Native, NativeTable, Runtime } from "../runtime/runtime.ts";
import { nativeTable } from "../runtime/native.ts";
import { requireInteger, requireText } from "../values/arguments.ts";
import { asInteger, asNumber } from "../values/numbers.ts";
import { asText, Markup } from "../values/markup.ts";
import { Budget } from "../values/walk_budget.ts";
import { refuse, typeName } from "../values/type_name.ts";
import { Tuple } from "../values/tuple.ts";
import { Undefined } from "../runtime/undefined.ts";

const MAX_DEPTH = 500;

/** Tells what JSON and YAML take as it is. */
function isScalar(
  value: unknown,
): value is null | boolean | bigint | number | string | Float {
  return value === null || value instanceof Float ||
    ["boolean", "bigint", "number", "string"].includes(typeof value);
}

/** How {@linkcode toJsonValue} goes about it. */
interface JsonValueOptions {
  /** Whether mappings are sorted by key, which fails if keys are of several kinds. */
  readonly sortKeys?: boolean;
}

/** Makes of a template's value what JSON can write, or fails as Python's `json.dumps` does. */
function toJsonValue(
  value: unknown,
  { sortKeys = false }: JsonValueOptions = {},
): JsonInput {
  return convertToJson(value, sortKeys, 0, new Budget());
}

function convertToJson(
  value: unknown,
  sortKeys: boolean,
  depth: number,
  budget: Budget,
): JsonInput {
  budget.spend();
  if (depth > MAX_DEPTH) fail("a value is nested too deeply for JSON");
  if (isScalar(value)) return value;
  const text = asText(value);
  if (text !== undefined) return text;
  if (Array.isArray(value) || value instanceof Tuple) {
    const items = value instanceof Tuple ? value.items : value as unknown[];
    return items.map((item) =>
      convertToJson(item, sortKeys, depth + 1, budget)
    );
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
      convertToJson(item, sortKeys, depth + 1, budget),
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

/** Makes of a template's value what YAML can write; keys keep their kind. */
function toYamlValue(value: unknown): PlainYaml {
  return convertToYaml(value, new Map());
}

/** What stands in several places is made once, so that YAML can refer to it. */
function convertToYaml(
  value: unknown,
  known: Map<unknown, PlainYaml>,
): PlainYaml {
  if (isScalar(value) || value instanceof Timestamp) return value;
  const text = asText(value);
  if (text !== undefined) return text;
  const made = known.get(value);
  if (made !== undefined) return made;
  if (Array.isArray(value) || value instanceof Tuple) {
    const items: PlainYaml[] = [];
    const list = value instanceof Tuple ? new YamlTuple(items) : items;
    known.set(value, list);
    for (const item of value instanceof Tuple ? value.items : value) {
      items.push(convertToYaml(item, known));
    }
    return list;
  }
  const mapping = asMapping(value) ??
    refuse(value, `a value of type '${typeName(value)}' is not YAML`);
  const result = new Map<PlainYaml, PlainYaml>();
  known.set(value, result);
  for (const [key, item] of entriesOf(mapping)) {
    result.set(convertToYaml(key, known), convertToYaml(item, known));
  }
  return result;
}

const HTML_REGEXP = /[<>&']/g;

function indentOf(
  runtime: Runtime,
  indent: unknown,
): number | string | undefined {
  if (indent === null || indent === undefined) return undefined;
  const text = asText(indent);
  if (text !== undefined) return text;
  const size = requireInteger(indent);
  runtime.budget.allocateString(size);
  return size;
}

function dumpJson(
  runtime: Runtime,
  value: unknown,
  indent?: unknown,
  stripsQuotes: unknown = false,
): string {
  const text = pythonJson(toJsonValue(value), {
    indent: indentOf(runtime, indent),
  });
  runtime.budget.allocateString(text.length);
  return isTrue(stripsQuotes) ? text.slice(1, -1) : text;
}

function htmlJson(runtime: Runtime, value: unknown, indent?: unknown): Markup {
  const text = pythonJson(toJsonValue(value, { sortKeys: true }), {
    indent: indentOf(runtime, indent),
  });
  runtime.budget.allocateString(text.length);
  return new Markup(text.replace(HTML_REGEXP, escapeUnit));
}

function escapeUnit(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}

function fromJson(_runtime: Runtime, value: unknown): unknown {
  const text = asText(value) ??
    refuse(value, `from_json() takes a string, not '${typeName(value)}'`);
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof CicdStateError) fail(error.message, error.hint);
    throw error;
  }
}

function niceYaml(
  runtime: Runtime,
  value: unknown,
  // Block style always: that is what the option has ever done.
  _defaultFlowStyle: unknown,
  sortKeys: unknown = false,
  indent: unknown = 2,
): string {
  const text = pyyamlDump(toYamlValue(value), {
    sortKeys: isTrue(sortKeys),
    indent: indent === null ? 2 : requireInteger(indent),
  });
  runtime.budget.allocateString(text.length);
  return text;
}

function pairsToJson(_runtime: Runtime, value: unknown): string {
  const dict = new Dict();
  for (const pair of requireText(value).split(",")) {
    const [key, item] = pair.split("=");
    if (item !== undefined) dict.set(key, item);
  }
  return pythonJson(toJsonValue(dict));
}

function toBase64(_runtime: Runtime, value: unknown): string {
  const bytes = new TextEncoder().encode(requireText(value));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fallBack(
  _runtime: Runtime,
  value: unknown,
  fallback: unknown = "",
  boolean: unknown = false,
): unknown {
  const isMissing = value instanceof Undefined ||
    (isTrue(boolean) && !isTrue(value));
  return isMissing ? fallback : value;
}

const DEFAULT: Native = {
  parameters: "value default_value? boolean?",
  run: fallBack,
};

/** Filters that turn data into text and back. To add one, add an entry. */
export const DATA_FILTERS: NativeTable = nativeTable({
  d: DEFAULT,
  default: DEFAULT,
  from_json: { parameters: "value", run: fromJson },
  json_dumps: {
    parameters: "value indent? stripLeadingTrailingQuotes?",
    run: dumpJson,
  },
  kv_comma_pairs_to_json: { parameters: "value", run: pairsToJson },
  to_base64: { parameters: "value", run: toBase64 },
  to_nice_yaml: {
    parameters: "value default_flow_style? sort_keys? indent?",
    run: niceYaml,
  },
  tojson: { parameters: "value indent?", run: htmlJson },
});
