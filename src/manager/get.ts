import { queryPath } from "../document/jsonpath.ts";
import type { Value } from "../values.ts";
import type { GetOptions } from "./options.ts";
import type { ManagerParts } from "./parts.ts";
import { createContextOf, named, rendererOf } from "./templates/rendering.ts";

/**
 * Reads values of one revision of a document; see
 * {@linkcode CicdStateMgr.getAll}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param expressions JSONPaths.
 * @param options Where they are read, and how they are rendered.
 * @returns The value of each: a list if several match, `undefined` if none does.
 * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `TEMPLATE`, `PERMISSION` or `TIMEOUT`.
 */
export async function getValues(
  parts: ManagerParts,
  id: string,
  expressions: readonly string[],
  options: GetOptions,
): Promise<(Value | undefined)[]> {
  const { fresh = false, raw = false } = options;
  const document = fresh
    ? (await parts.repository.read(id)).document
    : await parts.repository.readNearest(id);
  const contextOf = await createContextOf(parts, options);
  const renderer = rendererOf(parts, document, options);
  const values: (Value | undefined)[] = [];
  for (const expression of expressions) {
    const found = queryPath(document, expression);
    const value = found.length > 1 ? found : found[0];
    // Macros in front of an empty string must not print in its place.
    const isTemplate = !raw && typeof value === "string" && value !== "";
    const rendering = isTemplate
      ? renderer.render(value, contextOf(document))
      : undefined;
    values.push(rendering ? await named(expression, rendering) : value);
  }
  return values;
}
