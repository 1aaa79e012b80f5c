import type { DatabaseSync } from "node:sqlite";
import { CicdStateError, type ErrorCode } from "../errors.ts";
import { fileError } from "../util/file_error.ts";
import { createPrivateFile } from "../util/replace_file.ts";

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
export async function openDatabase(
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
  if (schemaVersion(database) === 0) {
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("BEGIN IMMEDIATE");
    // Another process may have been faster.
    if (schemaVersion(database) === 0) database.exec(SCHEMA);
    database.exec("COMMIT");
  }
  const version = schemaVersion(database);
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
export function sqliteError(
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
