import type { Document } from "../../document/change.ts";
import type { StoreInfo } from "../../document/capabilities.ts";
import { documentContext } from "../../document/id.ts";
import type {
  ListOptions,
  ListPage,
  ReadOptions,
  Snapshot,
  StateHistory,
  StateStore,
  SwapOptions,
  TakeTurnOptions,
  Turn,
} from "../../document/store.ts";
import { backoffMs, delay } from "../../util/concurrency.ts";
import { encodeDocument, readStoredDocument } from "../shared/document_text.ts";
import {
  type HistoryLimits,
  historyLimits,
  openText,
  revisionNumber,
  sealText,
  type StoreExtras,
  swapBase,
  type TextCodec,
} from "../shared/extras.ts";
import { Database } from "./database.ts";
import {
  isAllSealed,
  listRows,
  makeNewEntry,
  readHead,
  readRow,
  removeExpired,
  removeRow,
  SqliteSnapshot,
  writeRow,
} from "./documents.ts";
import type { ResealOptions } from "./reseal.ts";

/** How long a command waits for another process' transaction if it has no deadline. */
const BUSY_TIMEOUT_MS = 10_000;
const PAGE_SIZE = 200;
const KIND = "sqlite";

/** Options of {@linkcode sqliteStore}. */
export interface SqliteOptions {
  /** The path of the file. Missing folders are created. */
  readonly path: string;
  /** The mode of its files. By default, others cannot read them. */
  readonly mode?: number | undefined;
}

/**
 * Makes a store that keeps any number of documents in one SQLite file. Requires
 * `--allow-read` and `--allow-write` for the file's folder.
 *
 * @param options Where the file is.
 * @param extras Encryption and history.
 * @returns The store.
 */
export function sqliteStore(
  options: SqliteOptions,
  extras: StoreExtras = {},
): StateStore & AsyncDisposable {
  return new SqliteStore(options, extras);
}

class SqliteStore implements StateStore, AsyncDisposable {
  readonly name: string;
  readonly history: StateHistory | undefined;
  readonly #options: SqliteOptions;
  readonly #extras: StoreExtras;
  readonly #limits: HistoryLimits;
  #database: Promise<Database> | undefined;

  constructor(options: SqliteOptions, extras: StoreExtras) {
    this.name = `sqlite ${options.path}`;
    this.#options = options;
    this.#extras = extras;
    this.#limits = historyLimits(extras.history);
    if (this.#limits.shown > 0) this.history = this.#history();
  }

  async read(
    id: string,
    { signal }: ReadOptions = {},
  ): Promise<SqliteSnapshot | undefined> {
    const row = await this.#run((database) => readRow(database, id), signal);
    if (row === undefined) return undefined;
    const text = await openText(row.text, this.#extras.codec, {
      kind: KIND,
      id,
      revision: row.number,
      where: `"${id}" from ${this.name}`,
    });
    const document = await readStoredDocument(text, id, this.name);
    return new SqliteSnapshot(document, row, text);
  }

  async revision(
    id: string,
    { signal }: ReadOptions = {},
  ): Promise<string | undefined> {
    const head = await this.#run((database) => readHead(database, id), signal);
    return head?.revision;
  }

  async swap(
    id: string,
    next: Document,
    before: Snapshot | undefined,
    options: SwapOptions = {},
  ): Promise<string | undefined> {
    try {
      return await this.#swap(id, next, before, options);
    } catch (error) {
      // Only who holds the turn may replace the file.
      if (!options.overwrite || options.turn === undefined) throw error;
      await this.close();
      const { setAside } = await import("./error.ts");
      const aside = await setAside(error, this.#options.path);
      this.#extras.warn?.(
        `${this.name} was damaged; its documents are lost from it. It is kept as ${aside}`,
      );
      return undefined;
    }
  }

