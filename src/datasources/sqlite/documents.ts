import type { Document } from "../../document/change.ts";
import type {
  ChangeNote,
  ListedDocument,
  Snapshot,
} from "../../document/store.ts";
import {
  type SealedPart,
  sealText,
  type StoreExtras,
} from "../shared/extras.ts";
import type { Chain, StoredEntry } from "../shared/history_log.ts";
import type { Database, Row } from "./database.ts";

const ALIVE = "(expires_at IS NULL OR expires_at > ?)";

/** What a write needs to know of the document that is stored now. */
export interface StoredHead {
  /** The number of its revision. */
  readonly number: number;
  /** Its revision. */
  readonly revision: string;
  /** Milliseconds after a write at which it expires; 0: never. */
  readonly ttlMs: number;
}

/** A document as it is stored. */
export interface StoredDocument extends StoredHead {
  /** What is stored. */
  readonly text: string;
  /** The state of the history's chain, if there is one. */
  readonly chain: Chain | undefined;
}

/** A snapshot that carries what its next write adds to the history. */
export class SqliteSnapshot implements Snapshot {
  readonly document: Document;
  readonly revision: string;
  /** The document as it was stored, decrypted. */
  readonly text: string;
  /** The state of the history's chain. */
  readonly chain: Chain | undefined;

  constructor(document: Document, stored: StoredDocument, text: string) {
    this.document = document;
    this.revision = stored.revision;
    this.text = text;
    this.chain = stored.chain;
  }
}

/** A document to store. */
export interface NewDocument {
  /** What is stored. */
  readonly text: string;
  /** Its context. */
  readonly context: string | undefined;
  /** Milliseconds after this write at which it expires; 0: never. */
  readonly ttlMs: number;
  /** The history's entry, if there is a history. */
  readonly entry: { readonly kept: string; readonly chain: Chain } | undefined;
  /** How many entries of the history stay. */
  readonly entriesKept: number;
  /** How many bytes of the history stay. */
  readonly bytesKept: number;
}

/** What {@linkcode makeNewEntry} makes an entry of. */
interface EntrySource {
  /** The new text. */
  readonly text: string;
  /** Who did what. */
  readonly note: ChangeNote | undefined;
  /** What was read before, if the document is not overwritten. */
  readonly from: SqliteSnapshot | undefined;
}

/** Makes the entry of the history for a new revision, encrypted if there is a codec. */
export async function makeNewEntry(
  { text, note, from }: EntrySource,
  { codec, history, ...part }: SealedPart & StoreExtras,
): Promise<NewDocument["entry"]> {
  const { makeEntry } = await import("../shared/history_log.ts");
  const previous = from?.text;
  const { kept, chain } = makeEntry(
    { note, text, previous, chain: from?.chain },
    history?.mask,
  );
  return {
    kept: await sealText(kept, codec, { ...part, isEntry: true }),
    chain,
  };
}

/** Reads a document. */
export function readRow(
  database: Database,
  id: string,
): StoredDocument | undefined {
  const row = database.get(
    `SELECT text, number, write, ttl, chain_count, chain_length
     FROM documents WHERE id = ? AND ${ALIVE}`,
    id,
    Date.now(),
  );
  if (row === undefined) return undefined;
  return {
    ...headOf(row),
    text: String(row.text),
    chain: row.chain_count === null ? undefined : {
      count: Number(row.chain_count),
      length: Number(row.chain_length),
    },
  };
}

/** Reads what a write needs to know of a document. */
export function readHead(
  database: Database,
  id: string,
): StoredHead | undefined {
  const row = database.get(
    `SELECT number, write, ttl FROM documents WHERE id = ? AND ${ALIVE}`,
    id,
    Date.now(),
  );
  return row && headOf(row);
}

function headOf(row: Row): StoredHead {
  return {
    number: Number(row.number),
    revision: revisionOf(row),
    ttlMs: Number(row.ttl),
  };
}

/** The id of the write tells a document from one that was removed and recreated. */
function revisionOf({ number, write }: Row): string {
  return `${number}-${write}`;
}

