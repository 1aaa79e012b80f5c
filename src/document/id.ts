import type { Mapping } from "../values.ts";
import { valueAt } from "./path.ts";

/**
 * Returns the id that a document holds.
 *
 * @param document The document.
 * @returns Its `state.cicdContextDataId`, or `undefined` if it has none.
 */
export function documentId(document: Mapping): string | undefined {
  return stringInState(document, "cicdContextDataId");
}

/**
 * Returns the name of the context that a document was created for.
 *
 * @param document The document.
 * @returns Its `state.cicdContextName`, or `undefined` if it has none.
 */
export function documentContext(document: Mapping): string | undefined {
  return stringInState(document, "cicdContextName");
}

function stringInState(document: Mapping, key: string): string | undefined {
  const value = valueAt(document, ["state", key]);
  return typeof value === "string" ? value : undefined;
}
