import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { openStore } from "../../tests/support/open_datasource.ts";
import { memoryStore } from "../datasources/memory/memory.ts";
import { Database } from "../datasources/sqlite/database.ts";
import type { Change } from "./change.ts";
import type { StateStore } from "./store.ts";
import {
  createDocument,
  readDocument,
  replaceDocument,
  updateDocument,
} from "./update.ts";

const ID = "a1";

/** What a test of a store gets. */
interface Stores {
  readonly store: StateStore;
  /** The same documents as another process sees them. */
  readonly other: StateStore;
}

/** Lends a memory store, and a second object for it that does not share its queue. */
async function withMemory(run: (stores: Stores) => Promise<void>) {
  const store = memoryStore();
  await run({ store, other: { ...store } });
}

/** Lends two stores of one SQLite file, and its path. */
async function withSqlite(
  run: (stores: Stores & { readonly path: string }) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "update-" });
  const path = `${folder}/state.db`;
  const store = await openStore("sqlite", { path });
  const other = await openStore("sqlite", { path });
  try {
    await run({ store, other, path });
  } finally {
    await store.close();
    await other.close();
    await Deno.remove(folder, { recursive: true });
  }
}

function append(item: string): Change {
  return [{ op: "append", path: ["list"], items: [item] }];
}

for (const [kind, withStores] of Object.entries({ withMemory, withSqlite })) {
  const where = kind === "withMemory" ? "in memory" : "in SQLite";

  Deno.test(`updateDocument() loses no change of two writers ${where}`, () =>
    withStores(async ({ store, other }) => {
      await createDocument(store, ID, {});
      const items = Array.from({ length: 20 }, (_, n) => `${n}`);
      const updates = items.map((item, n) =>
        updateDocument(n % 2 === 0 ? store : other, ID, append(item))
      );
      const revisions = (await Promise.all(updates)).map((u) => u.revision);
      const { list } = (await readDocument(store, ID)).document;
      ok(Array.isArray(list));
      deepStrictEqual(new Set(list), new Set(items));
      strictEqual(list.length, 20);
      strictEqual(new Set(revisions).size, 20);
    }));

  Deno.test(`updateDocument() sees another writer's change on its second try ${where}`, () =>
    withStores(async ({ store, other }) => {
      await createDocument(store, ID, { n: 1 });
      const seen: unknown[] = [];
      let overtaking: Promise<unknown> | undefined;
      const overtaken: StateStore = {
        name: store.name,
        read: (id, options) => store.read(id, options),
        revision: (id, options) => store.revision(id, options),
        close: () => store.close(),
        async swap(id, next, before, options) {
          await (overtaking ??= replaceDocument(other, ID, { n: 10 }));
          return await store.swap(id, next, before, options);
        },
      };
      const { document } = await updateDocument(overtaken, ID, ({ n }) => {
        seen.push(n);
        return { n: Number(n) + 1 };
      });
      deepStrictEqual(seen, [1, 10]);
      deepStrictEqual(document, { n: 11 });
      deepStrictEqual((await readDocument(other, ID)).document, { n: 11 });
    }));

  Deno.test(`updateDocument() changes only the wanted revision ${where}`, () =>
    withStores(async ({ store, other }) => {
      const first = await createDocument(store, ID, {});
      const second = await updateDocument(store, ID, append("a"), {
        ifRevision: first.revision,
      });
      const number = second.revision.split("-")[0]!;
      await updateDocument(other, ID, append("b"), { ifRevision: number });
      for (const ifRevision of [first.revision, second.revision, number]) {
        await rejects(updateDocument(store, ID, append("c"), { ifRevision }), {
          code: "CONFLICT",
          message: /^Document "a1" is at revision 3, not [12]/,
          hint: "Read it again, then decide again",
        });
      }
      const { document } = await readDocument(store, ID);
      deepStrictEqual(document, { list: ["a", "b"] });
    }));

  Deno.test(`updateDocument() lets one of many with the same revision win ${where}`, () =>
    withStores(async ({ store, other }) => {
      const { revision } = await createDocument(store, ID, {});
      const results = await Promise.allSettled(
        [store, other, store, other].map((each, n) =>
          updateDocument(each, ID, append(`${n}`), { ifRevision: revision })
        ),
      );
      const won = results.filter(({ status }) => status === "fulfilled");
      strictEqual(won.length, 1);
      const { list } = (await readDocument(store, ID)).document;
      strictEqual(Array.isArray(list) && list.length, 1);
    }));

  Deno.test(`updateDocument() stores nothing if an operation does not fit ${where}`, () =>
    withStores(async ({ store }) => {
      const { revision } = await createDocument(store, ID, { s: "x" });
      const change: Change = [
        ...append("a"),
        { op: "increment", path: ["s"], by: 1 },
      ];
      await rejects(updateDocument(store, ID, change), { code: "PATH" });
      strictEqual(await store.revision(ID), revision);
      deepStrictEqual((await readDocument(store, ID)).document, { s: "x" });
    }));

  Deno.test(`updateDocument() stores nothing after its signal was aborted ${where}`, () =>
    withStores(async ({ store }) => {
      const { revision } = await createDocument(store, ID, {});
      const signal = AbortSignal.abort(new Error("cancelled"));
      for (
        const run of [
          () => updateDocument(store, ID, append("a"), { signal }),
          () => replaceDocument(store, ID, { n: 1 }, { signal }),
          () => createDocument(store, "new", {}, { signal }),
        ]
      ) await rejects(run, { message: "cancelled" });
      strictEqual(await store.revision(ID), revision);
      strictEqual(await store.revision("new"), undefined);
    }));

  Deno.test(`createDocument() lets one of many writers create it ${where}`, () =>
    withStores(async ({ store, other }) => {
      const snapshots = await Promise.all(
        [store, other, store, other].map((each, n) =>
          createDocument(each, ID, { n })
        ),
      );
      const { document, revision } = await readDocument(store, ID);
      for (const snapshot of snapshots) {
        deepStrictEqual(snapshot.document, document);
        strictEqual(snapshot.revision, revision);
      }
    }));
}

