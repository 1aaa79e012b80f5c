import { pythonFloat } from "../../src/formats/python_text.ts";
import { Float, floatValue, integerValue, setKey, Timestamp, type Value } from "../../src/values.ts";

const ZONE_REGEXP = /[-+]\d\d:\d\d$/;

/**
 * Decodes the notation of the cases for values that JSON does not have:
 * `{"$float": "1.0"}`, `{"$int": "…"}`, `{"$date": "…"}`, `{"$datetime": "…"}`,
 * and `{"$map": [[key, value], …]}`, whose keys become strings as in JSON.
 */
export function decodeTyped(typed: Value): Value {
  if (Array.isArray(typed)) return typed.map(decodeTyped);
  if (typeof typed !== "object" || typed === null) return typed;
  if (typed instanceof Float || typed instanceof Timestamp) return typed;
  const entries = Object.entries(typed);
  const [tag, content] = entries[0] ?? ["", null];
  if (entries.length !== 1) return mappingOf(entries);
  switch (tag) {
    case "$float":
      return floatValue(Number(String(content).replace("inf", "Infinity")));
    case "$int":
      return integerValue(BigInt(String(content)));
    case "$date":
      return new Timestamp(String(content), "date");
    case "$datetime":
      return decodeDateTime(String(content));
    case "$map":
      return mappingOf(content as [Value, Value][]);
    default:
      return mappingOf(entries);
  }
}

function mappingOf(entries: readonly (readonly [Value, Value])[]): Value {
  const mapping = {};
  for (const [key, value] of entries) {
    setKey(mapping, keyText(decodeTyped(key)), decodeTyped(value));
  }
  return mapping;
}

function keyText(key: Value): string {
  return typeof key === "number" && !Number.isSafeInteger(key)
    ? pythonFloat(key)
    : String(key);
}

function decodeDateTime(iso: string): Timestamp {
  const kind = ZONE_REGEXP.test(iso) ? "aware" : "naive";
  return new Timestamp(iso.replace("T", " "), kind);
}
