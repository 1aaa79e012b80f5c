import { CicdStateError } from "../errors.ts";
import { parseJson } from "../formats/json.ts";
import { pythonJson } from "../formats/json_writer.ts";
import { fail } from "../jinja/error.ts";
import { jsonIndent, toJson } from "../jinja/filters/data.ts";
import { isTrue } from "../jinja/operators/compare.ts";
import { native } from "../jinja/runtime/call.ts";
import type { Native } from "../jinja/runtime/runtime.ts";
import { Dict } from "../jinja/values/dict.ts";
import {
  asText,
  refuse,
  requireText,
  typeName,
} from "../jinja/values/scalars.ts";

/** The filters of this tool that messages use most: they read and write JSON and base64. */
export const JSON_FILTERS: Readonly<Record<string, Native>> = {
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
    return new TextEncoder().encode(text).toBase64();
  }),
};