Deno.test("updateDocument() lets updates of other ids overtake one that waits", () =>
  withMemory(async ({ store }) => {
    for (const id of [ID, "b2"]) await createDocument(store, id, {});
    const gate = Promise.withResolvers<void>();
    const slow: StateStore = {
      ...store,
      async swap(id, next, before, options) {
        if (id === ID) await gate.promise;
        return await store.swap(id, next, before, options);
      },
    };
    const waiting = updateDocument(slow, ID, append("x"));
    await updateDocument(slow, "b2", append("y"));
    const late = updateDocument(slow, ID, append("z"), { timeoutMs: 20 });
    await rejects(late, { code: "CONFLICT", message: /within 20 ms/ });
    gate.resolve();
    deepStrictEqual((await waiting).document, { list: ["x"] });
    const last = await updateDocument(slow, ID, append("last"));
    deepStrictEqual(last.document, { list: ["x", "last"] });
  }));

for (const text of ["{", "[1]", "", "a: b: c", "\u0000"]) {
  Deno.test(`replaceDocument() replaces the damaged document ${JSON.stringify(text)}`, () =>
    withSqlite(async ({ store, path }) => {
      await createDocument(store, ID, { n: 1 });
      await createDocument(store, "b2", { n: 2 });
      const database = await Database.open(path, { name: "sqlite" });
      database.run("UPDATE documents SET text = ? WHERE id = ?", text, ID);
      database.close();
      await rejects(updateDocument(store, ID, append("x")), {
        code: "STORE",
        hint: "Fix it, or replace it with cicdstatemgr init a1 --replace",
      });
      await replaceDocument(store, ID, { n: 3 });
      deepStrictEqual((await readDocument(store, ID)).document, { n: 3 });
      deepStrictEqual((await readDocument(store, "b2")).document, { n: 2 });
    }));
}
