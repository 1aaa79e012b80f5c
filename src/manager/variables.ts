import { assign } from "../document/assignment.ts";
import { applyChange, type Document } from "../document/change.ts";
import { queryPath } from "../document/jsonpath.ts";
import { JsonPathError } from "../document/jsonpath_error.ts";
import { isFalsy, type Mapping, type Value } from "../values.ts";
import type { TemplateVariable } from "./options.ts";

/**
 * Adds template variables to a context. Falsy ones are left out.
 *
 * @param context The context.
 * @param document The document that their expressions query.
 * @param variables The variables, in order.
 * @returns The context with the variables.
 * @throws {CicdStateError} `PATH`, if an expression parses but cannot be evaluated, or a variable cannot be set.
 */
export function addVariables(
  context: Mapping,
  document: Document,
  variables: readonly TemplateVariable[],
): Mapping {
  const operations = [];
  for (const { name, expression } of variables) {
    const value = evaluate(document, expression);
    if (isFalsy(value)) continue;
    const trimmed = typeof value === "string" ? value.trim() : value;
    operations.push(assign(name, trimmed));
  }
  return applyChange(context, operations);
}

function evaluate(document: Document, expression: string): Value {
  let found: Value[];
  try {
    found = queryPath(document, expression);
  } catch (error) {
    if (error instanceof JsonPathError && error.phase === "parse") {
      return expression;
    }
    throw error;
  }
  if (found.length === 0) return expression;
  return found.length === 1 ? found[0]! : found;
}
