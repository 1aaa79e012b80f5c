import type { TextCodec } from "./sealing.ts";

/** How many changes a history keeps if nothing else is configured. */
export const DEFAULT_MAX_ENTRIES = 500;

/** What a store keeps of a document's past. */
export interface HistoryOptions {
  /**
   * How many changes are kept. 0 keeps no history.
   *
   * @default {500}
   */
  readonly maxEntries?: number | undefined;
  /** Removes secrets from a string before it is kept. */
  readonly mask?: ((text: string) => string) | undefined;
}

/** What a store is opened with, besides its own options. */
export interface StoreExtras {
  /** Encrypts what is stored. Default: it is stored as it is. */
  readonly codec?: TextCodec | undefined;
  /** What is kept of the past, by stores that keep a history. */
  readonly history?: HistoryOptions | undefined;
}
