import type { Change, Document } from "../document/change.ts";
import { valueAt } from "../document/path.ts";
import { readDocument } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import { describeType } from "../util/messages.ts";
import { isMapping } from "../values.ts";
import { type Lease, leaseAttempt } from "./lease.ts";
import {
  heldTooLong,
  leaseOptions,
  type Lock,
  LOCK_POLL_MS,
  type LockContext,
  type LockOptions,
} from "./lock.ts";
import { poll } from "./poll.ts";
import { DEFAULT_WAIT_MS } from "./wait.ts";

/** The key of a document that holds what was done once. */
const ONCE_KEY = "cicdOnce";

/**
 * Options of {@linkcode CicdStateMgr.once}.
 *
 * @example Build an image once, however often the pipeline runs
 * ```ts
 * import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: {} } },
 *   store: memoryStore(),
 * });
 * await manager.init("build-1", {
 *   appConfig: { "cicd-contexts": { stage: {} } },
 * });
 * let builds = 0;
 * for (let run = 1; run <= 3; run++) {
 *   const { ran, record } = await manager.once("build-1", "build", async () => {
 *     builds++;
 *     await manager.set("build-1", { "state.image": "app:v1" });
 *   });
 *   strictEqual(ran, run === 1);
 *   strictEqual(record.exitStatus, 0);
 * }
 * strictEqual(builds, 1);
 * ```
 */
export interface OnceOptions extends LockOptions {
  /** Tells several uses of one name apart: what is done once for each key. */
  readonly key?: string | undefined;
}

/** What a document knows of something that is done once. */
export interface OnceRecord {
  /** When it began: `2026-01-31T10:00:00.000Z`. */
  readonly start: string;
  /** When it ended; null: it is running, or its process has died. */
  readonly end: string | null;
  /** Its exit status: 0 if it is done, another one if it failed. */
  readonly exitStatus: number | null;
  /** Who did it. */
  readonly actor: string;
  /** The token of the lock that was held. */
  readonly token: number;
}

/** What {@linkcode CicdStateMgr.once} did. */
export interface OnceOutcome {
  /** Whether it ran now. */
  readonly ran: boolean;
  /** What the document knows of it. */
  readonly record: OnceRecord;
}

/**
 * What is done once. An exit status other than 0, or an error, means that it
 * failed and may run again.
 *
 * @param lock The lock that is held meanwhile.
 * @returns The exit status; nothing counts as 0.
 */
export type OnceTask = (lock: Lock) => Promise<number | void>;

/** Where things are done once. */
export interface OnceContext extends LockContext {
  /** Changes the document and its mirrors. The history records the action. */
  readonly write: (
    update: (document: Document) => Change,
    action: string,
  ) => Promise<unknown>;
}

/**
 * Does something unless the document says that it is done. Others that want to do
 * it wait meanwhile.
 *
 * @param context The store, and who does it.
 * @param id The document's id.
 * @param name What it is called.
 * @param task What to do.
 * @param options The key, and how long to wait.
 * @returns Whether it ran, and what the document knows of it.
 * @throws {CicdStateError} `TIMEOUT`, `NOT_FOUND`, `CONFLICT`, `USAGE`, `CONFIG`, `STORE` or `PERMISSION`.
 * @throws What the task throws.
 */
export async function doOnce(
  context: OnceContext,
  id: string,
  name: string,
  task: OnceTask,
  options: OnceOptions = {},
): Promise<OnceOutcome> {
  const { store, log } = context;
  const { key, ttlMs, timeoutMs = DEFAULT_WAIT_MS, signal } = options;
  const path = oncePath(name, key);
  const title = path.at(-1)!;
  const what = `"once ${title}"`;
  const lease = leaseAttempt(
    await leaseOptions(context, { id, name: `once:${title}`, what, ttlMs }),
  );
  let revision: string | undefined;

  async function findDone(
    signal: AbortSignal,
  ): Promise<OnceRecord | undefined> {
    // The document is read only if it has changed.
    if (
      revision !== undefined &&
      await store.revision(id, { signal }) === revision
    ) return undefined;
    const snapshot = await readDocument(store, id, { signal });
    checkRecords(snapshot.document, id, what);
    const record = recordAt(snapshot.document, path);
    if (record?.exitStatus === 0) return record;
    revision = snapshot.revision;
    return undefined;
  }
  const wait = log.waitFor?.(`${what} of document "${id}"`);
  const found = await poll<Lease | OnceRecord>(
    store,
    id,
    async (signal) => await findDone(signal) ?? await lease.attempt(signal),
    {
      timeoutMs,
      signal,
      pollMs: LOCK_POLL_MS,
      onOutage: ({ message }) => log.warn(`${message}; still waiting`),
      tooLate: (outage) =>
        heldTooLong(what, id, timeoutMs, outage, lease.holder()),
    },
  ).finally(() => wait?.[Symbol.dispose]());
  if (!("release" in found)) return { ran: false, record: found };
  await using lock = found;
  // It may have been done between the two looks.
  const done = await findDone(lock.signal);
  if (done !== undefined) return { ran: false, record: done };
  return { ran: true, record: await run(context, { id, path, lock, task }) };
}

