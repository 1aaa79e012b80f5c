import { CicdStateError } from "../errors.ts";
import { getKey, isMapping, type Value } from "../values.ts";
import {
  applyChange,
  type Change,
  type Document,
  type PropertyPath,
} from "./change.ts";

const ID_PATH = ["state", "cicdContextDataId"];

/**
 * Refuses a change of what is there already.
 *
 * @param document The document.
 * @param change The change.
 * @throws {CicdStateError} `CONFLICT`, naming the first path that has a value.
 */
export function checkAbsent(document: Document, change: Change): void {
  for (const { path } of change) {
    if (valueAt(document, path) === undefined) continue;
    throw new CicdStateError(
      "CONFLICT",
      `Cannot set "${path.join(".")}": it is there already`,
      { hint: "Leave --if-absent out to replace it" },
    );
  }
}

/**
 * Refuses a change that takes a document's id away: its mirrors would no longer
 * be known as its own.
 *
 * @param document The document.
 * @param change The change.
 * @param id The document's id.
 * @throws {CicdStateError} `PATH`.
 */
export function checkIdStays(
  document: Document,
  change: Change,
  id: string,
): void {
  const concerned = change.some(({ path }) =>
    path.length <= ID_PATH.length &&
    path.every((key, depth) => key === ID_PATH[depth])
  );
  if (!concerned || valueAt(document, ID_PATH) !== id) return;
  if (valueAt(applyChange(document, change), ID_PATH) === id) return;
  throw new CicdStateError(
    "PATH",
    `Cannot change document "${id}": "${ID_PATH.join(".")}" must stay its id`,
    { hint: "Set keys below state, not state itself" },
  );
}

function valueAt(document: Document, path: PropertyPath): Value | undefined {
  let value: Value | undefined = document;
  for (const key of path) {
    value = isMapping(value) ? getKey(value, key) : undefined;
  }
  return value;
}
