import { Float, Timestamp } from "../../values.ts";
import { fail } from "../error.ts";
import { TemplateObject } from "../runtime/object.ts";
import { Undefined } from "../runtime/undefined.ts";
/** Says that a value cannot be used so. */
export function refuse(value: unknown, message: string): never {
  if (value instanceof Undefined) value.fail();
  fail(message);
}

/** Python's name of a value's type, for messages. */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case "string":
      return "str";
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return Number.isSafeInteger(value) ? "int" : "float";
  }
  if (value === null) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (value instanceof TemplateObject) return value.typeName;
  if (value instanceof Float) return "float";
  if (value instanceof Timestamp) {
    return value.kind === "date" ? "datetime.date" : "datetime.datetime";
  }
  return "dict";
}

/** Names a value in messages about its attributes, as Jinja2 does. */
export function describeObject(value: unknown): string {
  return value === null ? "None" : `${typeName(value)} object`;
}
