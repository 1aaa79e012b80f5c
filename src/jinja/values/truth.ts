import { Float } from "../../values.ts";
import { asMapping, sizeOf } from "./dict.ts";
import { TemplateObject } from "../runtime/object.ts";
/** Tells whether a value counts as true in Python. */
export function isTrue(value: unknown): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "string":
      return value !== "";
    case "number":
      return value !== 0;
    case "bigint":
      return value !== 0n;
  }
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof TemplateObject) return value.isTrue();
  if (value instanceof Float) return value.value !== 0;
  const mapping = asMapping(value);
  return mapping === undefined || sizeOf(mapping) > 0;
}
