import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { Database } from "./database.ts";
import {
  listRows,
  type NewDocument,
  readEntries,
  readHead,
  readRow,
  removeExpired,
  removeRow,
  writeRow,
} from "./documents.ts";

const folder = await Deno.makeTempDir({ prefix: "documents-" });
const database = await Database.open(`${folder}/state.db`, {
  name: "sqlite x",
});
addEventListener("unload", () => {
  database.close();
  Deno.removeSync(folder, { recursive: true });
});

function write(id: string, more: Partial<NewDocument> = {}): string {
  return writeRow(database, id, readHead(database, id), {
    text: "{}",
    context: undefined,
    ttlMs: 0,
    entry: undefined,
    entriesKept: 100,
    bytesKept: 1e9,
    ...more,
  });
}

function entry(kept: string) {
  return { entry: { kept, chain: { count: 2, length: 33 } } };
}

/** Lets a document expire. */
function expire(id: string): void {
  database.run("UPDATE documents SET expires_at = 1 WHERE id = ?", id);
}

function count(table: string, id: string): unknown {
  return database.get(`SELECT count(*) AS n FROM ${table} WHERE id = ?`, id)?.n;
}

function numbersOf(id: string, upTo = 1e9, limit = 1e9): number[] {
  return readEntries(database, id, { upTo, limit })
    .map(({ revision }) => revision);
}

function test(what: string, run: (id: string) => void): void {
  Deno.test(what, () => run(crypto.randomUUID()));
}

test("writeRow() counts revisions and gives each its own id", (id) => {
  const first = write(id);
  match(first, /^1-[0-9a-f-]{36}$/);
  strictEqual(readHead(database, id)?.revision, first);
  match(write(id), /^2-/);
  removeRow(database, id);
  // Recreated, it is another first revision.
  match(write(id), /^1-/);
  ok(readHead(database, id)?.revision !== first);
});

test("readRow() returns what was written", (id) => {
  strictEqual(readRow(database, id), undefined);
  const revision = write(id, { text: "⚓", ttlMs: 60_000, ...entry("e") });
  deepStrictEqual(readRow(database, id), {
    text: "⚓",
    number: 1,
    revision,
    ttlMs: 60_000,
    chain: { count: 2, length: 33 },
  });
  write(id);
  strictEqual(readRow(database, id)?.chain, undefined);
});

test("writeRow() keeps as many entries as it is told", (id) => {
  for (let n = 1; n <= 6; n++) write(id, { ...entry(`e${n}`), entriesKept: 4 });
  deepStrictEqual(numbersOf(id), [3, 4, 5, 6]);
  // Without an entry there is a gap, so nothing older can be told any more.
  write(id);
  deepStrictEqual(numbersOf(id), []);
});

test("writeRow() drops the oldest entries of a history that is too large", (id) => {
  const whole = (size: number) => ({
    entry: { kept: "⚓".repeat(size), chain: { count: 0, length: 0 } },
    bytesKept: 100,
  });
  for (let n = 1; n <= 6; n++) write(id, whole(10));
  deepStrictEqual(numbersOf(id), [4, 5, 6]);
  // One that is too large itself is kept alone.
  write(id, whole(50));
  deepStrictEqual(numbersOf(id), [7]);
  write(id, whole(1));
  deepStrictEqual(numbersOf(id), [8]);
});

test("readEntries() reads the last ones up to a revision, the oldest first", (id) => {
  for (let n = 1; n <= 6; n++) write(id, entry(`e${n}`));
  deepStrictEqual(numbersOf(id, 4), [1, 2, 3, 4]);
  deepStrictEqual(numbersOf(id, 4, 2), [3, 4]);
  deepStrictEqual(numbersOf(id, 0), []);
  deepStrictEqual(readEntries(database, id, { upTo: 2, limit: 1 }), [
    { revision: 2, kept: "e2" },
  ]);
});

test("an expired document is not there", (id) => {
  write(id, { ttlMs: 1000, ...entry("e") });
  expire(id);
  strictEqual(readRow(database, id), undefined);
  strictEqual(readHead(database, id), undefined);
  deepStrictEqual(numbersOf(id), []);
  const listed = listRows(database, { prefix: id, after: "", limit: 9 });
  deepStrictEqual(listed, []);
  strictEqual(removeRow(database, id), false);
});

test("writeRow() begins again where a document has expired", (id) => {
  for (let n = 1; n <= 3; n++) write(id, { ttlMs: 1000, ...entry(`old${n}`) });
  expire(id);
  match(write(id, entry("new")), /^1-/);
  deepStrictEqual(readEntries(database, id, { upTo: 9, limit: 9 }), [
    { revision: 1, kept: "new" },
  ]);
});

test("removeExpired() removes documents and histories that have expired", (id) => {
  write(`${id}-1`, { ttlMs: 1000, ...entry("e") });
  write(`${id}-2`, { ttlMs: 60_000, ...entry("e") });
  write(`${id}-3`, entry("e"));
  expire(`${id}-1`);
  removeExpired(database);
  removeExpired(database);
  for (const table of ["documents", "history"]) {
    const counts = [1, 2, 3].map((n) => count(table, `${id}-${n}`));
    deepStrictEqual(counts, [0, 1, 1], table);
  }
});

test("removeExpired() finds expired documents by an index", () => {
  removeExpired(database);
  const plan = database.all(
    "EXPLAIN QUERY PLAN DELETE FROM documents WHERE expires_at <= 1",
  );
  match(JSON.stringify(plan), /INDEX expiring/);
});

test("removeRow() removes a document and its history", (id) => {
  write(id, entry("e"));
  strictEqual(removeRow(database, id), true);
  strictEqual(count("documents", id), 0);
  strictEqual(count("history", id), 0);
  strictEqual(removeRow(database, id), false);
});

test("listRows() lists ids with a prefix in pages", (id) => {
  const ids = Array.from({ length: 7 }, (_, n) => `${id}%_${n}`);
  for (const each of ids) write(each, { text: "⚓", context: "stage" });
  write(`${id}%X`);
  const found: string[] = [];
  let after = "";
  for (let size = 3; size === 3;) {
    const page = listRows(database, { prefix: `${id}%_`, after, limit: 3 });
    for (const row of page) {
      found.push(row.id);
      strictEqual(row.context, "stage");
      strictEqual(row.size, 3);
      strictEqual(row.revision, readHead(database, row.id)?.revision);
      ok(Math.abs(row.updatedAt! - Date.now()) < 60_000);
    }
    [after, size] = [page.at(-1)!.id, page.length];
  }
  deepStrictEqual(found, ids);
});

test("listRows() lists a document without a context", (id) => {
  write(id);
  const [row] = listRows(database, { prefix: id, after: "", limit: 1 });
  strictEqual(row?.context, undefined);
});
