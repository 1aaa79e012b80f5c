import type { Document, Operation } from "./change.ts";

/** A document as a store holds it at one moment. */
export interface Snapshot {
  /** The document. Callers must not change it. */
  readonly document: Document;
  /**
   * Names this state of the document in the store; two different states never
   * share one. Redis and SQLite begin it with the revision's number: `7-3f2a…`.
   */
  readonly revision: string;
}

/** What a store keeps in its history about a swap. */
export interface ChangeNote {
  /** Who made it, for example `ci@build-7`. */
  readonly actor: string;
  /** When it was made, in milliseconds since 1970 UTC. */
  readonly at: number;
  /** The operations; `undefined`: the whole document was written anew. */
  readonly operations?: readonly Operation[] | undefined;
  /** What it was for, where the operations do not tell: `rollback to 12`. */
  readonly action?: string | undefined;
}

/** A writer's place at the head of a store's queue. */
export interface Turn {
  /** Names the place. Opaque to callers. */
  readonly token: string;
  /** Lets the next writer go on. */
  release(): Promise<void>;
}

/** Options of {@linkcode StateStore.takeTurn}. */
export interface TakeTurnOptions {
  /** How many races this writer lost so far in this update. */
  readonly lostRaces: number;
  /** The turn that it took before it lost the last one. */
  readonly turn?: Turn | undefined;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Options of {@linkcode StateStore.read}. */
export interface ReadOptions {
  /** The turn that this reader took, to write afterwards. */
  readonly turn?: Turn | undefined;
  /** Until then, a store may try again what a broken connection cut off. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@linkcode StateStore.swap}. */
export interface SwapOptions extends ReadOptions {
  /** What the history says of it. */
  readonly note?: ChangeNote | undefined;
  /**
   * Milliseconds after which the document expires, counted from this write.
   * 0: it does not expire. `undefined`: the time given by an earlier write
   * starts anew.
   */
  readonly ttlMs?: number | undefined;
  /**
   * Whether to write whatever is there now, even what cannot be read.
   *
   * @default {false}
   */
  readonly overwrite?: boolean | undefined;
}

/** One accepted change, as {@linkcode StateStore.history} shows it. */
export interface HistoryEntry {
  /** The number of the revision that it made. */
  readonly revision: number;
  /** Who made it; empty if that is not known. */
  readonly actor: string;
  /** When, in milliseconds since 1970 UTC; of an external one, when it was noticed. */
  readonly at: number;
  /** Whether a program wrote it that knows nothing of history. */
  readonly external: boolean;
  /** What it was for, where the operations do not tell. */
  readonly action?: string | undefined;
  /** What was done; missing if the whole document was written. */
  readonly operations?: readonly HistoryOperation[] | undefined;
  /** How many more operations there were than are kept. */
  readonly moreOperations?: number | undefined;
}

/** An operation in a history, its value shortened and without secrets. */
export interface HistoryOperation {
  /** The kind of operation. */
  readonly op: Operation["op"];
  /** The path that it changed. */
  readonly path: readonly string[];
  /** What was set, appended or added, as JSON text that may end in `…`. */
  readonly value?: string | undefined;
}

/** What a store can tell of the past. */
export interface StateHistory {
  /**
   * Lists changes, the newest first.
   *
   * @param id The document's id.
   * @param limit How many at most.
   * @returns The changes.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  entries(id: string, limit: number): Promise<HistoryEntry[]>;
  /**
   * Finds a document as it was.
   *
   * @param id The document's id.
   * @param revision The number of a revision.
   * @returns The document, or `undefined` if the history does not reach it.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  documentAt(id: string, revision: number): Promise<Document | undefined>;
}

/** Options of {@linkcode StateStore.list}. */
export interface ListOptions {
  /** Only ids that begin with this. */
  readonly prefix?: string | undefined;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
}

/** One document of a {@linkcode ListPage}. */
export interface ListedDocument {
  /** The document's id. */
  readonly id: string;
  /** Its `state.cicdContextName`, if it has one. */
  readonly context?: string | undefined;
  /** Its revision, as {@linkcode Snapshot.revision}. */
  readonly revision: string;
  /** When it was last written, in milliseconds since 1970 UTC, if known. */
  readonly updatedAt?: number | undefined;
  /** Size of what is stored, in bytes, if known. */
  readonly size?: number | undefined;
}

/** A part of the list of all documents. */
export interface ListPage {
  /** In no order; a page may be empty though others follow. */
  readonly documents: readonly ListedDocument[];
  /** What continues the list; `undefined`: this was the last page. */
  readonly cursor?: string | undefined;
}

/**
 * Where documents live: the primary datasource. `read` and `swap` carry every
 * update; what is marked optional, a store may lack.
 */
export interface StateStore {
  /** Names it in messages, without secrets: `redis 127.0.0.1:6379/0`. */
  readonly name: string;
  /**
   * Reads a document.
   *
   * @param id The document's id.
   * @param options When to give up.
   * @returns The document and its revision, or `undefined` if there is none.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  read(id: string, options?: ReadOptions): Promise<Snapshot | undefined>;
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
  /**
   * Waits until no other writer is ahead. A turn makes sure that each writer
   * gets on; that no write is lost is up to `swap` alone.
   *
   * @param id The document's id.
   * @param options How often this writer lost, and when to give up.
   * @returns The turn, or `undefined` if none is needed yet.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`; what the signal was aborted with.
   */
  takeTurn?(id: string, options: TakeTurnOptions): Promise<Turn | undefined>;
  /**
   * Removes a document and its history.
   *
   * @param id The document's id.
   * @returns Whether there was one.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  remove?(id: string): Promise<boolean>;
  /**
   * Lists the documents, page by page.
   *
   * @param options Which ones.
   * @returns A page.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  list?(options?: ListOptions): Promise<ListPage>;
  /** The past of its documents, if it keeps one. */
  readonly history?: StateHistory | undefined;
}

/** A file that tasks read: written after the store accepted a document. */
export interface Mirror {
  /** Names it in messages: `jsonfile localdata/state.json`. */
  readonly name: string;
  /**
   * Fails if it could not be written, so that nothing is stored first.
   *
   * @throws {CicdStateError} `STORE` or `PERMISSION`.
   */
  check?(): Promise<void>;
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
   * @throws {CicdStateError} `STORE`, if what it holds is damaged, or `PERMISSION`.
   */
  read?(id: string): Promise<Document | undefined>;
  /**
   * Removes the document, if the mirror holds it and can be read back.
   *
   * @param id The document's id.
   * @throws {CicdStateError} `STORE` or `PERMISSION`.
   */
  remove?(id: string): Promise<void>;
}
