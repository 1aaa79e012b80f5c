import { parseJson, pythonJson } from "../formats/json.ts";
import { pyyamlDump } from "../formats/pyyaml_dump.ts";
import { CicdStateError } from "../errors.ts";
import { isTrue } from "./compare.ts";
import { Dict } from "./dict.ts";
import { toJsonValue } from "./document_value.ts";
import { fail } from "./failure.ts";
import { type Native, type NativeTable, nativeTable } from "./native.ts";
import { asText, Markup, refuse, Undefined } from "./objects.ts";
import type { Runtime } from "./runtime.ts";
import { requireInteger, requireText } from "./arguments.ts";
import { typeName } from "./type_name.ts";
import { toYamlValue } from "./yaml_value.ts";

const HTML_REGEXP = /[<>&']/g;

function indentOf(
  runtime: Runtime,
  indent: unknown,
): number | string | undefined {
  if (indent === null || indent === undefined) return undefined;
  const text = asText(indent);
  if (text !== undefined) return text;
  const size = requireInteger(indent);
  runtime.checkLength(size);
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
  runtime.checkLength(text.length);
  return isTrue(stripsQuotes) ? text.slice(1, -1) : text;
}

function htmlJson(runtime: Runtime, value: unknown, indent?: unknown): Markup {
  const text = pythonJson(toJsonValue(value, { sortKeys: true }), {
    indent: indentOf(runtime, indent),
  });
  runtime.checkLength(text.length);
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
  runtime.checkLength(text.length);
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
