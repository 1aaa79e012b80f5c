import {
  applyChange,
  type Document,
  type Operation,
} from "../../document/change.ts";
import { getKey, isMapping, type Mapping } from "../../values.ts";

/** A variable for templates: a property path, and a JSONPath or text. */
export interface TemplateVariable {
  /** Where templates find it, as keys joined by `.`. */
  readonly name: string;
  /** A JSONPath into the document; what finds nothing is a text. */
  readonly expression: string;
}

/**
 * Makes what templates see: the document, the config and the variables.
 *
 * @param document The document.
 * @param configData The config.
 * @param variables The evaluated variables; they win over what the document has
 * at their paths, and leave what is beside.
 * @returns The names that templates see.
 * @throws {CicdStateError} `PATH`, if a variable's path leads through a text or the like.
 */
export function templateContext(
  document: Document,
  configData: Mapping,
  variables: readonly Operation[],
): Mapping {
  return applyChange({ ...document, configData }, variables);
}

/**
 * Takes the macros' source out of a document.
 *
 * @param document The document.
 * @returns The source, or none if the document has no macros.
 */
export function macrosOf(document: Document): string {
  const macros = getKey(document, "jinja2Macros");
  const all = isMapping(macros) ? getKey(macros, "all") : undefined;
  return typeof all === "string" ? all : "";
}
