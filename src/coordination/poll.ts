import type { StateStore } from "../document/store.ts";
import { CicdStateError } from "../errors.ts";
import { abortable, backoffMs } from "../util/concurrency.ts";

/** The longest time between two attempts, in milliseconds. */
const MAX_POLL_MS = 2000;

/** The longest time that a timer can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** How long the first attempt may take if there is no time to wait. */
const FIRST_ATTEMPT_MS = 10_000;

/** How long somebody waits, and what happens meanwhile. */
export interface PollOptions {
  /** Milliseconds that it may take; 0: there is one attempt. */
  readonly timeoutMs: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The longest time between two attempts, in milliseconds.
   *
   * @default {2000}
   */
  readonly pollMs?: number | undefined;
  /** Called when the store fails, once until it answers again. */
  readonly onOutage?: ((error: CicdStateError) => void) | undefined;
  /**
   * Returns the error of a wait that took too long.
   *
   * @param outage The failure of the store, if it is away.
   */
  readonly tooLate: (outage: CicdStateError | undefined) => CicdStateError;
}

/**
 * Repeats an attempt until it returns a value. Between two attempts it waits a
 * growing time, or until the store reports that the document has changed. A
 * store that was reached once may be unreachable for a while.
 *
 * @typeParam T What the attempt returns.
 * @param store The store.
 * @param id The document's id.
 * @param attempt Returns a value, or `undefined` to be called again. Its signal is aborted when the time is up.
 * @param options How long to wait.
 * @returns The value.
 * @throws {CicdStateError} What `tooLate` returns; what the first attempt throws; `NOT_FOUND` or `PERMISSION`.
 * @throws The signal's reason, if it is aborted.
 */
export async function poll<T>(
  store: StateStore,
  id: string,
  attempt: (signal: AbortSignal) => Promise<T | undefined>,
  options: PollOptions,
): Promise<T> {
  const { timeoutMs, signal, pollMs = MAX_POLL_MS, onOutage, tooLate } =
    options;
  const deadline = AbortSignal.timeout(
    Math.min(Math.ceil(timeoutMs) || FIRST_ATTEMPT_MS, MAX_TIMER_MS),
  );
  const ended = signal === undefined
    ? deadline
    : AbortSignal.any([signal, deadline]);
  let outage: CicdStateError | undefined;
  try {
    const first = await attempt(ended);
    if (first !== undefined) return first;
    if (timeoutMs <= 0) throw tooLate(undefined);
    const bell = new Bell();
    await using _watch = await store.watch?.(id, () => bell.ring());
    for (let count = 1;; count++) {
      await bell.wait(backoffMs(count, { baseMs: 100, maxMs: pollMs }), ended);
      try {
        const result = await attempt(ended);
        if (result !== undefined) return result;
        outage = undefined;
      } catch (error) {
        if (!mayPass(error)) throw error;
        if (outage === undefined) onOutage?.(error);
        outage = error;
      }
    }
  } catch (error) {
    throw error === deadline.reason ? tooLate(outage) : error;
  }
}

/** Reports whether a store that fails so may be back soon. */
function mayPass(error: unknown): error is CicdStateError {
  return error instanceof CicdStateError &&
    (error.code === "STORE" || error.code === "TIMEOUT");
}

/** Lets a wait end early. */
class Bell {
  #rung = Promise.withResolvers<void>();

  /** Ends the wait, or the next one if there is none. */
  ring(): void {
    this.#rung.resolve();
  }

  /** Waits until the bell is rung, or for a time. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    const timer = setTimeout(() => this.ring(), ms);
    try {
      await abortable(this.#rung.promise, signal);
    } finally {
      clearTimeout(timer);
      this.#rung = Promise.withResolvers();
    }
  }
}