/** What is done once, and the lock that is held meanwhile. */
interface Doing {
  readonly id: string;
  /** Where its record is in the document. */
  readonly path: readonly string[];
  readonly lock: Lock;
  readonly task: OnceTask;
}

/** Does it, and records when and how it went. */
async function run(
  { actor, write, log }: OnceContext,
  { id, path, lock, task }: Doing,
): Promise<OnceRecord> {
  const action = `once ${path.at(-1)}`;
  const { token } = lock;
  const start = new Date().toISOString();
  const begun = { start, end: null, exitStatus: null, actor, token };
  await write(() => [{ op: "set", path, value: begun }], `${action}: start`);

  async function finish(exitStatus: number): Promise<OnceRecord> {
    lock.signal.throwIfAborted();
    const ended = { ...begun, end: new Date().toISOString(), exitStatus };
    await write((document) => {
      const held = recordAt(document, path);
      if (held?.token === token && held.start === start) {
        return [{ op: "set", path, value: ended }];
      }
      throw new CicdStateError(
        "CONFLICT",
        `Cannot record "${action}" in document "${id}": somebody else does it now, or the document was replaced`,
        { hint: "Check what ran meanwhile" },
      );
    }, `${action}: end ${exitStatus}`);
    return ended;
  }

  let exitStatus: number | void;
  try {
    exitStatus = await task(lock);
  } catch (error) {
    await finish(1).catch(({ message }) => log.warn(message));
    throw error;
  }
  return await finish(exitStatus ?? 0);
}

/**
 * Returns what a document knows of something that is done once.
 *
 * @param document The document.
 * @param name What it is called.
 * @param key Its key, if it has one.
 * @returns The record, or `undefined` if it never began.
 * @throws {CicdStateError} `USAGE`, if the name has a colon.
 */
export function readOnce(
  document: Document,
  name: string,
  key?: string,
): OnceRecord | undefined {
  return recordAt(document, oncePath(name, key));
}

/** The record of `deploy` with the key `prod` is at `cicdOnce`, `deploy:prod`. */
function oncePath(name: string, key: string | undefined): readonly string[] {
  if (name === "" || name.includes(":")) {
    throw new CicdStateError("USAGE", `Cannot use "${name}" as a name`, {
      hint: "Write a name without a colon, and the rest as the key",
    });
  }
  return [ONCE_KEY, key === undefined ? name : `${name}:${key}`];
}

/** Checks that nobody has stored something else where the records are. */
function checkRecords(document: Document, id: string, what: string): void {
  const records = valueAt(document, [ONCE_KEY]);
  if (records === undefined || isMapping(records)) return;
  throw new CicdStateError(
    "PATH",
    `Cannot run ${what}: "${ONCE_KEY}" of document "${id}", where its record belongs, is ${
      describeType(records)
    }`,
    { hint: `Delete it: cicdstatemgr delete ${ONCE_KEY}` },
  );
}

function recordAt(
  document: Document,
  path: readonly string[],
): OnceRecord | undefined {
  const value = valueAt(document, path);
  if (!isMapping(value)) return undefined;
  const { start, end, exitStatus, actor, token } = value;
  const isRecord = typeof start === "string" && typeof actor === "string" &&
    (typeof end === "string" || end === null) && typeof token === "number" &&
    (typeof exitStatus === "number" || exitStatus === null);
  return isRecord ? { start, end, exitStatus, actor, token } : undefined;
}
