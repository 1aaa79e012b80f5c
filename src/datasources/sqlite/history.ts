import type { StateHistory } from "../../document/store.ts";
import { readStoredDocument } from "../shared/document_text.ts";
import { MAX_CHAIN, openText, type TextCodec } from "../shared/extras.ts";
import { readEntry, type StoredEntry, textAt } from "../shared/history_log.ts";
import type { Database } from "./database.ts";
import { readEntries } from "./documents.ts";

/** Options of {@linkcode sqliteHistory}. */
interface SqliteHistoryOptions {
  /** The store's name in messages. */
  readonly name: string;
  /** How many changes are shown at most. */
  readonly maxEntries: number;
  /** Decrypts what is stored. */
  readonly codec: TextCodec | undefined;
  /** Runs a function on the database. */
  readonly run: <T>(use: (database: Database) => T) => Promise<T>;
}

/**
 * Makes the history of an SQLite store.
 *
 * @param options The store's name, and how its database is read.
 * @returns The history.
 */
export function sqliteHistory(
  { name, maxEntries, codec, run }: SqliteHistoryOptions,
): StateHistory {
  /** Reads the last entries up to a revision, the oldest first. */
  async function stored(
    id: string,
    upTo: number,
    limit: number,
  ): Promise<StoredEntry[]> {
    const entries = await run((database) =>
      readEntries(database, id, {
        upTo: Math.min(upTo, Number.MAX_SAFE_INTEGER),
        limit,
      })
    );
    return await Promise.all(entries.map(async ({ revision, kept }) => ({
      revision,
      kept: await openText(kept, codec, {
        kind: "sqlite",
        id,
        revision,
        isEntry: true,
        where: `the history of "${id}" from ${name}`,
      }),
    })));
  }
  return {
    async entries(id, limit) {
      const count = Math.min(limit, maxEntries);
      return (await stored(id, Infinity, count)).map(readEntry).reverse();
    },
    async documentAt(id, revision) {
      const text = textAt(await stored(id, revision, MAX_CHAIN + 1), revision);
      return text === undefined
        ? undefined
        : await readStoredDocument(text, id, name);
    },
  };
}
