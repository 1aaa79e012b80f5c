import type { Document } from "../document/change.ts";
import {
  checkMissing,
  checkRevision,
  readDocument,
  replaceDocument,
  updateDocument,
} from "../document/update.ts";
import { draftDocument } from "./new_document.ts";
import type { InitOptions } from "./options.ts";
import { checkTtl, type ManagerParts } from "./parts.ts";

/**
 * Creates and stores a document; see {@linkcode CicdStateMgr.init}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param options The app config, the conditions and the event.
 * @returns The stored document.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `PATH`, `STORE`, `CONFLICT`, `DELIVERY`, `PERMISSION` or `TIMEOUT`.
 */
export async function initDocument(
  parts: ManagerParts,
  id: string,
  options: InitOptions,
): Promise<Document> {
  checkTtl(parts, options.ttlMs);
  const draft = await draftDocument(parts, id, options);
  const { handleEvent } = options;
  if (handleEvent === undefined) {
    return await storeDocument(parts, id, draft, options);
  }
  // Nothing must be sent for a document that cannot be stored.
  await checkConditions(parts, id, options);
  const { runEvent } = await import("./run_event.ts");
  const { document, failure } = await runEvent(
    parts,
    draft,
    handleEvent,
    options,
  );
  const stored = await storeDocument(parts, id, document, options);
  if (failure !== undefined) throw failure;
  return stored;
}

async function checkConditions(
  { repository }: ManagerParts,
  id: string,
  { ifAbsent = false, ifRevision }: InitOptions,
): Promise<void> {
  const store = await repository.store();
  if (ifAbsent) checkMissing(id, await store.read(id));
  if (ifRevision === undefined) return;
  const { revision } = await readDocument(store, id);
  checkRevision(id, revision, ifRevision);
}

async function storeDocument(
  { repository }: ManagerParts,
  id: string,
  document: Document,
  { ifAbsent, ifRevision, ttlMs: ownTtlMs }: InitOptions,
): Promise<Document> {
  return await repository.write(id, (store, options) => {
    const ttlMs = ownTtlMs ?? options.ttlMs;
    return ifRevision === undefined
      ? replaceDocument(store, id, document, { ...options, ttlMs, ifAbsent })
      : updateDocument(store, id, () => document, {
        ...options,
        ttlMs,
        ifRevision,
      });
  });
}
