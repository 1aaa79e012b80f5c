import { getKey, isMapping, type Mapping } from "../values.ts";

/**
 * Finds the id that a document says it has.
 *
 * @param document The document.
 * @returns Its `state.cicdContextDataId`, or `undefined` if it has none.
 */
export function documentId(document: Mapping): string | undefined {
  return stateText(document, "cicdContextDataId");
}

/**
 * Finds the name of the context that a document was made for.
 *
 * @param document The document.
 * @returns Its `state.cicdContextName`, or `undefined` if it has none.
 */
export function documentContext(document: Mapping): string | undefined {
  return stateText(document, "cicdContextName");
}

function stateText(document: Mapping, key: string): string | undefined {
  const state = getKey(document, "state");
  const value = isMapping(state) ? getKey(state, key) : undefined;
  return typeof value === "string" ? value : undefined;
}
