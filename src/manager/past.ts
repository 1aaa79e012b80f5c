import type {
  HistoryEntry,
  Snapshot,
  StateHistory,
  StateStore,
} from "../document/store.ts";
import { CicdStateError } from "../errors.ts";
import type { Document } from "../document/change.ts";
import { type Difference, diffValues } from "../document/diff.ts";
import {
  readDocument,
  updateDocument,
  type UpdateOptions,
} from "../document/update.ts";

/**
 * Lists a document's changes, the newest first.
 *
 * @param store The store.
 * @param id The document's id.
 * @param limit How many at most.
 * @returns The changes.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `STORE`, `TIMEOUT` or `PERMISSION`.
 */
export async function listChanges(
  store: StateStore,
  id: string,
  limit: number,
): Promise<HistoryEntry[]> {
  const history = historyOf(store);
  await readDocument(store, id);
  return await history.entries(id, limit);
}

/**
 * Compares two revisions of a document.
 *
 * @param store The store.
 * @param id The document's id.
 * @param from The earlier revision.
 * @param to The later revision; none: the document as it is now.
 * @returns The differences.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `STORE`, `TIMEOUT` or `PERMISSION`.
 */
export async function compareRevisions(
  store: StateStore,
  id: string,
  from: number,
  to: number | undefined,
): Promise<Difference[]> {
  const before = await documentAt(store, id, from);
  const after = to === undefined
    ? (await readDocument(store, id)).document
    : await documentAt(store, id, to);
  return diffValues(before, after);
}

/**
 * Makes a document again what it was: a new change, the past stays as it is.
 *
 * @param store The store.
 * @param id The document's id.
 * @param revision The revision to go back to.
 * @param options The limits.
 * @returns The document and its revision.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `CONFLICT`, `STORE`, `TIMEOUT` or `PERMISSION`.
 */
export async function rollBack(
  store: StateStore,
  id: string,
  revision: number,
  options: UpdateOptions,
): Promise<Snapshot> {
  const then = await documentAt(store, id, revision);
  const note = {
    actor: options.note?.actor ?? "",
    action: `rollback to ${revision}`,
  };
  return await updateDocument(store, id, () => then, { ...options, note });
}

async function documentAt(
  store: StateStore,
  id: string,
  revision: number,
): Promise<Document> {
  const document = await historyOf(store).documentAt(id, revision);
  if (document !== undefined) return document;
  await readDocument(store, id);
  throw new CicdStateError(
    "NOT_FOUND",
    `No revision ${revision} of document "${id}" in ${store.name}`,
    { hint: "See --history for those that are kept" },
  );
}

function historyOf(store: StateStore): StateHistory {
  if (store.history !== undefined) return store.history;
  throw new CicdStateError(
    "CONFIG",
    `Cannot look into the past: ${store.name} keeps no history`,
    {
      hint:
        "Make redis or sqlite the primary, with history.max-entries above 0",
    },
  );
}
