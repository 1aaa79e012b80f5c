import { CicdStateError, type ErrorCode } from "../../errors.ts";
import { fileError } from "../../util/file_error.ts";

/** A failure of SQLite, what it means, and how to fix it. Not all have a code. */
type Failure = readonly [
  pattern: RegExp,
  code: ErrorCode,
  why: string,
  hint: string,
];

const DAMAGE_REGEXP = /malformed|not a database/;

const FAILURES: readonly Failure[] = [
  [
    /is locked|is busy/,
    "TIMEOUT",
    "another program keeps it locked",
    "Find the program that has the file open",
  ],
  [
    /readonly database|unable to open/,
    "PERMISSION",
    "the file or its folder cannot be written",
    "Give this user write access to the file and its folder",
  ],
  [
    DAMAGE_REGEXP,
    "STORE",
    "the file is damaged or not an SQLite database",
    "Restore it from a backup, or start again with cicdstatemgr init ID --replace, which keeps the file beside the new one",
  ],
  [
    /disk is full/,
    "STORE",
    "the disk is full",
    "Free some space and run it again",
  ],
];

/**
 * Reports whether SQLite failed because another process has the database
 * locked.
 *
 * @param cause The failure.
 * @returns Whether the same statement may succeed later.
 */
export function isBusy(cause: unknown): boolean {
  return isSqliteError(cause) && /is locked|is busy/.test(cause.message);
}

/**
 * Converts a failure of SQLite to an error that says how to fix it.
 *
 * @param cause The failure.
 * @param name The database's name in messages.
 * @param path The path of its file.
 * @returns The error to throw.
 */
export function sqliteError(
  cause: unknown,
  name: string,
  path: string,
): unknown {
  if (!isSqliteError(cause)) return fileError(cause, "write", name, path);
  const { message } = cause;
  const [, code, why, hint]: Failure =
    FAILURES.find(([pattern]) => pattern.test(message)) ??
      [/./, "STORE", message, `Check the file ${path} and its folder`];
  return new CicdStateError(code, `Cannot use ${name}: ${why}`, {
    hint,
    cause,
  });
}

function isSqliteError(cause: unknown): cause is Error {
  return cause instanceof Error && "code" in cause &&
    cause.code === "ERR_SQLITE_ERROR";
}

/**
 * Renames a damaged database and the files beside it.
 *
 * @param error What {@linkcode sqliteError} returned. It is thrown, unless it says that the database is damaged.
 * @param path The path of its file.
 * @returns The new path.
 */
export async function setAside(error: unknown, path: string): Promise<string> {
  const isDamage = error instanceof CicdStateError &&
    isSqliteError(error.cause) && DAMAGE_REGEXP.test(error.cause.message);
  if (!isDamage) throw error;
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const aside = `${path}.damaged-${time}`;
  // The database comes last: a new one must not find the log of the old one.
  for (const suffix of ["-shm", "-wal", ""]) {
    try {
      await Deno.rename(path + suffix, aside + suffix);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return aside;
}
