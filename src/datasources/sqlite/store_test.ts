import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import type { Change, Document } from "../../document/change.ts";
import type { StateStore } from "../../document/store.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../document/update.ts";
import { Database } from "./database.ts";
import { sqliteStore } from "./store.ts";

/** Lends a store of its own to a test. */
async function withStore(
  run: (store: StateStore, path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "sqlite-" });
  const path = `${folder}/state.db`;
  const store = sqliteStore({ path });
  try {
    await run(store, path);
  } finally {
    await store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

function append(item: string): Change {
  return [{ op: "append", path: ["list"], items: [item] }];
}

async function listIn(store: StateStore, id = "a1"): Promise<unknown> {
  return (await readDocument(store, id)).document.list;
}

/** Holds the database's own lock, as a program does that knows no other. */
async function holdLock(path: string): Promise<() => void> {
  const { DatabaseSync } = await import("node:sqlite");
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  return () => {
    other.exec("COMMIT");
    other.close();
  };
}

Deno.test("sqliteStore() waits for another program without blocking this one", () =>
  withStore(async (store, path) => {
    await replaceDocument(store, "a1", {});
    const release = await holdLock(path);
    const update = updateDocument(store, "a1", append("x"));
    // Timers and reads go on meanwhile.
    for (let n = 0; n < 5; n++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ok(await store.read("a1"));
    }
    release();
    await update;
    deepStrictEqual(await listIn(store), ["x"]);
  }));

Deno.test("sqliteStore() waits for another program until the update's deadline", () =>
  withStore(async (store, path) => {
    await replaceDocument(store, "a1", {});
    const release = await holdLock(path);
    const start = performance.now();
    await rejects(
      updateDocument(store, "a1", append("x"), { timeoutMs: 200 }),
      {
        code: "CONFLICT",
        message:
          /was not changed within 200 ms: others wrote it or held its lock$/,
      },
    );
    ok(performance.now() - start < 5000);
    release();
    strictEqual(await listIn(store), undefined);
  }));

Deno.test("sqliteStore() purges expired documents when others are written", () =>
  withStore(async (store, path) => {
    for (let n = 0; n < 20; n++) {
      await replaceDocument(store, `old-${n}`, {}, { ttlMs: 1 });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    await replaceDocument(store, "new", {});
    const database = await Database.open(path, { name: "sqlite x" });
    for (const table of ["documents", "history"]) {
      const rows = database.all(`SELECT id FROM ${table}`);
      deepStrictEqual(rows.map(({ id }) => id), ["new"], table);
    }
    database.close();
  }));

Deno.test("sqliteStore() notices a database that was replaced", () =>
  withStore(async (store, path) => {
    await replaceDocument(store, "a1", { list: ["old"] });
    const other = sqliteStore({ path: `${path}.new` });
    await replaceDocument(other, "a1", { list: ["restored"] });
    await other.close();
    await Deno.rename(`${path}.new`, path);
    for (const suffix of ["-wal", "-shm"]) {
      await Deno.remove(path + suffix).catch(() => {});
    }
    deepStrictEqual(await listIn(store), ["restored"]);
    await updateDocument(store, "a1", append("x"));
    const fresh = sqliteStore({ path });
    deepStrictEqual(await listIn(fresh), ["restored", "x"]);
    await fresh.close();
  }));

Deno.test("sqliteStore() does not accept a write to a file that is gone", () =>
  withStore(async (store, path) => {
    await replaceDocument(store, "a1", {});
    const before = await readDocument(store, "a1");
    // The file is removed between opening and committing.
    const swapped = store.swap("a1", { n: 1 }, before);
    await Deno.remove(path);
    if (await swapped === undefined) return;
    // The write was accepted first: then the file had it when it was removed.
    strictEqual(await store.read("a1"), undefined);
  }));

Deno.test("sqliteStore() reads a document that it did not write", () =>
  withStore(async (store, path) => {
    await replaceDocument(store, "a1", {});
    const database = await Database.open(path, { name: "sqlite x" });
    database.run("UPDATE documents SET text = 'list: [a, b]' WHERE id = 'a1'");
    deepStrictEqual(await listIn(store), ["a", "b"]);
    database.run("UPDATE documents SET text = '[1]' WHERE id = 'a1'");
    await rejects(store.read("a1"), {
      code: "STORE",
      message:
        `Cannot read "a1" from sqlite ${path}: Cannot read the stored document: it is not a mapping`,
      hint: "Fix it, or replace it with cicdstatemgr init a1 --replace",
    });
    database.close();
  }));

Deno.test("sqliteStore() replaces a document whose key is lost", () =>
  withStore(async (store, path) => {
    const { encryptionCodec } = await import("../shared/encryption.ts");
    const codec = await encryptionCodec([new Uint8Array(32).toBase64()]);
    const sealing = sqliteStore({ path }, { codec });
    await replaceDocument(sealing, "a1", { n: 1 });
    await sealing.close();
    await rejects(store.read("a1"), { message: /no key is configured$/ });
    const { revision } = await replaceDocument(store, "a1", { n: 2 });
    strictEqual(revision.split("-")[0], "2");
    deepStrictEqual((await readDocument(store, "a1")).document, { n: 2 });
  }));

Deno.test("sqliteStore() keeps the time to live of the last write that set one", () =>
  withStore(async (store, path) => {
    await replaceDocument(store, "a1", {}, { ttlMs: 60_000 });
    await updateDocument(store, "a1", append("x"));
    const database = await Database.open(path, { name: "sqlite x" });
    const expiresAt = () =>
      database.get("SELECT expires_at FROM documents")?.expires_at;
    ok(Number(expiresAt()) > Date.now() + 50_000);
    await updateDocument(store, "a1", append("y"), { ttlMs: 0 });
    strictEqual(expiresAt(), null);
    database.close();
  }));

Deno.test("sqliteStore() finds an old revision without reading the others", () =>
  withStore(async (store) => {
    await replaceDocument(store, "a1", { bulk: "x".repeat(5000) });
    for (let n = 0; n < 120; n++) {
      await updateDocument(store, "a1", append(`${n}`));
    }
    for (const revision of [2, 51, 52, 100, 121]) {
      const found = await store.history!.documentAt("a1", revision);
      strictEqual((found!.list as Document[]).length, revision - 1);
    }
    strictEqual(await store.history!.documentAt("a1", 122), undefined);
  }));

for (
  const [what, prepare, code, message] of [
    [
      "a file that is not a database",
      (path) => Deno.writeTextFile(path, "not a database ".repeat(50)),
      "STORE",
      /the file is damaged or not an SQLite database$/,
    ],
    [
      "a database of a newer program",
      async (path) => {
        const { DatabaseSync } = await import("node:sqlite");
        using database = new DatabaseSync(path);
        database.exec("PRAGMA user_version = 7");
      },
      "STORE",
      /its format is 7, this program knows 1$/,
    ],
    [
      "a folder in its place",
      (path) => Deno.mkdir(path),
      "STORE",
      /it is a folder$/,
    ],
  ] as [string, (path: string) => Promise<void>, string, RegExp][]
) {
  Deno.test(`sqliteStore() reports ${what}`, () =>
    withStore(async (store, path) => {
      await prepare(path);
      await rejects(store.read("a1"), { code, message });
      // It is looked at again: it may have been repaired.
      await Deno.remove(path, { recursive: true });
      strictEqual(await store.read("a1"), undefined);
    }));
}

Deno.test("sqliteStore() reports a database that was cut off", () =>
  withStore(async (store, path) => {
    await replaceDocument(store, "a1", { text: "x".repeat(100_000) });
    await store.close();
    await Deno.truncate(path, 20_000);
    await rejects(store.read("a1"), {
      code: "STORE",
      message: /damaged|malformed|disk/,
    });
  }));

Deno.test("sqliteStore() can be used again after it was closed, and closed twice", () =>
  withStore(async (store) => {
    await store.close();
    await replaceDocument(store, "a1", { n: 1 });
    await store.close();
    await store.close();
    deepStrictEqual((await readDocument(store, "a1")).document, { n: 1 });
  }));

Deno.test("sqliteStore() needs little space for small changes of a large document", () =>
  withStore(async (store, path) => {
    const bulk = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, n) => [`k${n}`, `${n * 7}`]),
    );
    await replaceDocument(store, "a1", { first: 0, bulk, last: 0 });
    for (let n = 0; n < 150; n++) {
      await updateDocument(store, "a1", [
        { op: "set", path: ["first"], value: n },
        { op: "set", path: ["last"], value: n },
      ]);
    }
    await store.close();
    const { size } = await Deno.stat(path);
    const document = JSON.stringify(bulk).length;
    // A whole text for each 50 entries, and some for what SQLite keeps free.
    ok(size < 10 * document, `${(size / document).toFixed(1)} times`);
  }));

Deno.test("sqliteStore().about() tells the version, and no damage", async () => {
  await withStore(async (store) => {
    const { version, damage } = await store.about!();
    ok(/^3\.\d+\.\d+$/.test(version!));
    strictEqual(damage, undefined);
  });
});
