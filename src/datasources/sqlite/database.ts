import type {
  DatabaseSync,
  SQLInputValue,
  SQLOutputValue,
  StatementSync,
} from "node:sqlite";
import { CicdStateError } from "../../errors.ts";
import { createPrivateFile, PRIVATE_MODE } from "../../util/file_target.ts";

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

/** A row that a query returns. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** Options of {@linkcode Database.open}. */
export interface OpenDatabaseOptions {
  /** Its name in messages. */
  readonly name: string;
  /** The mode of its files. By default, others cannot read them. */
  readonly mode?: number | undefined;
  /** Is told if others could read it. */
  readonly warn?: ((message: string) => void) | undefined;
}

/** An open database. Every statement is compiled once. */
export class Database {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Returns what tells the file that is open from another one. */
  readonly #identify: () => Promise<string>;
  #identity = "";
  /** Whether a writer can change what was read while it was read. */
  readonly isReadOnly: boolean;

  private constructor(
    database: DatabaseSync,
    path: string,
    isReadOnly: boolean,
  ) {
    this.#database = database;
    this.#identify = () => isReadOnly ? stateOf(path) : inodeOf(path);
    this.isReadOnly = isReadOnly;
  }

  /**
   * Opens a database, and creates it if there is none. What may not be written is
   * opened for reading. No statement waits for a lock: it fails at once.
   *
   * @param path The path of its file. Missing folders are created.
   * @param options Its name and mode.
   * @returns The database.
   */
  static async open(
    path: string,
    options: OpenDatabaseOptions,
  ): Promise<Database> {
    const { DatabaseSync } = await import("node:sqlite");
    try {
      await prepareFile(path, options);
      const connection = new DatabaseSync(path, { timeout: 0 });
      return await new Database(connection, path, false)
        .#prepare(options.name);
    } catch (error) {
      if (!isReadOnly(error) || !await isComplete(path)) throw error;
      return await Database.#openCopy(path, options).catch((cause) => {
        throw cause instanceof Deno.errors.NotCapable ? error : cause;
      });
    }
  }

  /**
   * Opens a copy. Without write access, SQLite cannot coordinate with writers. It
   * need not: once somebody has written, the database is copied again.
   */
  static async #openCopy(
    path: string,
    { name }: OpenDatabaseOptions,
  ): Promise<Database> {
    const { DatabaseSync } = await import("node:sqlite");
    const identity = await stateOf(path);
    const bytes = await Deno.readFile(path);
    // The journal modes. That of a log needs more files.
    bytes.fill(1, 18, 20);
    const copy = await Deno.makeTempFile({ suffix: ".db" });
    try {
      await Deno.writeFile(copy, bytes);
      const connection = new DatabaseSync(copy, { readOnly: true });
      const database = await new Database(connection, path, true)
        .#prepare(name);
      database.#identity = identity;
      return database;
    } finally {
      // Windows removes no open file.
      await Deno.remove(copy).catch(() => {});
    }
  }

  /** Runs a query and returns its first row. */
  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#compile(sql).get(...values);
  }

  /** Runs a query and returns its rows. */
  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#compile(sql).all(...values);
  }

  /** Runs a statement. */
  run(sql: string, ...values: SQLInputValue[]): void {
    this.#compile(sql).run(...values);
  }

  /** Runs statements once. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** Runs a function in a transaction that is the only one to write. */
  transact<T>(run: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = run();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Reports whether another file has taken the place of the one that is open. */
  async wasReplaced(): Promise<boolean> {
    return await this.#identify() !== this.#identity;
  }

  /** Closes the file. */
  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #compile(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  async #prepare(name: string): Promise<Database> {
    try {
      this.#prepareSchema(name);
      this.#identity = await this.#identify();
      return this;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #prepareSchema(name: string): void {
    const database = this.#database;
    // Together with WAL: what was acknowledged survives a power failure.
    database.exec("PRAGMA synchronous = FULL");
    // Elsewhere, that includes the disk's cache.
    if (Deno.build.os === "darwin") database.exec("PRAGMA fullfsync = ON");
    let version = this.#schemaVersion();
    if (version === 0) {
      database.exec("PRAGMA journal_mode = WAL");
      this.transact(() => {
        // Another process may have been faster.
        if (this.#schemaVersion() === 0) database.exec(SCHEMA);
      });
      version = this.#schemaVersion();
    }
    if (version === SCHEMA_VERSION) return;
    throw new CicdStateError(
      "STORE",
      `Cannot use ${name}: its format is ${version}, this program knows ${SCHEMA_VERSION}`,
      { hint: "Use a newer version of this program, or another file" },
    );
  }

  #schemaVersion(): number {
    return Number(this.get("PRAGMA user_version")?.user_version);
  }
}

/** The other files of a database in WAL mode: its log, and its index. */
const SUFFIXES = ["", "-wal", "-shm"];

/** Creates the file if it is missing, and gives it its mode. */
async function prepareFile(
  path: string,
  { name, mode, warn }: OpenDatabaseOptions,
): Promise<void> {
  using file = await createPrivateFile(path, { mustBeNew: false });
  if (Deno.build.os === "windows") return;
  const found = (file.statSync().mode ?? PRIVATE_MODE) & 0o777;
  if (mode === undefined ? (found & 0o077) === 0 : found === mode) return;
  // SQLite gives new files of the database the mode of this one.
  for (const suffix of SUFFIXES) {
    await Deno.chmod(path + suffix, mode ?? PRIVATE_MODE).catch(ignoreMissing);
  }
  if (mode !== undefined) return;
  warn?.(
    `Other users could read ${name}, and no longer can. Set its mode in the ` +
      "config if they should",
  );
}

/** Somebody else's file keeps its mode. */
function ignoreMissing(error: unknown): void {
  const isExpected = error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.PermissionDenied;
  if (!isExpected) throw error;
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    error instanceof Error &&
      /readonly database|unable to open|os error 30\b/.test(error.message);
}

/** Reports whether a database is closed: its file holds all of it. */
async function isComplete(path: string): Promise<boolean> {
  return await exists(path) && !await exists(`${path}-wal`);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Returns a file's inode; `undefined` if there is no file. */
async function inodeOf(path: string): Promise<string> {
  return String((await Deno.stat(path).catch(() => undefined))?.ino);
}

/** Returns what changes when somebody writes to a database. */
async function stateOf(path: string): Promise<string> {
  const info = await Deno.stat(path).catch(() => undefined);
  const isClosed = await isComplete(path);
  return `${info?.ino} ${info?.mtime?.getTime()} ${info?.size} ${isClosed}`;
}
