import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { CicdStateError, type ErrorCode } from "../../errors.ts";
import type { Document } from "../../document/change.ts";
import { documentContext } from "../../document/id.ts";
import { createPrivateFile, fileError, lockFile } from "../../util/files.ts";
import {
  decodeDocument,
  encodeDocument,
  openText,
  sealText,
} from "../shared/document_text.ts";
import {
  type Chain,
  makeEntry,
  readEntry,
  SPARE_ENTRIES,
  textAt,
} from "../shared/history_log.ts";
import type {
  HistoryEntry,
  ListedDocument,
  ListOptions,
  ListPage,
  Snapshot,
  StateHistory,
  StateStore,
  SwapOptions,
  TakeTurnOptions,
  Turn,
} from "../../document/store.ts";
import type { DatasourceExtras, FileOptions } from "../types.ts";

/** How long a statement waits for another process' transaction. */
const BUSY_TIMEOUT_MS = 10_000;
const SCHEMA_VERSION = 1;

const SCHEMA = `
CREATE TABLE documents (
  id TEXT PRIMARY KEY, text TEXT NOT NULL, number INTEGER NOT NULL,
  write TEXT NOT NULL, context TEXT, updated_at INTEGER NOT NULL,
  ttl INTEGER NOT NULL, expires_at INTEGER,
  chain_count INTEGER, chain_length INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE history (
  id TEXT NOT NULL, number INTEGER NOT NULL, kept TEXT NOT NULL,
  PRIMARY KEY (id, number)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Opens a database, and makes it if there is none.
 *
 * @param path The file's path. Missing folders are created.
 * @param name Names it in messages.
 * @returns The database.
 * @throws {CicdStateError} `STORE` or `PERMISSION`.
 */
async function openDatabase(
  path: string,
  name: string,
): Promise<DatabaseSync> {
  let database: DatabaseSync | undefined;
  try {
    // SQLite gives its other files the mode of this one.
    (await createPrivateFile(path, { mustBeNew: false })).close();
    const { DatabaseSync } = await import("node:sqlite");
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    prepareSchema(database, name);
    return database;
  } catch (error) {
    database?.close();
    throw sqliteError(error, name, path);
  }
}

function prepareSchema(database: DatabaseSync, name: string): void {
  // Together with WAL: what was acknowledged survives a power cut.
  database.exec("PRAGMA synchronous = FULL");
  let version = schemaVersion(database);
  if (version === 0) {
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("BEGIN IMMEDIATE");
    // Another process may have been faster.
    if (schemaVersion(database) === 0) database.exec(SCHEMA);
    database.exec("COMMIT");
    version = schemaVersion(database);
  }
  if (version === SCHEMA_VERSION) return;
  throw new CicdStateError(
    "STORE",
    `Cannot use ${name}: its format is ${version}, this program knows ${SCHEMA_VERSION}`,
    { hint: "Use a newer version of this program, or another file" },
  );
}

function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version);
}

/** What SQLite says, and how to mend it. Not every failure has a number. */
const FAILURES: readonly [RegExp, ErrorCode, string, string][] = [
  [
    /is locked|is busy/,
    "TIMEOUT",
    "another program keeps it locked",
    "Look for a program that has the file open",
  ],
  [
    /readonly database|unable to open/,
    "PERMISSION",
    "the file or its folder cannot be written",
    "Give this user the right to write the file and its folder",
  ],
  [
    /malformed|not a database/,
    "STORE",
    "the file is damaged or no SQLite database",
    "Restore it from a copy, or choose another path",
  ],
  [
    /disk is full/,
    "STORE",
    "the disk is full",
    "Free some space and run it again",
  ],
];

/**
 * Turns a failure of SQLite into an error that says how to mend it.
 *
 * @param cause The failure.
 * @param name Names the database.
 * @param path Its path.
 * @returns The error to throw.
 */
function sqliteError(
  cause: unknown,
  name: string,
  path: string,
): unknown {
  const { code, message } = cause as { code?: string; message: string };
  if (code !== "ERR_SQLITE_ERROR") return fileError(cause, "write", name, path);
  const [, kind, why, hint]: (typeof FAILURES)[number] =
    FAILURES.find(([pattern]) => pattern.test(message)) ??
      [/./, "STORE", message, `Check the file ${path} and its folder`];
  return new CicdStateError(kind, `Cannot use ${name}: ${why}`, {
    hint,
    cause,
  });
}

const PAGE_SIZE = 200;

/**
 * Makes a store that keeps any number of documents in one SQLite file. Requires
 * `--allow-read` and `--allow-write` for the file's folder.
 *
 * @param options Where the file is.
 * @param extras History and encryption.
 * @returns The store.
 */
export function sqliteStore(
  options: FileOptions,
  extras: DatasourceExtras = {},
): StateStore & AsyncDisposable {
  return new SqliteStore(options.path, extras);
}

/** A row of the table of documents. */
interface Row {
  readonly text: string;
  readonly number: number;
  readonly write: string;
  readonly ttl: number;
  readonly chainCount: number | null;
  readonly chainLength: number | null;
}

class SqliteStore implements StateStore, AsyncDisposable {
  readonly name: string;
  readonly history: StateHistory | undefined;
  readonly #path: string;
  readonly #extras: DatasourceExtras;
  readonly #maxEntries: number;
  #database: Promise<DatabaseSync> | undefined;

  constructor(path: string, extras: DatasourceExtras) {
    this.name = `sqlite ${path}`;
    this.#path = path;
    this.#extras = extras;
    this.#maxEntries = extras.history?.maxEntries ?? 500;
    if (this.#maxEntries > 0) {
      this.history = {
        entries: (id, limit) => this.#entries(id, limit),
        documentAt: (id, revision) => this.#documentAt(id, revision),
      };
    }
  }

  async read(id: string): Promise<Snapshot | undefined> {
    const row = await this.#run((database) => readRow(database, id));
    if (row === undefined) return undefined;
    return {
      document: await this.#decode(id, await this.#open(row.text)),
      revision: revisionOf(row),
    };
  }

  async swap(
    id: string,
    next: Document,
    expected: string | undefined,
    options: SwapOptions = {},
  ): Promise<string | undefined> {
    const text = encodeDocument(next);
    const before = await this.#run((database) => readRow(database, id));
    if (!options.overwrite && (before && revisionOf(before)) !== expected) {
      return undefined;
    }
    const entry = await this.#entry(text, before, options);
    const stored = await this.#seal(text);
    return await this.#run((database) =>
      transact(database, () => {
        const current = readRow(database, id);
        if (
          (current && revisionOf(current)) !== (before && revisionOf(before))
        ) return undefined;
        return writeRow(database, id, stored, current, {
          context: documentContext(next) ?? null,
          ttlMs: options.ttlMs,
          kept: entry?.kept,
          chain: entry?.chain,
          maxEntries: this.#maxEntries,
        });
      })
    );
  }

  async takeTurn(
    _id: string,
    { turn, signal }: TakeTurnOptions,
  ): Promise<Turn> {
    if (turn !== undefined) return turn;
    const held = await lockFile(`${this.#path}.lock`, {
      what: this.name,
      signal,
    });
    return { token: this.#path, release: () => held.release() };
  }

  async remove(id: string): Promise<boolean> {
    return await this.#run((database) =>
      transact(database, () => {
        const there = readRow(database, id) !== undefined;
        database.prepare("DELETE FROM history WHERE id = ?").run(id);
        database.prepare("DELETE FROM documents WHERE id = ?").run(id);
        return there;
      })
    );
  }

  async list({ prefix = "", cursor }: ListOptions = {}): Promise<ListPage> {
    const rows = await this.#run((database) =>
      database.prepare(
        `SELECT id, number, write, context, updated_at,
           length(CAST(text AS BLOB)) AS size
         FROM documents
         WHERE id > ?1 AND substr(id, 1, length(?2)) = ?2
           AND (expires_at IS NULL OR expires_at > ?3)
         ORDER BY id LIMIT ${PAGE_SIZE}`,
      ).all(cursor ?? "", prefix, Date.now())
    );
    const documents = rows.map(listedDocument);
    return {
      documents,
      cursor: documents.length < PAGE_SIZE ? undefined : documents.at(-1)!.id,
    };
  }

  async close(): Promise<void> {
    const database = await this.#database?.catch(() => undefined);
    this.#database = undefined;
    database?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run<T>(use: (database: DatabaseSync) => T): Promise<T> {
    this.#database ??= openDatabase(this.#path, this.name);
    const database = await this.#database;
    try {
      return use(database);
    } catch (error) {
      throw sqliteError(error, this.name, this.#path);
    }
  }

  async #entry(
    text: string,
    before: Row | undefined,
    { note, overwrite = false }: SwapOptions,
  ): Promise<{ kept: string; chain: Chain } | undefined> {
    if (this.#maxEntries === 0) return undefined;
    // What is overwritten may be sealed with a key that nobody has any more.
    const from = overwrite ? undefined : before;
    const { kept, chain } = makeEntry({
      note,
      text,
      previous: from && await this.#open(from.text),
      chain: from === undefined || from.chainCount === null
        ? undefined
        : { count: from.chainCount, length: from.chainLength ?? 0 },
    }, this.#extras.history?.mask);
    return { kept: await this.#seal(kept), chain };
  }

  async #entries(id: string, limit: number): Promise<HistoryEntry[]> {
    const count = Math.min(limit, this.#maxEntries);
    const entries = await this.#stored(id, count);
    return entries.map(readEntry).reverse();
  }

  async #documentAt(
    id: string,
    revision: number,
  ): Promise<Document | undefined> {
    const text = textAt(
      await this.#stored(id, Number.MAX_SAFE_INTEGER),
      revision,
    );
    return text === undefined ? undefined : await this.#decode(id, text);
  }

  /** The last entries, the oldest first. */
  async #stored(id: string, count: number) {
    const rows = await this.#run((database) =>
      readRow(database, id) === undefined ? [] : database.prepare(
        "SELECT number, kept FROM history WHERE id = ? ORDER BY number DESC LIMIT ?",
      ).all(id, count)
    );
    return await Promise.all(
      rows.reverse().map(async ({ number, kept }) => ({
        revision: Number(number),
        kept: await this.#open(String(kept)),
      })),
    );
  }

  #seal(text: string): Promise<string> {
    return sealText(text, this.#extras.codec);
  }

  #open(stored: string): Promise<string> {
    return openText(stored, this.#extras.codec, this.name);
  }

  async #decode(id: string, text: string): Promise<Document> {
    try {
      return await decodeDocument(text);
    } catch (cause) {
      throw new CicdStateError(
        "STORE",
        `Cannot read "${id}" from ${this.name}: ${(cause as Error).message}`,
        { hint: `Write it anew by --init-new ${id}`, cause },
      );
    }
  }
}

