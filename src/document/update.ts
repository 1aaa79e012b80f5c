import type {
  ChangeNote,
  ReadOptions,
  Snapshot,
  StateStore,
  Turn,
} from "./store.ts";
import { CicdStateError } from "../errors.ts";
import { backoffMs, delay, KeyedQueue } from "../util/concurrency.ts";
import { applyChange, type Change, type Document } from "./change.ts";

/** How long an update may take if nothing else is said. */
const DEFAULT_UPDATE_TIMEOUT_MS = 30_000;

/** Options of {@linkcode replaceDocument}. */
export interface ReplaceOptions {
  /**
   * Milliseconds after which it is given up.
   *
   * @default {30000}
   */
  readonly timeoutMs?: number | undefined;
  /** Who changes it and what for, for the history. */
  readonly note?: Pick<ChangeNote, "actor" | "action"> | undefined;
  /** Milliseconds after which the document expires; see `SwapOptions.ttlMs`. */
  readonly ttlMs?: number | undefined;
  /** Gives it up earlier. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@linkcode updateDocument}. */
export interface UpdateOptions extends ReplaceOptions {
  /**
   * Changes the document only at this revision: as `Snapshot.revision` names it,
   * or its number alone.
   */
  readonly ifRevision?: string | undefined;
}

/** What an update does: operations, or a function that makes the next document. */
export type Updater =
  | Change
  | ((document: Document, revision: string) => Change | Document);

/**
 * Reads a document that must be there.
 *
 * @param store The store.
 * @param id The document's id.
 * @param options When to give up.
 * @returns The document and its revision.
 * @throws {CicdStateError} `NOT_FOUND`, `STORE`, `TIMEOUT` or `PERMISSION`.
 */
export async function readDocument(
  store: StateStore,
  id: string,
  options: ReadOptions = {},
): Promise<Snapshot> {
  const snapshot = await store.read(id, options);
  if (snapshot !== undefined) return snapshot;
  throw notFound(store, id);
}

/**
 * Makes the error of a document that is not there.
 *
 * @param store The store.
 * @param id The document's id.
 * @returns The error.
 */
export function notFound(store: StateStore, id: string): CicdStateError {
  return new CicdStateError(
    "NOT_FOUND",
    `No document "${id}" in ${store.name}`,
    { hint: `Check the id, or create it by --init-new ${id}` },
  );
}

/**
 * Changes a document. Where another writer was faster, the change is made
 * again on what that one wrote, until it is accepted: nobody's is lost.
 *
 * @param store The store.
 * @param id The document's id.
 * @param updater What to do. It may be called more than once, and changes nothing else.
 * @param options The condition and the limits.
 * @returns The document as it was accepted, and its revision.
 * @throws {CicdStateError} `NOT_FOUND`, `CONFLICT`, `PATH`, `STORE`, `TIMEOUT` or `PERMISSION`; nothing was written.
 */
export function updateDocument(
  store: StateStore,
  id: string,
  updater: Updater,
  options: UpdateOptions = {},
): Promise<Snapshot> {
  const { ifRevision } = options;
  return raceUntilWon(store, id, options, async (context) => {
    const before = await readDocument(store, id, context);
    checkRevision(id, before.revision, ifRevision);
    const result = typeof updater === "function"
      ? updater(before.document, before.revision)
      : updater;
    const operations = isChange(result) ? result : undefined;
    const document = isChange(result)
      ? applyChange(before.document, result)
      : result;
    const revision = await store.swap(id, document, before.revision, {
      ...context,
      note: { ...context.note, operations },
    });
    return revision === undefined ? undefined : { document, revision };
  });
}

/**
 * Writes a document, whatever is there now.
 *
 * @param store The store.
 * @param id The document's id.
 * @param document The document.
 * @param options The limits.
 * @returns The document and its revision.
 * @throws {CicdStateError} `CONFLICT`, `STORE`, `TIMEOUT` or `PERMISSION`.
 */
export function replaceDocument(
  store: StateStore,
  id: string,
  document: Document,
  options: ReplaceOptions = {},
): Promise<Snapshot> {
  return raceUntilWon(store, id, options, async (context) => {
    const revision = await store.swap(id, document, undefined, {
      ...context,
      overwrite: true,
    });
    return revision === undefined ? undefined : { document, revision };
  });
}

/**
 * Writes a document unless the id already has one.
 *
 * @param store The store.
 * @param id The document's id.
 * @param document The document.
 * @param options The limits.
 * @returns What the store holds then: the given document or the older one.
 * @throws {CicdStateError} `CONFLICT`, `STORE`, `TIMEOUT` or `PERMISSION`.
 */
export function createDocument(
  store: StateStore,
  id: string,
  document: Document,
  options: ReplaceOptions = {},
): Promise<Snapshot> {
  return raceUntilWon(store, id, options, async (context) => {
    const revision = await store.swap(id, document, undefined, context);
    return revision === undefined
      ? await store.read(id, context)
      : { document, revision };
  });
}

function isChange(result: Change | Document): result is Change {
  return Array.isArray(result);
}

/**
 * Checks that a document is at a revision.
 *
 * @param id The document's id.
 * @param revision The revision that it is at.
 * @param wanted The revision, or its number alone; `undefined` accepts any.
 * @throws {CicdStateError} `CONFLICT`.
 */
export function checkRevision(
  id: string,
  revision: string,
  wanted: string | undefined,
): void {
  if (wanted === undefined || wanted === revision) return;
  const number = revision.split("-")[0];
  if (wanted === number) return;
  throw new CicdStateError(
    "CONFLICT",
    `Document "${id}" is at revision ${number}, not ${wanted}`,
    { hint: "Read it again, and decide anew" },
  );
}

/** What an attempt passes on to the store. */
interface AttemptContext {
  readonly note: ChangeNote;
  readonly ttlMs: number | undefined;
  readonly turn: Turn | undefined;
  readonly signal: AbortSignal;
}

/** Updates of one process queue here: racing each other would be of no use. */
const queues = new WeakMap<StateStore, KeyedQueue>();

/** Attempts it until it wins, or fails, or the time is up. */
async function raceUntilWon(
  store: StateStore,
  id: string,
  options: ReplaceOptions,
  attempt: (context: AttemptContext) => Promise<Snapshot | undefined>,
): Promise<Snapshot> {
  const { timeoutMs = DEFAULT_UPDATE_TIMEOUT_MS, note, ttlMs } = options;
  // No setTimeout: its first use costs a process as much as all of the rest.
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = options.signal === undefined
    ? deadline
    : AbortSignal.any([options.signal, deadline]);
  let queue = queues.get(store);
  if (queue === undefined) queues.set(store, queue = new KeyedQueue());
  let leave: (() => void) | undefined;
  let turn: Turn | undefined;
  try {
    leave = await queue.enter(id, signal);
    for (let lostRaces = 0;; lostRaces++) {
      signal.throwIfAborted();
      if (lostRaces > 0) await delay(backoffMs(lostRaces), signal);
      turn = await store.takeTurn?.(id, { lostRaces, turn, signal });
      const won = await attempt({
        note: { actor: "", ...note, at: Date.now() },
        ttlMs,
        turn,
        signal,
      });
      if (won !== undefined) return won;
    }
  } catch (error) {
    throw error === deadline.reason ? tooLate(store, id, timeoutMs) : error;
  } finally {
    await turn?.release();
    leave?.();
  }
}

function tooLate(
  store: StateStore,
  id: string,
  timeoutMs: number,
): CicdStateError {
  return new CicdStateError(
    "CONFLICT",
    `Document "${id}" in ${store.name} was not changed within ${timeoutMs} ms: others wrote it or held its lock`,
    { hint: "Run it again, or raise update-timeout-ms" },
  );
}
