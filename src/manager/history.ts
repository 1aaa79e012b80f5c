import type { Document } from "../document/change.ts";
import { type Difference, diffValues } from "../document/diff.ts";
import { checkId } from "../document/id.ts";
import type {
  HistoryEntry,
  StateHistory,
  StateStore,
} from "../document/store.ts";
import { readDocument, updateDocument } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import type { WriteOptions } from "./options.ts";
import { checkTtl, type ManagerParts } from "./parts.ts";

/**
 * Lists a document's changes, newest first.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param limit The maximum number of changes.
 * @returns The changes.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `STORE`, `TIMEOUT` or `PERMISSION`.
 */
export async function listChanges(
  { repository }: ManagerParts,
  id: string,
  limit: number,
): Promise<HistoryEntry[]> {
  checkId(id);
  const store = await repository.store();
  const history = await historyOf(store);
  await readDocument(store, id);
  return await history.entries(id, limit);
}

/**
 * Compares two revisions of a document.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param from The number of the earlier revision.
 * @param to The number of the later revision; `undefined` means the current document.
 * @returns The differences.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `STORE`, `TIMEOUT` or `PERMISSION`.
 */
export async function compareRevisions(
  { repository }: ManagerParts,
  id: string,
  from: number,
  to: number | undefined,
): Promise<Difference[]> {
  checkId(id);
  const store = await repository.store();
  const before = await documentAt(store, id, from);
  const after = to === undefined
    ? (await readDocument(store, id)).document
    : await documentAt(store, id, to);
  return diffValues(before, after);
}

/**
 * Writes an old revision of a document as a new change.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param revision The number of the revision to restore.
 * @param options The condition and the time to live.
 * @returns The document.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `CONFLICT`, `STORE`, `TIMEOUT` or `PERMISSION`.
 */
export async function rollBack(
  parts: ManagerParts,
  id: string,
  revision: number,
  { ifRevision, ttlMs }: WriteOptions,
): Promise<Document> {
  await checkTtl(parts, ttlMs);
  return await parts.repository.write(id, async (store, options) => {
    const then = await documentAt(store, id, revision);
    const actor = options.note?.actor ?? "";
    return await updateDocument(store, id, () => then, {
      ...options,
      ttlMs: ttlMs ?? options.ttlMs,
      ifRevision,
      note: { actor, action: `rollback to ${revision}` },
    });
  });
}

async function documentAt(
  store: StateStore,
  id: string,
  revision: number,
): Promise<Document> {
  const document = await (await historyOf(store)).documentAt(id, revision);
  if (document !== undefined) return document;
  await readDocument(store, id);
  throw new CicdStateError(
    "NOT_FOUND",
    `No revision ${revision} of document "${id}" in ${store.name}`,
    { hint: "Run cicdstatemgr history to see which revisions are kept" },
  );
}

async function historyOf(store: StateStore): Promise<StateHistory> {
  if (store.history !== undefined) return store.history;
  const { kindsThatCan } = await import("../datasources/registry.ts");
  throw new CicdStateError(
    "CONFIG",
    `Cannot read old revisions: ${store.name} keeps no history`,
    {
      hint: `Make ${await kindsThatCan("keep history")} the primary, ` +
        "with history.max-entries above 0",
    },
  );
}
