import { CicdStateError } from "../../errors.ts";
import { BOUND_PREFIX, type TextCodec } from "../shared/extras.ts";
import type { Database } from "./database.ts";

/** How many rows are encrypted in one transaction. */
const BATCH = 100;

/** The columns that hold what is encrypted. */
const TABLES = [
  { table: "documents", column: "text", isEntry: false },
  { table: "history", column: "kept", isEntry: true },
] as const;

/** See {@linkcode isAllSealed}. */
const MARK = `
CREATE TABLE IF NOT EXISTS sealed (since INTEGER NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS unsealed AFTER INSERT ON documents
WHEN substr(NEW.text, 1, ${BOUND_PREFIX.length}) <> '${BOUND_PREFIX}'
BEGIN DELETE FROM sealed; END;
`;

/** What {@linkcode removePlain} and {@linkcode resealAll} work on. */
export interface ResealOptions {
  /** Runs a function on the database. */
  readonly run: <T>(use: (database: Database) => T) => Promise<T>;
  /** Encrypts, and decides whether to read what is not encrypted. */
  readonly codec: TextCodec;
  /** The store's name in messages. */
  readonly name: string;
}

/**
 * Removes what is not encrypted after a document was written: rows that the codec
 * reads are encrypted, others of this document's history are removed, and the
 * file is rebuilt. What cannot be done now is left to the next write.
 *
 * @param id The document's id.
 * @param options The database and the codec.
 */
export async function removePlain(
  id: string,
  options: ResealOptions,
): Promise<void> {
  try {
    let isChanged = (await sealRows(BOUND_PREFIX, options)).count > 0;
    await options.run((database) =>
      database.transact(() => {
        if (!hasRowsUnlike(database, BOUND_PREFIX, id)) return;
        isChanged = true;
        database.run(
          `DELETE FROM history
           WHERE id = ? AND substr(kept, 1, ${BOUND_PREFIX.length}) <> ?`,
          id,
          BOUND_PREFIX,
        );
      })
    );
    const isClean = !await options.run((database) =>
      hasRowsUnlike(database, BOUND_PREFIX)
    );
    if (isChanged || isClean) await rebuild(options);
  } catch (error) {
    // The document itself is stored.
    if (!(error instanceof CicdStateError)) throw error;
  }
}

/**
 * Encrypts everything in the file with the codec's key, and rebuilds the file.
 *
 * @param options The database and the codec.
 * @throws {CicdStateError} The first failure to read a row, after all others were encrypted.
 */
export async function resealAll(options: ResealOptions): Promise<void> {
  const { failure } = await sealRows(options.codec.prefix, options);
  await rebuild(options);
  if (failure !== undefined) throw failure;
}

/** Encrypts the rows that do not begin with a prefix, if the codec reads them. */
async function sealRows(
  prefix: string,
  options: ResealOptions,
): Promise<{ count: number; failure: CicdStateError | undefined }> {
  let count = 0;
  let failure: CicdStateError | undefined;
  for (const { table, column, isEntry } of TABLES) {
    const rows = await options.run((database) =>
      database.all(
        `SELECT id, number FROM ${table}
         WHERE substr(${column}, 1, ${prefix.length}) <> ?`,
        prefix,
      )
    );
    for (let start = 0; start < rows.length; start += BATCH) {
      const sealed: [
        stored: string,
        id: string,
        number: number,
        was: string,
      ][] = [];
      for (const row of rows.slice(start, start + BATCH)) {
        const [id, number] = [String(row.id), Number(row.number)];
        const found = await options.run((database) =>
          database.get(
            `SELECT ${column} AS was FROM ${table} WHERE id = ? AND number = ?`,
            id,
            number,
          )
        );
        if (found === undefined) continue;
        const part = { kind: "sqlite", id, revision: number, isEntry };
        const was = String(found.was);
        const where = `"${id}" from ${options.name}`;
        try {
          const text = await options.codec.open(was, part, where);
          const stored = await options.codec.seal(text, part);
          sealed.push([stored, id, number, was]);
        } catch (error) {
          if (!(error instanceof CicdStateError)) throw error;
          failure ??= new CicdStateError(
            error.code,
            `Cannot encrypt ${where} again: ${error.message}`,
            { hint: error.hint, cause: error },
          );
        }
      }
      await options.run((database) =>
        database.transact(() => {
          for (const values of sealed) {
            database.run(
              `UPDATE ${table} SET ${column} = ?
               WHERE id = ? AND number = ? AND ${column} = ?`,
              ...values,
            );
          }
        })
      );
      count += sealed.length;
    }
  }
  return { count, failure };
}

/**
 * Writes all rows again and overwrites the free space, so that nothing is left of
 * what was deleted. `VACUUM` would attach a database, which Deno forbids.
 */
async function rebuild({ run, name }: ResealOptions): Promise<void> {
  await run((database) => {
    database.exec("PRAGMA secure_delete = ON");
    database.transact(() => {
      const triggers = database.all(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
      );
      // No row is deleted for good.
      for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
      for (const { table } of TABLES) {
        database.exec(`
          CREATE TABLE copied AS SELECT * FROM ${table};
          DELETE FROM ${table};
          INSERT INTO ${table} SELECT * FROM copied;
          DROP TABLE copied;
        `);
      }
      for (const { sql } of triggers) database.exec(String(sql));
      overwriteFreePages(database);
    });
    const [outcome] = database.all("PRAGMA wal_checkpoint(TRUNCATE)");
    if (outcome?.busy === 0) return;
    throw new CicdStateError(
      "TIMEOUT",
      `Cannot empty the log of ${name}: another program reads the file`,
      { hint: "Run cicdstatemgr reseal again" },
    );
  });
  await run((database) =>
    database.transact(() => {
      if (hasRowsUnlike(database, BOUND_PREFIX)) return;
      database.exec(MARK);
      database.exec("INSERT INTO sealed VALUES (unixepoch())");
    })
  );
}

/** Allocates the free pages, which overwrites them, and frees them again. */
function overwriteFreePages(database: Database): void {
  const size = Number(database.get("PRAGMA page_size")?.page_size);
  const count = Number(database.get("PRAGMA freelist_count")?.freelist_count);
  database.exec(`
    CREATE TABLE filler (zeros BLOB);
    WITH RECURSIVE page (number) AS (
      SELECT 1 UNION ALL SELECT number + 1 FROM page WHERE number <= ${count}
    )
    INSERT INTO filler SELECT zeroblob(${size}) FROM page;
    DROP TABLE filler;
  `);
}

/** Reports whether there are rows, of one document or all, without a prefix. */
function hasRowsUnlike(
  database: Database,
  prefix: string,
  id?: string,
): boolean {
  return TABLES.some(({ table, column }) =>
    database.get(
      `SELECT 1 FROM ${table}
       WHERE substr(${column}, 1, ${prefix.length}) <> ?1
         AND (?2 IS NULL OR id = ?2) LIMIT 1`,
      prefix,
      id ?? null,
    ) !== undefined
  );
}
