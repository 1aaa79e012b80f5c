import type { DatabaseSync } from "node:sqlite";
import { CicdStateError } from "../errors.ts";
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
  const { errcode } = cause as { errcode?: number };
  if (errcode === undefined) return fileError(cause, "write", name, path);
  const { message } = cause as Error;
  // The low byte is the kind of failure, the others refine it.
  switch (errcode & 0xff) {
    case 5:
    case 6:
      return new CicdStateError(
        "TIMEOUT",
        `Cannot use ${name}: another program keeps it locked`,
        { hint: "Look for a program that has the file open", cause },
      );
    case 8:
    case 14:
      return new CicdStateError(
        "PERMISSION",
        `Cannot use ${name}: the file or its folder cannot be written`,
        {
          hint: `Give this user the right to write ${path} and its folder`,
          cause,
        },
      );
    case 11:
    case 26:
      return new CicdStateError(
        "STORE",
        `Cannot use ${name}: the file is damaged or no SQLite database`,
        { hint: "Restore it from a copy, or choose another path", cause },
      );
    case 13:
      return new CicdStateError(
        "STORE",
        `Cannot use ${name}: the disk is full`,
        {
          hint: "Free some space and run it again",
          cause,
        },
      );
    default:
      return new CicdStateError("STORE", `Cannot use ${name}: ${message}`, {
        hint: `Check the file ${path} and its folder`,
        cause,
      });
  }
}
