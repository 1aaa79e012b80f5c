import type { Document, Operation } from "./change.ts";
import type { StoreCoordination, StoreInfo } from "./capabilities.ts";
import type { PropertyPath } from "./path.ts";

/** How long a change may take, in milliseconds, if nothing else is configured. */
export const DEFAULT_UPDATE_TIMEOUT_MS = 30_000;

/**
 * A document as a store holds it at one moment. A store may return an object of
 * a class of its own that also carries what its next write needs.
 */
export interface Snapshot {
  /** The document. Callers must not change it. */
  readonly document: Document;
  /**
   * Identifies this state of the document; two different states never share
   * one. Those of Redis and SQLite begin with the revision's number: `7-3f2a…`.
   */
  readonly revision: string;
}

/** What a store keeps in its history about a write. */
export interface ChangeNote {
  /** Who made it, for example `ci@build-7`. */
  readonly actor: string;
  /** When it was made, in milliseconds since 1970 UTC. */
  readonly at: number;
  /** The operations; `undefined` if the whole document was written. */
  readonly operations?: readonly Operation[] | undefined;
  /** What it was for, if the operations do not tell: `rollback to 12`. */
  readonly action?: string | undefined;
}

/** A writer's place at the head of a store's queue. */
export interface Turn {
  /** Identifies the place. Opaque to callers. */
  readonly token: string;
  /**
   * Returns the document as it was when the turn came, so that the writer need
   * not read it again. Default: the writer reads it.
   * @returns The document, or `undefined` if there is none.
   * @throws {CicdStateError} `STORE`, if it cannot be read.
   */
  read?(): Promise<Snapshot | undefined>;
  /** Lets the next writer go on. */
  release(): Promise<void>;
}

