import { Float, Timestamp } from "../../values.ts";
import { fail } from "../error.ts";
import { qualifiedTypeName, TemplateObject } from "../runtime/object.ts";
import { Undefined } from "../runtime/undefined.ts";

/**
 * Reports that a value does not fit. An undefined value reports that it is
 * undefined instead, which is the better explanation.
 *
 * @throws {TemplateFailure} Always.
 */
export function refuse(value: unknown, message: string): never {
  if (value instanceof Undefined) value.fail();
  fail(message);
}

/** Returns the name of a value's type as Python's error messages have it. */
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

/** Describes a value in messages about a missing attribute, as Jinja2 does. */
export function describeObject(value: unknown): string {
  if (value === null) return "None";
  const name = value instanceof TemplateObject
    ? qualifiedTypeName(value)
    : typeName(value);
  return `${name} object`;
}
