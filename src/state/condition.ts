import { CicdStateError } from "../errors.ts";
import { getKey, isMapping, type Value } from "../values.ts";
import type { Change, Document } from "./change.ts";

/**
 * Refuses a change of what is there already.
 *
 * @param document The document.
 * @param change The change.
 * @throws {CicdStateError} `CONFLICT`, naming the first path that has a value.
 */
export function checkAbsent(document: Document, change: Change): void {
  for (const { path } of change) {
    let value: Value | undefined = document;
    for (const key of path) {
      value = isMapping(value) ? getKey(value, key) : undefined;
    }
    if (value === undefined) continue;
    throw new CicdStateError(
      "CONFLICT",
      `Cannot set "${path.join(".")}": it is there already`,
      { hint: "Leave --if-absent out to replace it" },
    );
  }
}
