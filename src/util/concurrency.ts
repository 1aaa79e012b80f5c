/** Lets one caller at a time pass for each key, first come, first served. */
export class KeyedQueue {
  readonly #ends = new Map<string, Promise<void>>();

  /**
   * Waits until all earlier callers have left.
   *
   * @param key Names what only one caller may use at a time.
   * @param signal Ends the wait.
   * @returns The function to call to leave.
   * @throws The signal's reason, if it is aborted.
   */
  async enter(
    key: string,
    signal: AbortSignal | undefined,
  ): Promise<() => void> {
    const ahead = this.#ends.get(key);
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    const end = ahead === undefined ? left : ahead.then(() => left);
    this.#ends.set(key, end);
    end.then(() => {
      if (this.#ends.get(key) === end) this.#ends.delete(key);
    });
    try {
      if (ahead !== undefined) {
        await (signal === undefined ? ahead : abortable(ahead, signal));
      }
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }
}

/**
 * Waits for a time.
 *
 * @param ms Milliseconds.
 * @param signal Ends the wait.
 * @throws The signal's reason, if it is aborted.
 */
export async function delay(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  function abort() {
    reject(signal!.reason);
  }
  signal?.addEventListener("abort", abort);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/**
 * Waits for a promise until a signal is aborted. Aborting does not stop the
 * work of the promise.
 *
 * @typeParam T The type of the promise's value.
 * @param promise The promise.
 * @param signal Ends the wait.
 * @returns The promise's value.
 * @throws The signal's reason, if it is aborted; the reason of a rejected promise.
 */
export async function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  function abort() {
    aborted.reject(signal.reason);
  }
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/**
 * Chooses how long to wait before the next attempt. The upper bound doubles with
 * each attempt, and the choice is random, so that callers that collided spread out.
 *
 * @param attempt The number of failed attempts, from 1.
 * @param options The bound after the first attempt, and the largest bound.
 * @returns Milliseconds.
 */
export function backoffMs(
  attempt: number,
  { baseMs = 4, maxMs = 64 }: { baseMs?: number; maxMs?: number } = {},
): number {
  return Math.random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
}
