import type { Change, Document } from "../document/change.ts";
import { checkAbsent, checkIdStays } from "../document/condition.ts";
import { updateDocument } from "../document/update.ts";
import type { ChangeOptions } from "./options.ts";
import { checkTtl, type ManagerParts } from "./parts.ts";

/** Options of {@linkcode changeDocument}. */
interface ChangeDocumentOptions extends ChangeOptions {
  /** Throws if the current document may not be changed. */
  readonly check?: ((current: Document) => void) | undefined;
}

/**
 * Applies a change to the current document of the primary, all of it or
 * nothing, and writes every mirror.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param change The operations, applied in order.
 * @param options What must be true when it is written.
 * @param action What the history records besides the operations.
 * @returns The new document.
 * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `CONFLICT`, `CONFIG`, `PERMISSION` or `TIMEOUT`.
 */
export async function changeDocument(
  parts: ManagerParts,
  id: string,
  change: Change,
  { ifAbsent = false, ifRevision, ttlMs, check }: ChangeDocumentOptions,
  action?: string,
): Promise<Document> {
  await checkTtl(parts, ttlMs);
  return await parts.repository.write(id, async (store, defaults) => {
    const actor = defaults.note?.actor ?? "";
    const options = {
      ...defaults,
      ttlMs: ttlMs ?? defaults.ttlMs,
      ifRevision,
      note: { actor, action },
    };
    return await updateDocument(store, id, (current) => {
      check?.(current);
      if (ifAbsent) checkAbsent(current, change);
      checkIdStays(current, change, id);
      return change;
    }, options);
  });
}
