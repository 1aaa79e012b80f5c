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
