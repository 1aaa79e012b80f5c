import { CicdStateError } from "../errors.ts";
import { parseJson } from "../formats/json.ts";
import { pythonJson } from "../formats/json_writer.ts";
import {
  type PlainYaml,
  pyyamlDump,
  YamlTuple,
} from "../formats/pyyaml_dump.ts";
import { fail } from "../jinja/error.ts";
import { isScalar, jsonIndent, toJson } from "../jinja/filters/data.ts";
import { isTrue } from "../jinja/operators/compare.ts";
import type { Budget } from "../jinja/runtime/budget.ts";
import { native } from "../jinja/runtime/call.ts";
import type { Native } from "../jinja/runtime/runtime.ts";
import { asMapping, Dict, entriesOf } from "../jinja/values/dict.ts";
import { Tuple } from "../jinja/values/objects.ts";
import {
  asText,
  refuse,
  requireInteger,
  requireText,
  typeName,
} from "../jinja/values/scalars.ts";
import { Timestamp } from "../values.ts";

/** Converts a template's value to one that YAML can write. Keys keep their type. */
function toYaml(budget: Budget, value: unknown): PlainYaml {
  return convertToYaml(budget, value, new Map());
}

/** Converts a shared value only once, so that YAML can use an alias. */
function convertToYaml(
  budget: Budget,
  value: unknown,
  known: Map<unknown, PlainYaml>,
): PlainYaml {
  budget.step();
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
      items.push(convertToYaml(budget, item, known));
    }
    return list;
  }
  const mapping = asMapping(value) ??
    refuse(value, `a value of type '${typeName(value)}' is not YAML`);
  const result = new Map<PlainYaml, PlainYaml>();
  known.set(value, result);
  for (const [key, item] of entriesOf(budget, mapping)) {
    result.set(
      convertToYaml(budget, key, known),
      convertToYaml(budget, item, known),
    );
  }
  return result;
}

/** The filters that cicdstatemgr adds to those of Jinja2. */
export const FILTERS: Readonly<Record<string, Native>> = {
  /** Parses JSON. */
  from_json: native("value", (_runtime, value) => {
    const text = asText(value) ??
      refuse(value, `from_json() takes a string, not '${typeName(value)}'`);
    try {
      return parseJson(text);
    } catch (error) {
      if (error instanceof CicdStateError) fail(error.message, error.hint);
      throw error;
    }
  }),

  /** Writes a value as JSON. */
  json_dumps: native(
    "value indent? stripLeadingTrailingQuotes?",
    (runtime, value, indent = null, stripsQuotes = false) => {
      const text = pythonJson(toJson(runtime.budget, value), {
        indent: jsonIndent(runtime.budget, indent),
      });
      runtime.budget.allocateString(text.length);
      return isTrue(stripsQuotes) ? text.slice(1, -1) : text;
    },
  ),

  /** Writes `a=1,b=2` as JSON. */
  kv_comma_pairs_to_json: native("value", (runtime, value) => {
    const text = requireText(value);
    runtime.budget.scan(text.length);
    const dict = new Dict();
    for (const pair of text.split(",")) {
      const [key, item] = pair.split("=");
      if (item !== undefined) dict.set(runtime.budget, key, item);
    }
    return pythonJson(toJson(runtime.budget, dict));
  }),

  /** Encodes a string as UTF-8 in base64. */
  to_base64: native("value", ({ budget }, value) => {
    const text = requireText(value);
    // A code unit has up to three bytes, and each byte becomes 4/3 characters.
    budget.allocateString(text.length * 4);
    const bytes = new TextEncoder().encode(text);
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  }),

  /** Writes a value as YAML, always in block style, as the Python tool does. */
  to_nice_yaml: native(
    "value default_flow_style? sort_keys? indent?",
    (runtime, value, _flowStyle, sortKeys = false, indent = 2) => {
      const text = pyyamlDump(toYaml(runtime.budget, value), {
        sortKeys: isTrue(sortKeys),
        indent: indent === null ? 2 : requireInteger(indent),
      });
      runtime.budget.allocateString(text.length);
      return text;
    },
  ),
};