/** Writes a document and its history's entry. Returns the new revision. */
export function writeRow(
  database: Database,
  id: string,
  before: StoredHead | undefined,
  { text, context, ttlMs, entry, entriesKept, bytesKept }: NewDocument,
): string {
  const now = Date.now();
  const number = (before?.number ?? 0) + 1;
  const write = crypto.randomUUID();
  database.run(
    `INSERT OR REPLACE INTO documents (id, text, number, write, context,
       updated_at, ttl, expires_at, chain_count, chain_length)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    text,
    number,
    write,
    context ?? null,
    now,
    ttlMs,
    ttlMs === 0 ? null : now + ttlMs,
    entry?.chain.count ?? null,
    entry?.chain.length ?? null,
  );
  // Entries of the same number or a higher one are of a document that expired.
  database.run(
    "DELETE FROM history WHERE id = ? AND (number <= ? OR number >= ?)",
    id,
    entry === undefined ? number : number - entriesKept,
    number,
  );
  if (entry !== undefined) {
    database.run(
      "INSERT INTO history (id, number, kept) VALUES (?, ?, ?)",
      id,
      number,
      entry.kept,
    );
    // Patches are shorter than the whole texts between them.
    if (entry.chain.count === 0) dropEntries(database, id, bytesKept);
  }
  return revisionOf({ number, write });
}

/** Drops the oldest entries of a history that is too large, but not the last one. */
function dropEntries(database: Database, id: string, bytesKept: number): void {
  database.run(
    `DELETE FROM history WHERE id = ?1 AND number <= (
       SELECT max(number) FROM (
         SELECT number, sum(octet_length(kept)) OVER (
           ORDER BY number DESC ROWS UNBOUNDED PRECEDING
         ) AS total FROM history WHERE id = ?1
       ) WHERE total > ?2
     ) AND number < (SELECT max(number) FROM history WHERE id = ?1)`,
    id,
    bytesKept,
  );
}

/** Removes a document and its history. Reports whether there was one. */
export function removeRow(database: Database, id: string): boolean {
  const existed = readHead(database, id) !== undefined;
  database.run("DELETE FROM history WHERE id = ?", id);
  database.run("DELETE FROM documents WHERE id = ?", id);
  return existed;
}

/**
 * Reports whether a database holds nothing that is not encrypted, not even in its
 * free space. Its table `sealed` then has a row, which a trigger removes when a
 * program writes something plain.
 */
export function isAllSealed(database: Database): boolean {
  const table = database.get(
    "SELECT name FROM sqlite_schema WHERE name = 'sealed'",
  );
  return table !== undefined &&
    database.get("SELECT since FROM sealed LIMIT 1") !== undefined;
}

/** Removes expired documents and their histories. */
export function removeExpired(database: Database): void {
  // Without the index, every write would read all documents.
  database.run(
    `CREATE INDEX IF NOT EXISTS expiring ON documents (expires_at)
     WHERE expires_at IS NOT NULL`,
  );
  const now = Date.now();
  database.run(
    `DELETE FROM history WHERE id IN
       (SELECT id FROM documents WHERE expires_at <= ?)`,
    now,
  );
  database.run("DELETE FROM documents WHERE expires_at <= ?", now);
}

/** Which documents {@linkcode listRows} lists. */
export interface ListedRows {
  /** Only those whose ids begin with this. */
  readonly prefix: string;
  /** Only those whose ids come after this. */
  readonly after: string;
  /** How many at most. */
  readonly limit: number;
}

/** Lists documents in the order of their ids. */
export function listRows(
  database: Database,
  { prefix, after, limit }: ListedRows,
): ListedDocument[] {
  return database.all(
    `SELECT id, number, write, context, updated_at,
       length(CAST(text AS BLOB)) AS size
     FROM documents
     WHERE ${ALIVE} AND id > ? AND substr(id, 1, length(?3)) = ?3
     ORDER BY id LIMIT ?`,
    Date.now(),
    after,
    prefix,
    limit,
  ).map((row) => ({
    id: String(row.id),
    context: row.context === null ? undefined : String(row.context),
    revision: revisionOf(row),
    updatedAt: Number(row.updated_at),
    size: Number(row.size),
  }));
}

/** Reads the last entries of a history up to a revision, the oldest first. */
export function readEntries(
  database: Database,
  id: string,
  { upTo, limit }: { readonly upTo: number; readonly limit: number },
): StoredEntry[] {
  // An expired document has no history.
  if (readHead(database, id) === undefined) return [];
  return database.all(
    `SELECT number, kept FROM history WHERE id = ? AND number <= ?
     ORDER BY number DESC LIMIT ?`,
    id,
    upTo,
    limit,
  ).reverse().map(({ number, kept }) => ({
    revision: Number(number),
    kept: String(kept),
  }));
}
