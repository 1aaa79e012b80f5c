import { queryPath } from "../document/jsonpath.ts";
import type { Value } from "../values.ts";
import type { GetOptions } from "./options.ts";
import type { ManagerParts } from "./parts.ts";
import { createContextOf, named, rendererOf } from "./templates/rendering.ts";

/**
 * Reads a value of a document; see {@linkcode CicdStateMgr.get}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param expression A JSONPath.
 * @param options Where it is read, and how it is rendered.
 * @returns The value, a list if several match, or `undefined` if none does.
 * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `TEMPLATE`, `PERMISSION` or `TIMEOUT`.
 */
export async function getValue(
  parts: ManagerParts,
  id: string,
  expression: string,
  options: GetOptions,
): Promise<Value | undefined> {
  const { fresh = false, raw = false } = options;
  const document = fresh
    ? (await parts.repository.read(id)).document
    : await parts.repository.readNearest(id);
  const found = queryPath(document, expression);
  const value = found.length > 1 ? found : found[0];
  // Macros in front of an empty string must not print in its place.
  if (raw || typeof value !== "string" || value === "") return value;
  const contextOf = await createContextOf(parts, options);
  const renderer = rendererOf(parts, document, options);
  return await named(expression, renderer.render(value, contextOf(document)));
}
