import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { StateRecords } from "../../src/document/capabilities.ts";
import type { StateStore } from "../../src/document/store.ts";
import { replaceDocument } from "../../src/document/update.ts";

const ID = "recorded";

/** What the suite needs to know of a store. */
export interface RecordsContract {
  /** Its name in the names of the tests. */
  readonly name: string;
  /** Opens it. All stores that it returns share their documents. */
  readonly open: () => StateStore | Promise<StateStore>;
  /** Whether it holds one document only. */
  readonly holdsOne?: boolean;
  /** Whether documents can expire. */
  readonly expires?: boolean;
}

/** Registers the tests that the records of each store must pass. */
export function testRecords(
  { name, open, holdsOne, expires }: RecordsContract,
): void {
  function test(
    what: string,
    run: (store: StateStore, records: StateRecords) => Promise<void>,
  ): void {
    Deno.test(`${name} ${what}`, async () => {
      const store = await open();
      await store.remove!(ID).catch(() => {});
      await write(store);
      await run(store, await store.records!());
      await store.remove!(ID).catch(() => {});
      await store.close();
    });
  }

  test(
    "writes a record only over the one that was read",
    async (_, records) => {
      strictEqual(await records.read(ID, "a"), undefined);
      strictEqual(await records.swap(ID, "a", "1", "0"), false);
      strictEqual(await records.swap(ID, "a", "1", undefined), true);
      strictEqual(await records.swap(ID, "a", "2", undefined), false);
      strictEqual(await records.swap(ID, "a", "2", "0"), false);
      strictEqual(await records.read(ID, "a"), "1");
      strictEqual(await records.swap(ID, "a", "2", "1"), true);
      strictEqual(await records.read(ID, "a"), "2");
      strictEqual(await records.read(ID, "b"), undefined);
    },
  );

  test("keeps any name and any string", async (_, records) => {
    const names = ["", "a", "a.b", "__proto__", "ü ⚓\n'\"", "r:a", "{a}"];
    for (const [index, record] of names.entries()) {
      strictEqual(
        await records.swap(ID, record, `${record}${index}`, undefined),
        true,
      );
    }
    for (const [index, record] of names.entries()) {
      strictEqual(await records.read(ID, record), `${record}${index}`);
    }
  });

  test("shows records in no document and no list", async (store, records) => {
    const before = await store.read(ID);
    await records.swap(ID, "a", "1", undefined);
    const after = await store.read(ID);
    deepStrictEqual(after!.document, before!.document);
    strictEqual(after!.revision, before!.revision);
    strictEqual(await store.revision(ID), before!.revision);
    const { documents } = await store.list!({ prefix: ID });
    deepStrictEqual(documents.map(({ id }) => id), [ID]);
    strictEqual((await store.history?.entries(ID, 9))?.length ?? 1, 1);
  });

  test(
    "keeps records while a document is written and replaced",
    async (store, records) => {
      await records.swap(ID, "a", "1", undefined);
      await write(store, { more: true });
      const before = await store.read(ID);
      await store.swap(ID, { ...before!.document, most: 1 }, before);
      strictEqual(await records.read(ID, "a"), "1");
      const other = await open();
      strictEqual(await (await other.records!()).read(ID, "a"), "1");
      await other.close();
    },
  );

  test("removes records with the document", async (store, records) => {
    await records.swap(ID, "a", "1", undefined);
    await store.remove!(ID);
    strictEqual(await records.read(ID, "a"), undefined);
    strictEqual(await records.swap(ID, "a", "2", undefined), false);
    await write(store);
    strictEqual(await records.read(ID, "a"), undefined);
  });

  test("lets one of many writers win", async (_, records) => {
    const stores = await Promise.all([1, 2, 3].map(() => open()));
    const all = await Promise.all(stores.map((store) => store.records!()));
    const results = await Promise.all(
      Array.from(
        { length: 12 },
        (_, writer) =>
          all[writer % 3]!.swap(ID, "a", String(writer), undefined),
      ),
    );
    strictEqual(results.filter((won) => won).length, 1);
    strictEqual(await records.read(ID, "a"), String(results.indexOf(true)));
    for (const store of stores) await store.close();
  });

  if (expires) {
    test("lets records expire with the document", async (store, records) => {
      await records.swap(ID, "a", "1", undefined);
      await replaceDocument(store, ID, {}, { ttlMs: 30 });
      while (await store.revision(ID) !== undefined) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      strictEqual(await records.swap(ID, "a", "2", "1"), false);
      await write(store);
      strictEqual(await records.read(ID, "a"), undefined);
    });
  }

  if (holdsOne) return;
  test("keeps the records of each document apart", async (store, records) => {
    await replaceDocument(store, "other", {});
    await records.swap(ID, "a", "1", undefined);
    strictEqual(await records.read("other", "a"), undefined);
    await store.remove!("other");
    strictEqual(await records.read(ID, "a"), "1");
  });
}

async function write(store: StateStore, more = {}): Promise<void> {
  await replaceDocument(store, ID, {
    ...more,
    state: { cicdContextDataId: ID },
  });
}