/** Options of {@linkcode StateStore.takeTurn}. */
export interface TakeTurnOptions {
  /** How many races this writer has lost in this update. */
  readonly lostRaces: number;
  /** The turn that it took for its last attempt. */
  readonly turn?: Turn | undefined;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Options of {@linkcode StateStore.read} and {@linkcode StateStore.revision}. */
export interface ReadOptions {
  /** Until it is aborted, a store may retry what a broken connection cut off. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@linkcode StateStore.swap}. */
export interface SwapOptions extends ReadOptions {
  /** The turn that this writer took. */
  readonly turn?: Turn | undefined;
  /** What the history records. */
  readonly note?: ChangeNote | undefined;
  /**
   * Whole milliseconds after this write at which the document expires. 0: it never
   * does. `undefined`: the time that an earlier write set starts again.
   */
  readonly ttlMs?: number | undefined;
  /**
   * Whether to replace whatever is stored, even if it cannot be read.
   * @default {false}
   */
  readonly overwrite?: boolean | undefined;
}

/**
 * One accepted change, as {@linkcode StateStore.history} shows it.
 *
 * @example See who made the last change
 * ```ts
 * import { CicdStateMgr } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * const sqlite = { path: `${await Deno.makeTempDir()}/state.db`, isPrimary: true };
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: { sqlite } } },
 *   actor: "ci@build-7",
 * });
 * await manager.init("build-1", {
 *   appConfig: { "cicd-contexts": { stage: {} } },
 * });
 * const [latest] = await manager.history("build-1", 1);
 * strictEqual(latest?.actor, "ci@build-7");
 * ```
 */
export interface HistoryEntry {
  /** The number of the revision that it made. */
  readonly revision: number;
  /** Who made it; empty if that is not known. */
  readonly actor: string;
  /** When, in milliseconds since 1970 UTC; for an external change, when it was noticed. */
  readonly at: number;
  /** Whether a program made it that keeps no history. */
  readonly external: boolean;
  /** What it was for, if the operations do not tell. */
  readonly action?: string | undefined;
  /** The operations; missing if the whole document was written. */
  readonly operations?: readonly HistoryOperation[] | undefined;
  /** How many more operations there were than are kept. */
  readonly moreOperations?: number | undefined;
}

/** An operation in a history. Its value is shortened, and secrets are masked. */
export interface HistoryOperation {
  /** The kind of operation. */
  readonly op: Operation["op"];
  /** The path that it changed. */
  readonly path: PropertyPath;
  /** What was set, appended or added, as JSON that may end in `…`. */
  readonly value?: string | undefined;
}

/** What a store knows of the past. */
export interface StateHistory {
  /**
   * Lists the changes of a document, the newest first.
   *
   * @param id The document's id.
   * @param limit How many at most.
   * @returns The changes.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  entries(id: string, limit: number): Promise<HistoryEntry[]>;
  /**
   * Returns a document as it was.
   *
   * @param id The document's id.
   * @param revision The number of a revision.
   * @returns The document, or `undefined` if the history does not go back that far.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  documentAt(id: string, revision: number): Promise<Document | undefined>;
}

/** Options of {@linkcode StateStore.list}. */
export interface ListOptions {
  /** Lists only ids with this prefix. */
  readonly prefix?: string | undefined;
  /** The cursor of the previous page. */
  readonly cursor?: string | undefined;
}

/** One document of a {@linkcode ListPage}. */
export interface ListedDocument {
  /** The document's id. */
  readonly id: string;
  /** Its `state.cicdContextName`, if it has one. */
  readonly context?: string | undefined;
  /** Its revision, as in {@linkcode Snapshot.revision}. */
  readonly revision: string;
  /** When it was last written, in milliseconds since 1970 UTC, if known. */
  readonly updatedAt?: number | undefined;
  /** The size of what is stored, in bytes, if known. */
  readonly size?: number | undefined;
}

/** One page of the list of documents. */
export interface ListPage {
  /** In no particular order. A page may be empty even if more pages follow. */
  readonly documents: readonly ListedDocument[];
  /** Where the next page begins; `undefined` if this is the last one. */
  readonly cursor?: string | undefined;
}

/**
 * Where documents live: the primary datasource. Updates need `read` and `swap`
 * only; a store may lack what is marked optional.
 */
export interface StateStore extends StoreCoordination {
  /** Its name in messages, without secrets: `redis 127.0.0.1:6379/0`. */
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
   * Returns the revision of a document without reading all of it.
   *
   * @param id The document's id.
   * @param options When to give up.
   * @returns The revision that `read` would return, or `undefined` if there is no document.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  revision(id: string, options?: ReadOptions): Promise<string | undefined>;
  /**
   * Writes a document, unless it was written since it was read.
   *
   * @param id The document's id.
   * @param next The new document.
   * @param before What `read` returned, the same object; `undefined`: there must be no document yet.
   * @param options What else to record.
   * @returns The new revision, or `undefined` if another writer was faster and nothing was written.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  swap(
    id: string,
    next: Document,
    before: Snapshot | undefined,
    options?: SwapOptions,
  ): Promise<string | undefined>;
  /** Closes connections and files. */
  close(): Promise<void>;
  /**
   * Waits until no other writer is ahead. Turns make sure that every writer
   * makes progress; that no write is lost depends on `swap` alone.
   *
   * @param id The document's id.
   * @param options How often this writer has lost, and when to give up.
   * @returns The turn, or `undefined` if the writer needs none yet.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`; the signal's reason, if it is aborted.
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
  /** Encrypts all that it holds with the current key. Default: writing it again does. */
  reseal?(): Promise<void>;
  /** Returns what the store runs on. Throws what {@linkcode StateStore.read} throws. */
  about?(): Promise<StoreInfo>;
  /** The past of its documents, if it keeps one. */
  readonly history?: StateHistory | undefined;
}

/** A copy of a document that is written after the store accepted it. */
export interface Mirror {
  /** Its name in messages: `jsonfile localdata/state.json`. */
  readonly name: string;
  /**
   * Fails if the mirror could not be written, so that nothing is stored first.
   *
   * @throws {CicdStateError} `STORE` or `PERMISSION`.
   */
  check?(): Promise<void>;
  /**
   * Fails if the mirror could not hold what an app config defines.
   *
   * @throws {CicdStateError} `CONFIG`, naming what is in the way.
   */
  checkDefined?(document: Document): void;
  /**
   * Replaces what the mirror holds.
   *
   * @param id The document's id.
   * @param document The document.
   * @throws {CicdStateError} `STORE` or `PERMISSION`.
   */
  write(id: string, document: Document): Promise<void>;
  /**
   * Reads the document back. Only mirrors that hold all of it have this.
   *
   * @param id The document's id.
   * @returns The document, or `undefined` if the mirror is empty or holds another one.
   * @throws {CicdStateError} `STORE`, if what it holds is damaged, or `PERMISSION`.
   */
  read?(id: string): Promise<Document | undefined>;
  /**
   * Removes the document if the mirror holds it.
   *
   * @param id The document's id.
   * @throws {CicdStateError} `STORE` or `PERMISSION`.
   */
  remove?(id: string): Promise<void>;
}
