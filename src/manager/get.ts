import { queryPath } from "../document/jsonpath.ts";
import type { Value } from "../values.ts";
import type { RenderingOptions } from "./options.ts";
import type { ManagerParts } from "./parts.ts";
import { createContextOf, rendererOf } from "./templates/rendering.ts";

/**
 * Reads a value of a document; see {@linkcode CicdStateMgr.get}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param expression A JSONPath.
 * @param options The template variables.
 * @returns The value, a list if several match, or `undefined` if none does.
 * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `PERMISSION` or `TIMEOUT`.
 */
export async function getValue(
  parts: ManagerParts,
  id: string,
  expression: string,
  options: RenderingOptions,
): Promise<Value | undefined> {
  const document = await parts.repository.readNearest(id);
  const found = queryPath(document, expression);
  const value = found.length > 1 ? found : found[0];
  // Macros in front of an empty string must not print in its place.
  if (typeof value !== "string" || value === "") return value;
  const contextOf = await createContextOf(parts, options);
  return await rendererOf(parts, document).render(value, contextOf(document));
}
