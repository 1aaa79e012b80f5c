import type { StateRecords } from "../document/capabilities.ts";
import type { StateStore } from "../document/store.ts";
import { notFound } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import { abortable, delay } from "../util/concurrency.ts";
import { formatDuration } from "../util/duration.ts";
import type { Logger } from "../util/log.ts";
import { isMapping, type Value } from "../values.ts";
import { parseJson } from "../formats/json.ts";

/** The default time that a lease lasts without a heartbeat, in milliseconds. */
export const DEFAULT_LEASE_MS = 30_000;

/** Shorter leases would be lost to a server that is busy for a moment. */
const MIN_LEASE_MS = 100;

/** No timer can wait longer. */
const MAX_LEASE_MS = 2 ** 31 - 1;

/** What others wait beyond the time of a lease, so that its holder ends first. */
const GRACE_MS = 1000;

/** How many heartbeats a holder sends in the time of a lease. */
const BEATS = 3;

/** A lease as it is stored. */
interface LeaseRecord {
  /** Grows with each holder. */
  readonly token: number;
  /** Who holds it; empty: nobody. */
  readonly owner: string;
  /** Grows with each heartbeat. */
  readonly beat: number;
  /** How long it lasts without one. */
  readonly ttlMs: number;
  /** Who that is, for messages. */
  readonly by: string;
}

/** Where a lease is kept, and who wants it. */
export interface LeaseOptions {
  /** The store that has the document. */
  readonly store: StateStore;
  /** The store's records. */
  readonly records: StateRecords;
  /** The document's id. */
  readonly id: string;
  /** The record's name. */
  readonly name: string;
  /** What the lease is called in messages: `lock "deploy"`. */
  readonly what: string;
  /** How long it lasts without a heartbeat, in milliseconds. */
  readonly ttlMs: number;
  /** Who takes it, for the messages of others. */
  readonly actor: string;
  /** Receives a warning if it cannot be released. */
  readonly log: Logger;
}

/** A lease that this process holds. It sends heartbeats until it is released. */
export class Lease implements AsyncDisposable {
  /** A number that is larger than those of all earlier holders. */
  readonly token: number;
  readonly #options: LeaseOptions;
  readonly #lost = new AbortController();
  readonly #released = new AbortController();
  readonly #beating: Promise<void>;
  #record: LeaseRecord;
  /** When the last heartbeat was sent, by this machine's clock. */
  #renewedAt: number;

  /**
   * @param options Where it is kept.
   * @param record What is stored now.
   * @param takenAt When that was sent.
   */
  constructor(options: LeaseOptions, record: LeaseRecord, takenAt: number) {
    this.token = record.token;
    this.#options = options;
    this.#record = record;
    this.#renewedAt = takenAt;
    this.#beating = this.#keepAlive();
  }

  /** Aborted if the lease is lost. The reason is a {@linkcode CicdStateError} `CONFLICT`. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Lets the next one have it. If that fails, the lease ends by itself.
   *
   * @throws {CicdStateError} `CONFLICT`, if it was lost before.
   */
  async release(): Promise<void> {
    await this.#end();
    this.signal.throwIfAborted();
  }

  /** Releases it if it was not lost. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end();
  }

  async #end(): Promise<void> {
    if (this.#released.signal.aborted) return;
    this.#released.abort();
    await this.#beating;
    if (!this.signal.aborted) await this.#free();
  }

  async #free(): Promise<void> {
    const { log, what, ttlMs } = this.#options;
    const limit = AbortSignal.timeout(Math.max(GRACE_MS, ttlMs / BEATS));
    try {
      const isFree = await this.#swap({ ...this.#record, owner: "" }, limit);
      if (!isFree) this.#lose("somebody else took it");
    } catch (error) {
      const why = error instanceof CicdStateError ? error.message : "no answer";
      log.warn(
        `Cannot release ${what}: ${why}; others can have it in ${
          formatDuration(ttlMs + GRACE_MS)
        }`,
      );
    }
  }

  async #keepAlive(): Promise<void> {
    const { ttlMs } = this.#options;
    const stop = this.#released.signal;
    let waitMs = ttlMs / BEATS;
    while (!stop.aborted && !this.signal.aborted) {
      try {
        await delay(waitMs, stop);
      } catch {
        return;
      }
      waitMs = await this.#beat();
    }
  }

  /** Sends a heartbeat, and returns how long to wait before the next one. */
  async #beat(): Promise<number> {
    const { ttlMs } = this.#options;
    const sentAt = performance.now();
    // A process that was stopped for long may still be the last holder.
    const leftMs = Math.max(
      this.#renewedAt + ttlMs - sentAt,
      ttlMs / BEATS,
    );
    const { beat } = this.#record;
    try {
      const next = { ...this.#record, beat: beat + 1 };
      const limit = AbortSignal.any([
        AbortSignal.timeout(Math.ceil(leftMs)),
        this.#released.signal,
      ]);
      if (await this.#swap(next, limit)) {
        this.#renewedAt = sentAt;
        return ttlMs / BEATS;
      }
      this.#lose("somebody else took it, or the document is gone");
    } catch (error) {
      if (performance.now() >= this.#renewedAt + ttlMs) {
        const why = error instanceof CicdStateError
          ? error.message
          : "no answer from the store";
        this.#lose(why, error);
      }
    }
    return ttlMs / BEATS / 4;
  }

