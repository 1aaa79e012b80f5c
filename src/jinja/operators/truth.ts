import { Float } from "../../values.ts";
import { TemplateObject } from "../runtime/object.ts";
import { asMapping, isEmpty } from "../values/dict.ts";

/** Reports whether a value is true in a condition, as Python's `bool()` does. */
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
  return mapping === undefined || !isEmpty(mapping);
}
