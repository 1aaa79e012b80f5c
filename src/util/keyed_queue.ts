import { abortable } from "./retry.ts";

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
