import { CicdStateError } from "../errors.ts";
import { backoffMs, delay, KeyedQueue } from "../util/concurrency.ts";
import { applyChange, type Change, type Document } from "./change.ts";
import {
  type ChangeNote,
  DEFAULT_UPDATE_TIMEOUT_MS,
  type ReadOptions,
  type Snapshot,
  type StateStore,
  type Turn,
} from "./store.ts";

/** Options of {@linkcode replaceDocument}. */
export interface ReplaceOptions {
  /**
   * Milliseconds that it may take.
   *
   * @default {30000}
   */
  readonly timeoutMs?: number | undefined;
  /** Who changes the document and what for, for the history. */
  readonly note?: Pick<ChangeNote, "actor" | "action"> | undefined;
  /**
   * Milliseconds after which the document expires, rounded up; see
   * `SwapOptions.ttlMs`.
   */
  readonly ttlMs?: number | undefined;
  /** Cancels it. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@linkcode updateDocument}. */
export interface UpdateOptions extends ReplaceOptions {
  /**
   * Changes the document only at this revision: a `Snapshot.revision`, or only
   * its number.
   */
  readonly ifRevision?: string | undefined;
}

/** What an update does: operations, or a function that returns the next document. */
export type Updater =
  | Change
  | ((document: Document, revision: string) => Change | Document);

/**
 * Reads a document that must exist.
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
  return await store.read(id, options) ?? fail(notFound(store, id));
}

/**
 * Makes the error of a document that does not exist.
 *
 * @param store The store.
 * @param id The document's id.
 * @returns The error.
 */
export function notFound(store: StateStore, id: string): CicdStateError {
  return new CicdStateError(
    "NOT_FOUND",
    `No document "${id}" in ${store.name}`,
    { hint: `Check the id, or create it with cicdstatemgr init ${id}` },
  );
}

/**
 * Changes a document. If another writer was faster, the change is made again on
 * what that one wrote, until it is accepted. No writer's change is lost.
 *
 * @param store The store.
 * @param id The document's id.
 * @param updater What to do. It may be called more than once, and must have no other effect.
 * @param options The condition and the limits.
 * @returns The document as it was accepted, and its revision.
 * @throws {CicdStateError} `USAGE`, `NOT_FOUND`, `CONFLICT`, `PATH`, `STORE`, `TIMEOUT` or `PERMISSION`. Only after `TIMEOUT` may the change have been stored.
 */
export function updateDocument(
  store: StateStore,
  id: string,
  updater: Updater,
  options: UpdateOptions = {},
): Promise<Snapshot> {
  const { ifRevision } = options;
  return raceUntilWon(store, id, options, async (context) => {
    const { turn, signal } = context;
    const before = await (turn?.read?.() ?? store.read(id, { signal })) ??
      fail(notFound(store, id));
    checkRevision(id, before.revision, ifRevision);
    const result = typeof updater === "function"
      ? updater(before.document, before.revision)
      : updater;
    const operations = isChange(result) ? result : undefined;
    const document = isChange(result)
      ? applyChange(before.document, result)
      : result;
    const revision = await store.swap(id, document, before, {
      ...context,
      note: { ...context.note, operations },
    });
    return revision === undefined ? undefined : { document, revision };
  });
}

/**
 * Writes a document, whatever is stored now.
 *
 * @param store The store.
 * @param id The document's id.
 * @param document The document.
 * @param options The limits.
 * @returns The document and its revision.
 * @throws {CicdStateError} `USAGE`, `CONFLICT`, `STORE`, `TIMEOUT` or `PERMISSION`.
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
 * @throws {CicdStateError} `USAGE`, `CONFLICT`, `STORE`, `TIMEOUT` or `PERMISSION`.
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

function fail(error: Error): never {
  throw error;
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
  if (wanted === revision.split("-")[0]) return;
  throw new CicdStateError(
    "CONFLICT",
    `Document "${id}" is at revision ${showRevision(revision)}, not ${
      shortenDigest(wanted)
    }`,
    { hint: "Read it again, then decide again" },
  );
}

/**
 * Formats a revision for messages.
 *
 * @param revision The revision.
 * @returns Its number, or the beginning of a digest of the document.
 */
export function showRevision(revision: string): string {
  return shortenDigest(revision.split("-")[0]!);
}

function shortenDigest(revision: string): string {
  return /^[\da-f]{64}$/.test(revision)
    ? `${revision.slice(0, 12)}…`
    : revision;
}

/** What an attempt passes to the store. */
interface AttemptContext {
  readonly note: ChangeNote;
  readonly ttlMs: number | undefined;
  readonly turn: Turn | undefined;
  readonly signal: AbortSignal;
}

/** Updates within one process queue here instead of racing each other. */
const queues = new WeakMap<StateStore, KeyedQueue>();

/** Repeats an attempt until it wins or fails, or the time is up. */
async function raceUntilWon(
  store: StateStore,
  id: string,
  options: ReplaceOptions,
  attempt: (context: AttemptContext) => Promise<Snapshot | undefined>,
): Promise<Snapshot> {
  const { timeoutMs = DEFAULT_UPDATE_TIMEOUT_MS, note } = options;
  const ttlMs = wholeTtl(options.ttlMs);
  // Not setTimeout: its first use delays a process by as much as everything
  // else here together.
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

/** Rounds up to whole milliseconds, which is all that stores can keep. */
function wholeTtl(ttlMs: number | undefined): number | undefined {
  if (ttlMs === undefined) return undefined;
  const whole = Math.ceil(ttlMs);
  if (ttlMs >= 0 && Number.isSafeInteger(whole)) return whole;
  throw new CicdStateError("USAGE", `Cannot use ${ttlMs} as ttlMs`, {
    hint: "Pass a number of milliseconds of 0 or more",
  });
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
