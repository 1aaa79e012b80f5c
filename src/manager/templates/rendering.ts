import type { Document } from "../../document/change.ts";
import { createRenderer, type Renderer } from "../../templates/renderer.ts";
import type { Mapping } from "../../values.ts";
import type { RenderingOptions } from "../options.ts";
import type { ManagerParts } from "../parts.ts";
import { macrosOf, templateContext } from "./context.ts";

/**
 * Returns the renderer of a document's templates, which knows its macros.
 *
 * @param parts The manager's parts.
 * @param document The document.
 * @returns The renderer.
 */
export function rendererOf(
  { log }: ManagerParts,
  document: Document,
): Renderer {
  return createRenderer(macrosOf(document), log);
}

/**
 * Returns the function that builds the context of a document's templates.
 *
 * @param parts The manager's parts.
 * @param options The variables of the command line.
 * @returns A function from a document to its template context.
 */
export async function createContextOf(
  { config: { configData } }: ManagerParts,
  { variables = [] }: RenderingOptions,
): Promise<(document: Document) => Mapping> {
  if (variables.length === 0) {
    return (document) => templateContext(document, configData, []);
  }
  // JSONPath is loaded for variables only.
  const { evaluateVariables } = await import("./variables.ts");
  return (document) =>
    templateContext(
      document,
      configData,
      evaluateVariables(document, variables),
    );
}
