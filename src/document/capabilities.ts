/**
 * Calls a function when a document may have changed. Changes can be missed and
 * calls can be needless: they only make a reader look earlier.
 *
 * @param id The document's id.
 * @param notify The function.
 * @returns What ends the calls, or `undefined` if the store cannot tell.
 */
export type WatchDocument = (
  id: string,
  notify: () => void,
) => Promise<AsyncDisposable | undefined>;

/** What a store runs on. */
export interface StoreInfo {
  /** The version of the server or the library: `7.0.15`. */
  readonly version?: string | undefined;
  /** What the clock of the server says, in milliseconds since 1970 UTC. */
  readonly time?: number | undefined;
  /** What is wrong with what it holds, in the words of its library. */
  readonly damage?: string | undefined;
}