  async #swap(
    id: string,
    next: Document,
    before: Snapshot | undefined,
    options: SwapOptions,
  ): Promise<string | undefined> {
    const { overwrite = false, ttlMs, signal } = options;
    const text = encodeDocument(next);
    const from = await swapBase(
      before,
      options,
      SqliteSnapshot,
      () => this.read(id, { signal }),
    );
    if (from === "lost") return undefined;
    const { codec } = this.#extras;
    const number = codec && await this.#nextNumber(id, before, signal);
    const part = { kind: KIND, id, revision: number };
    const entry = this.#limits.shown === 0
      ? undefined
      : await makeNewEntry({ text, note: options.note, from }, {
        ...part,
        ...this.#extras,
      });
    const stored = await sealText(text, codec, part);
    const revision = await this.#run((database) =>
      database.transact(() => {
        const current = readHead(database, id);
        if (!overwrite && current?.revision !== before?.revision) {
          return undefined;
        }
        const isNext = number === 1 + (current?.number ?? 0);
        if (number !== undefined && !isNext) return undefined;
        removeExpired(database);
        return writeRow(database, id, current, {
          text: stored,
          context: documentContext(next),
          ttlMs: ttlMs ?? current?.ttlMs ?? 0,
          entry,
          entriesKept: this.#limits.entries,
          bytesKept: this.#limits.bytes,
        });
      }), signal);
    if (codec !== undefined && !await this.#run(isAllSealed, signal)) {
      const { removePlain } = await import("./reseal.ts");
      await removePlain(id, this.#resealOptions(codec, signal));
    }
    // What was written to a file that is gone is not stored.
    return await (await this.#opened()).wasReplaced() ? undefined : revision;
  }

  async takeTurn(
    _id: string,
    { turn, signal }: TakeTurnOptions,
  ): Promise<Turn> {
    if (turn !== undefined) return turn;
    const { lockFile } = await import("../../util/file_lock.ts");
    const { path, mode } = this.#options;
    const held = await lockFile(path, { what: this.name, mode, signal });
    return { token: path, release: () => held.release() };
  }

  async about(): Promise<StoreInfo> {
    const { readInfo } = await import("./info.ts");
    return await this.#run(readInfo);
  }

  async remove(id: string): Promise<boolean> {
    return await this.#run((database) =>
      database.transact(() => removeRow(database, id))
    );
  }

  async list(
    { prefix = "", cursor: after = "" }: ListOptions = {},
  ): Promise<ListPage> {
    const documents = await this.#run((database) =>
      listRows(database, { prefix, after, limit: PAGE_SIZE })
    );
    const isLast = documents.length < PAGE_SIZE;
    return { documents, cursor: isLast ? undefined : documents.at(-1)?.id };
  }

  async reseal(): Promise<void> {
    const { codec } = this.#extras;
    if (codec === undefined) return;
    const { resealAll } = await import("./reseal.ts");
    await resealAll(this.#resealOptions(codec));
  }

  readonly records: StateStore["records"] = async () =>
    (await import("./records.ts")).sqliteRecords(this.#run.bind(this));

  async close(): Promise<void> {
    const database = await this.#database?.catch(() => undefined);
    this.#database = undefined;
    database?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #history(): StateHistory {
    const open = async () => {
      const { sqliteHistory } = await import("./history.ts");
      const { codec } = this.#extras;
      const run: ResealOptions["run"] = (use) => this.#run(use);
      const maxEntries = this.#limits.shown;
      return sqliteHistory({ name: this.name, maxEntries, codec, run });
    };
    return {
      entries: async (id, limit) => (await open()).entries(id, limit),
      documentAt: async (id, revision) =>
        (await open()).documentAt(id, revision),
    };
  }

  #resealOptions(codec: TextCodec, signal?: AbortSignal): ResealOptions {
    return { run: (use) => this.#run(use, signal), codec, name: this.name };
  }

  /** Returns the number of the next revision, to which encryption binds it. */
  async #nextNumber(
    id: string,
    before: Snapshot | undefined,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const revision = before?.revision ?? await this.revision(id, { signal });
    return revision === undefined ? 1 : revisionNumber(revision) + 1;
  }

  /**
   * Runs a function on the database. While another process has it locked, waits
   * without blocking this one.
   */
  async #run<T>(
    use: (database: Database) => T,
    signal?: AbortSignal,
  ): Promise<T> {
    const giveUpAt = performance.now() + BUSY_TIMEOUT_MS;
    for (let attempt = 1;; attempt++) {
      try {
        if (await (await this.#opened()).wasReplaced()) await this.close();
        const database = await this.#opened();
        const result = use(database);
        if (!database.isReadOnly || !await database.wasReplaced()) {
          return result;
        }
      } catch (error) {
        const { isBusy, sqliteError } = await import("./error.ts");
        const isTimeUp = signal === undefined && performance.now() > giveUpAt;
        if (isTimeUp || !isBusy(error)) {
          throw sqliteError(error, this.name, this.#options.path);
        }
        await delay(backoffMs(attempt), signal);
      }
    }
  }

  #opened(): Promise<Database> {
    if (this.#database !== undefined) return this.#database;
    const { path, mode } = this.#options;
    const { warn } = this.#extras;
    const database = Database.open(path, { name: this.name, mode, warn });
    this.#database = database;
    database.catch(() => this.#database = undefined);
    return database;
  }
}