/** The id of the write tells a document from one removed and made anew. */
function revisionOf({ number, write }: Row): string {
  return `${number}-${write}`;
}

function transact<T>(database: DatabaseSync, run: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = run();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function readRow(database: DatabaseSync, id: string): Row | undefined {
  return database.prepare(
    `SELECT text, number, write, ttl, chain_count AS chainCount,
       chain_length AS chainLength
     FROM documents WHERE id = ? AND (expires_at IS NULL OR expires_at > ?)`,
  ).get(id, Date.now()) as unknown as Row | undefined;
}

interface NewRow {
  readonly context: string | null;
  readonly ttlMs: number | undefined;
  readonly kept: string | undefined;
  readonly chain: Chain | undefined;
  readonly maxEntries: number;
}

function writeRow(
  database: DatabaseSync,
  id: string,
  text: string,
  current: Row | undefined,
  { context, ttlMs, kept, chain, maxEntries }: NewRow,
): string {
  const now = Date.now();
  const number = (current?.number ?? 0) + 1;
  const write = crypto.randomUUID();
  const ttl = ttlMs ?? current?.ttl ?? 0;
  database.prepare(
    `INSERT OR REPLACE INTO documents (id, text, number, write, context,
       updated_at, ttl, expires_at, chain_count, chain_length)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    text,
    number,
    write,
    context,
    now,
    ttl,
    ttl === 0 ? null : now + ttl,
    chain?.count ?? null,
    chain?.length ?? null,
  );
  const drop = database.prepare(
    "DELETE FROM history WHERE id = ? AND (number <= ? OR number >= ?)",
  );
  if (kept === undefined) {
    drop.run(id, number, number);
  } else {
    // What has the same number or a later one is of a document that expired.
    drop.run(id, number - maxEntries - SPARE_ENTRIES, number);
    database.prepare("INSERT INTO history (id, number, kept) VALUES (?, ?, ?)")
      .run(id, number, kept);
  }
  return `${number}-${write}`;
}

function listedDocument(row: Record<string, SQLOutputValue>): ListedDocument {
  return {
    id: String(row.id),
    context: row.context === null ? undefined : String(row.context),
    revision: `${row.number}-${row.write}`,
    updatedAt: Number(row.updated_at),
    size: Number(row.size),
  };
}
