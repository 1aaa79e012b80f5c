import type { Document, Operation } from "../state/change.ts";

/** A document as a store holds it at one moment. */
export interface Snapshot {
  /** The document. Callers must not change it. */
  readonly document: Document;
  /**
   * Names this state of the document in the store; two different states never
   * share one. Opaque to callers.
   */
  readonly revision: string;
}

/** What a store keeps in its history about a swap. */
export interface ChangeNote {
  /** Who made it, for example `ci@build-7`. */
  readonly actor: string;
  /** When it was made, in milliseconds since 1970 UTC. */
  readonly at: number;
  /** The operations; `undefined`: the whole document was created anew. */
  readonly operations?: readonly Operation[] | undefined;
}

/** Options of {@linkcode StateStore.swap}. */
export interface SwapOptions {
  /** What the history says of it. */
  readonly note?: ChangeNote | undefined;
  /** Milliseconds after which the document expires, counted from this write. */
  readonly ttlMs?: number | undefined;
}

/** Where documents live: the primary datasource. */
export interface StateStore {
  /** Names it in messages, without secrets: `redis 127.0.0.1:6379/0`. */
  readonly name: string;
  /**
   * Reads a document.
   *
   * @param id The document's id.
   * @returns The document and its revision, or `undefined` if there is none.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  read(id: string): Promise<Snapshot | undefined>;
  /**
   * Writes a document if nobody wrote it since it was read.
   *
   * @param id The document's id.
   * @param next The new document.
   * @param expected The revision it was made from; `undefined`: there must be none yet.
   * @param options What else to record.
   * @returns The new revision, or `undefined` if somebody else was faster and nothing was written.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  swap(
    id: string,
    next: Document,
    expected: string | undefined,
    options?: SwapOptions,
  ): Promise<string | undefined>;
  /** Ends connections and releases files. */
  close(): Promise<void>;
}

/** A file that tasks read: written after the store accepted a document. */
export interface Mirror {
  /** Names it in messages: `jsonfile localdata/state.json`. */
  readonly name: string;
  /**
   * Replaces what the mirror holds.
   *
   * @param id The document's id.
   * @param document The document.
   * @throws {CicdStateError} `STORE` or `PERMISSION`.
   */
  write(id: string, document: Document): Promise<void>;
  /**
   * Reads the document back; only mirrors that keep all of it have this.
   *
   * @param id The document's id.
   * @returns The document, or `undefined` if the mirror holds none or another id's.
   */
  read?(id: string): Promise<Document | undefined>;
}
