import type { StateRecords } from "../../document/capabilities.ts";
import type { Database } from "./database.ts";
import { readHead } from "./documents.ts";

/** Runs a function on the database, once it is free. */
type Run = <T>(
  use: (database: Database) => T,
  signal?: AbortSignal,
) => Promise<T>;

/**
 * Creates what records need, since a database may be older than they are. The
 * trigger does not fire when a document is replaced.
 */
function prepare(database: Database): void {
  database.run(
    `CREATE TABLE IF NOT EXISTS records (
       id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
       PRIMARY KEY (id, name)
     ) STRICT, WITHOUT ROWID`,
  );
  database.run(
    `CREATE TRIGGER IF NOT EXISTS remove_records AFTER DELETE ON documents
     BEGIN DELETE FROM records WHERE id = old.id; END`,
  );
}

function readRecord(
  database: Database,
  id: string,
  name: string,
): string | undefined {
  // An expired document has no records.
  if (readHead(database, id) === undefined) return undefined;
  const row = database.get(
    "SELECT value FROM records WHERE id = ? AND name = ?",
    id,
    name,
  );
  return row && String(row.value);
}

/** Keeps records in a SQLite file. */
export function sqliteRecords(run: Run): StateRecords {
  return {
    read: (id, name, signal) =>
      run((database) => {
        prepare(database);
        return readRecord(database, id, name);
      }, signal),
    swap: (id, name, next, before, signal) =>
      run((database) => {
        prepare(database);
        return database.transact(() => {
          if (readHead(database, id) === undefined) return false;
          if (readRecord(database, id, name) !== before) return false;
          database.run(
            "INSERT OR REPLACE INTO records (id, name, value) VALUES (?, ?, ?)",
            id,
            name,
            next,
          );
          return true;
        });
      }, signal),
  };
}
