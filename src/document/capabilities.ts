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

/**
 * Small strings that a store keeps beside a document, such as who holds a lock.
 * They are not part of it: revisions, the history, mirrors and lists do not show
 * them. They stay if the document is replaced, and are removed with it. They are
 * not encrypted.
 */
export interface StateRecords {
  /**
   * Reads a record.
   *
   * @param id The document's id.
   * @param name The record's name.
   * @param signal Until it is aborted, a store may retry what a broken connection cut off.
   * @returns The record, or `undefined` if there is none.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  read(
    id: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<string | undefined>;
  /**
   * Writes a record, unless it was written since it was read.
   *
   * @param id The document's id.
   * @param name The record's name.
   * @param next The new record. It must differ from all earlier ones.
   * @param before What `read` returned; `undefined`: there must be no record yet.
   * @param signal As for `read`.
   * @returns Whether it was written. It is not if another writer was faster, or if there is no such document.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  swap(
    id: string,
    name: string,
    next: string,
    before: string | undefined,
    signal?: AbortSignal,
  ): Promise<boolean>;
}

/** What a store may offer to processes that wait for one another. */
export interface StoreCoordination {
  /** Opens its records, if it keeps some. Locks need them. */
  readonly records?: (() => Promise<StateRecords>) | undefined;
  /** Tells of changes, if it can. Without it, those who wait look again and again. */
  readonly watch?: WatchDocument | undefined;
}
