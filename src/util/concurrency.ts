/** Lets one at a time pass for each key, in the order in which they came. */
export class KeyedQueue {
  readonly #ends = new Map<string, Promise<void>>();

  /**
   * Waits until all who came before have left.
   *
   * @param key What must not be used by two at once.
   * @param signal Ends the wait.
   * @returns What must be called to leave.
   * @throws What the signal was aborted with.
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
 * Waits, unless the signal ends the wait.
 *
 * @param ms Milliseconds.
 * @param signal Ends the wait.
 * @throws What the signal was aborted with.
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
 * Waits for a promise, unless the signal ends the wait. The promise goes on.
 *
 * @typeParam T What the promise gives.
 * @param promise The promise.
 * @param signal Ends the wait.
 * @returns What the promise gives.
 * @throws What the signal was aborted with.
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
 * How long to wait before another attempt: anything up to a bound that doubles
 * with each attempt, so that those who collided once part.
 *
 * @param attempt The number of attempts that failed, from 1.
 * @param options The bounds.
 * @returns Milliseconds.
 */
export function backoffMs(
  attempt: number,
  { baseMs = 4, maxMs = 64 }: { baseMs?: number; maxMs?: number } = {},
): number {
  return Math.random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1));
}
