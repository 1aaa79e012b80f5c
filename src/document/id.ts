import { CicdStateError } from "../errors.ts";
import type { Mapping } from "../values.ts";
import { valueAt } from "./path.ts";

/**
 * Checks that an id can be a key in every store, and printed.
 *
 * @param id The id.
 * @throws {CicdStateError} `USAGE`, if it has control characters or half of a character.
 */
export function checkId(id: string): void {
  if (id.isWellFormed() && !/\p{Cc}/u.test(id)) return;
  throw new CicdStateError(
    "USAGE",
    `Cannot use the id ${printable(id)}: it has ${
      id.isWellFormed() ? "a control character" : "half of a character"
    }`,
    { hint: "Remove it; a line break may come from the file or the variable" },
  );
}

/** Quotes an id with escapes for what a terminal must not get. */
function printable(id: string): string {
  return JSON.stringify(id).replaceAll(
    /[\x7f-\x9f]/g,
    (unit) => `\\u00${unit.charCodeAt(0).toString(16)}`,
  );
}

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
