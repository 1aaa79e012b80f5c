import type {
  DatabaseSync,
  SQLInputValue,
  SQLOutputValue,
  StatementSync,
} from "node:sqlite";
import { CicdStateError } from "../../errors.ts";
import { createPrivateFile } from "../../util/file_target.ts";

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

/** An open database. Every statement is compiled once. */
export class Database {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #statements = new Map<string, StatementSync>();
  #inode: number | null | undefined;

  private constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.#path = path;
  }

  /**
   * Opens a database, and creates it if there is none. No statement waits for a
   * lock: it fails at once.
   *
   * @param path The path of its file. Missing folders are created.
   * @param name Its name in messages.
   * @returns The database.
   */
  static async open(path: string, name: string): Promise<Database> {
    // SQLite gives its other files the mode of this one.
    (await createPrivateFile(path, { mustBeNew: false })).close();
    const { DatabaseSync } = await import("node:sqlite");
    const database = new Database(new DatabaseSync(path, { timeout: 0 }), path);
    try {
      database.#prepareSchema(name);
      database.#inode = await inodeOf(path);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Runs a query and returns its first row. */
  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  /** Runs a query and returns its rows. */
  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values);
  }

  /** Runs a statement. */
  run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepare(sql).run(...values);
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
    return await inodeOf(this.#path) !== this.#inode;
  }

  /** Closes the file. */
  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #prepareSchema(name: string): void {
    const database = this.#database;
    // Together with WAL: what was acknowledged survives a power failure.
    database.exec("PRAGMA synchronous = FULL");
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

/** Returns a file's inode; `undefined` if there is no file. */
async function inodeOf(path: string): Promise<number | null | undefined> {
  return (await Deno.stat(path).catch(() => undefined))?.ino;
}