  /** Writes the record. Returns false if it is no longer this holder's. */
  async #swap(next: LeaseRecord, signal: AbortSignal): Promise<boolean> {
    const { records, id, name } = this.#options;
    const swap = async (): Promise<boolean> => {
      const before = JSON.stringify(this.#record);
      const after = JSON.stringify(next);
      let isWritten = await records.swap(id, name, after, before, signal);
      if (!isWritten) {
        // An earlier attempt whose answer is missing may have been late.
        const held = await records.read(id, name, signal);
        const isOwn = held !== undefined &&
          parseRecord(held)?.owner === next.owner;
        isWritten = isOwn &&
          await records.swap(id, name, after, held, signal);
      }
      if (isWritten) this.#record = next;
      return isWritten;
    };
    return await abortable(swap(), signal);
  }

  #lose(why: string, cause?: unknown): void {
    const { what, id } = this.#options;
    this.#lost.abort(
      new CicdStateError(
        "CONFLICT",
        `Lost ${what} of document "${id}": ${why}`,
        {
          hint:
            "Check what ran meanwhile, and raise --ttl if the store was only slow",
          cause,
        },
      ),
    );
  }
}

/**
 * Returns an attempt to take a lease, for a caller that repeats it. No clocks are
 * compared: a holder counts as dead when its record has not changed for the
 * time of its lease, by the clock of the one who waits.
 *
 * @param options Where the lease is kept, and who wants it.
 * @returns The attempt, which returns the lease or else `undefined`, and who holds it.
 */
export function leaseAttempt(options: LeaseOptions): {
  readonly attempt: (signal: AbortSignal) => Promise<Lease | undefined>;
  readonly holder: () => string;
} {
  const { store, records, id, name, ttlMs, actor } = options;
  checkTtl(ttlMs);
  const owner = crypto.randomUUID();
  let seen: string | undefined;
  let seenAt = 0;
  let holder = "";

  async function attempt(signal: AbortSignal): Promise<Lease | undefined> {
    const askedAt = performance.now();
    const stored = await records.read(id, name, signal);
    const held = stored === undefined ? undefined : parseRecord(stored);
    // The answer to an earlier attempt may be missing.
    if (held?.owner === owner) return new Lease(options, held, askedAt);
    if (held !== undefined && held.owner !== "") {
      holder = held.by;
      if (stored !== seen) {
        seen = stored;
        seenAt = performance.now();
        return undefined;
      }
      if (askedAt - seenAt <= held.ttlMs + GRACE_MS) return undefined;
    }
    if (await store.revision(id, { signal }) === undefined) {
      throw notFound(store, id);
    }
    const record: LeaseRecord = {
      token: (held?.token ?? 0) + 1,
      owner,
      beat: 0,
      ttlMs,
      by: actor,
    };
    const takenAt = performance.now();
    const text = JSON.stringify(record);
    if (!await records.swap(id, name, text, stored, signal)) return undefined;
    return new Lease(options, record, takenAt);
  }
  return { attempt, holder: () => holder };
}

function checkTtl(ttlMs: number): void {
  if (ttlMs >= MIN_LEASE_MS && ttlMs <= MAX_LEASE_MS) return;
  throw new CicdStateError(
    "USAGE",
    `Cannot use --ttl ${formatDuration(ttlMs)}`,
    {
      hint: `Use ${formatDuration(MIN_LEASE_MS)} to 24d`,
    },
  );
}

/** Parses a record; what this program did not write counts as nobody's. */
function parseRecord(text: string): LeaseRecord | undefined {
  const value: Value = parseJson(text);
  if (!isMapping(value)) return undefined;
  const { token, owner, beat, ttlMs, by } = value;
  const isRecord = typeof token === "number" && typeof owner === "string" &&
    typeof beat === "number" && typeof ttlMs === "number" &&
    typeof by === "string";
  return isRecord ? { token, owner, beat, ttlMs, by } : undefined;
}
