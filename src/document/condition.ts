import { CicdStateError } from "../errors.ts";
import { applyChange, type Change, type Document } from "./change.ts";
import { type PropertyPath, showPath, valueAt } from "./path.ts";

const ID_PATH: PropertyPath = ["state", "cicdContextDataId"];

/**
 * Checks that a change writes only where nothing is yet.
 *
 * @param document The document.
 * @param change The change.
 * @throws {CicdStateError} `CONFLICT`, with the first path that has a value.
 */
export function checkAbsent(document: Document, change: Change): void {
  for (const { path } of change) {
    if (valueAt(document, path) === undefined) continue;
    throw new CicdStateError(
      "CONFLICT",
      `Cannot set "${showPath(path)}": it already has a value`,
      {
        hint: "Leave --if-absent out to replace it",
        place: { path: showPath(path) },
      },
    );
  }
}

/**
 * Checks that a change keeps the id in a document. Without it, the document's
 * mirrors would no longer be recognized.
 *
 * @param document The document.
 * @param change The change.
 * @param id The id of the document.
 * @throws {CicdStateError} `PATH`, if the change removes or replaces the id.
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
    `Cannot change document "${id}": "${showPath(ID_PATH)}" must stay its id`,
    {
      hint: "Set keys below state, not state itself",
      place: { path: showPath(ID_PATH) },
    },
  );
}
