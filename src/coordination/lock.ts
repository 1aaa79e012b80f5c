import type { StateStore } from "../document/store.ts";
import { CicdStateError } from "../errors.ts";
import { formatDuration } from "../util/duration.ts";
import type { Logger } from "../util/log.ts";
import { DEFAULT_LEASE_MS, leaseAttempt, type LeaseOptions } from "./lease.ts";
import { poll } from "./poll.ts";
import { DEFAULT_WAIT_MS } from "./wait.ts";

/** How long those who wait for a lock look away at most, in milliseconds. */
export const LOCK_POLL_MS = 1000;

/**
 * Options of {@linkcode CicdStateMgr.lock}.
 *
 * @example Let one process at a time deploy
 * ```ts
 * import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { rejects, strictEqual } from "node:assert/strict";
 *
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: {} } },
 *   store: memoryStore(),
 * });
 * await manager.init("build-1", {
 *   appConfig: { "cicd-contexts": { stage: {} } },
 * });
 * {
 *   await using lock = await manager.lock("build-1", "deploy");
 *   strictEqual(lock.token, 1);
 *   await rejects(manager.lock("build-1", "deploy", { timeoutMs: 0 }), {
 *     code: "TIMEOUT",
 *   });
 * }
 * await using lock = await manager.lock("build-1", "deploy");
 * strictEqual(lock.token, 2);
 * ```
 */
export interface LockOptions {
  /**
   * Milliseconds after which others can take the lock if its holder sends no
   * heartbeat: 100 or more.
   *
   * @default {30_000}
   */
  readonly ttlMs?: number | undefined;
  /**
   * Milliseconds to wait at most. 0: the lock must be free.
   *
   * @default {600_000}
   */
  readonly timeoutMs?: number | undefined;
  /** Ends the wait: the call fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A lock that this process holds. It sends heartbeats until it is released.
 * At the end of an `await using` block it is released, and nothing is thrown if it
 * was lost: check its signal.
 */
export interface Lock extends AsyncDisposable {
  /**
   * A number that is larger than those of all earlier holders. What is changed
   * while the lock is held can refuse smaller ones: they are of a holder that does
   * not know yet that it has lost the lock.
   */
  readonly token: number;
  /** Aborted if the lock is lost. The reason is a {@linkcode CicdStateError} `CONFLICT`. */
  readonly signal: AbortSignal;
  /**
   * Lets the next one have the lock.
   *
   * @throws {CicdStateError} `CONFLICT`, if it was lost before.
   */
  release(): Promise<void>;
}

/** Whose locks they are, and where they are kept. */
export interface LockContext {
  /** The store that has the document. */
  readonly store: StateStore;
  /** Who takes them, for the messages of others. */
  readonly actor: string;
  /** Receives warnings. */
  readonly log: Logger;
}

/**
 * Waits for a lock of a document.
 *
 * @param context The store, and who wants the lock.
 * @param id The document's id.
 * @param name The lock's name.
 * @param options How long it lasts, and how long to wait.
 * @returns The lock. Release it after use.
 * @throws {CicdStateError} `TIMEOUT`, `NOT_FOUND`, `USAGE`, `CONFIG`, `STORE` or `PERMISSION`.
 */
export async function takeLock(
  context: LockContext,
  id: string,
  name: string,
  options: LockOptions = {},
): Promise<Lock> {
  const { timeoutMs = DEFAULT_WAIT_MS, signal } = options;
  const what = `lock "${name}"`;
  const lease = await leaseOptions(context, {
    id,
    name: `lock:${name}`,
    what,
    ttlMs: options.ttlMs,
  });
  const { attempt, holder } = leaseAttempt(lease);
  using _wait = context.log.waitFor?.(`${what} of document "${id}"`);
  return await poll(context.store, id, attempt, {
    timeoutMs,
    signal,
    pollMs: LOCK_POLL_MS,
    onOutage: ({ message }) => context.log.warn(`${message}; still waiting`),
    tooLate: (outage) => heldTooLong(what, id, timeoutMs, outage, holder()),
  });
}

/**
 * Opens what a lease needs.
 *
 * @param context The store, and who wants the lease.
 * @param lease What it is called, and how long it lasts.
 * @returns The options of the lease.
 * @throws {CicdStateError} `CONFIG`, if the store cannot hold locks.
 */
export async function leaseOptions(
  { store, actor, log }: LockContext,
  { ttlMs = DEFAULT_LEASE_MS, ...lease }:
    & Pick<LeaseOptions, "id" | "name" | "what">
    & Pick<LockOptions, "ttlMs">,
): Promise<LeaseOptions> {
  const records = await store.records?.();
  if (records !== undefined) {
    return { ...lease, ttlMs, store, records, actor, log };
  }
  const { kindsThatCan } = await import("../datasources/registry.ts");
  throw new CicdStateError(
    "CONFIG",
    `Cannot hold locks: ${store.name} does not support it`,
    { hint: `Make ${await kindsThatCan("hold locks")} the primary` },
  );
}

/** Returns the error of somebody who waited too long for a lease. */
export function heldTooLong(
  what: string,
  id: string,
  timeoutMs: number,
  outage: CicdStateError | undefined,
  holder: string,
): CicdStateError {
  const why = outage?.message ?? `${holder || "somebody"} holds it`;
  return new CicdStateError(
    "TIMEOUT",
    `Waited ${
      formatDuration(timeoutMs)
    } for ${what} of document "${id}": ${why}`,
    { hint: "Check what holds it, or wait longer", cause: outage },
  );
}
