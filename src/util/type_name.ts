import { Float, Timestamp, type Value } from "../values.ts";

/**
 * Names the type of a value as YAML's users do.
 *
 * @param value The value.
 * @returns `text`, `integer`, `float`, `boolean`, `null`, `date`, `list` or `mapping`.
 */
export function typeName(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "bigint") return "integer";
  if (typeof value === "number") {
    return Number.isSafeInteger(value) ? "integer" : "float";
  }
  if (value instanceof Float) return "float";
  if (value instanceof Timestamp) return "date";
  return Array.isArray(value) ? "list" : "mapping";
}
