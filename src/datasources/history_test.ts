import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { startRedis } from "../../tests/support/redis_server.ts";
import type { Change, Document } from "../document/change.ts";
import type {
  ListedDocument,
  ListPage,
  StateStore,
} from "../document/store.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../document/update.ts";
import { openRedis } from "./redis/mod.ts";
import { encryptionCodec } from "./shared/encryption.ts";
import type { StoreExtras } from "./shared/extras.ts";
import { sqliteStore } from "./sqlite/store.ts";

const folder = await Deno.makeTempDir({ prefix: "history-" });
const server = await startRedis();
addEventListener("unload", () => {
  server.kill("SIGKILL");
  for (const path of [folder, server.folder]) {
    Deno.removeSync(path, { recursive: true });
  }
});

const key = crypto.getRandomValues(new Uint8Array(32)).toBase64();
const codec = await encryptionCodec([key]);

type Opener = (extras: StoreExtras) => StateStore | Promise<StateStore>;

const KINDS: [string, Opener][] = [
  ["openRedis()", (extras) => openRedis(server.options, extras)],
  [
    "sqliteStore()",
    (extras) => sqliteStore({ path: `${folder}/state.db` }, extras),
  ],
];

function set(key: string, value: string): Change {
  return [{ op: "set", path: ["state", key], value }];
}

/** All that a store keeps of a document. */
async function allBytes(name: string, id: string): Promise<string> {
  if (name === "sqliteStore()") {
    const { DatabaseSync } = await import("node:sqlite");
    using database = new DatabaseSync(`${folder}/state.db`);
    return JSON.stringify([
      database.prepare("SELECT * FROM documents WHERE id = ?").all(id),
      database.prepare("SELECT * FROM history WHERE id = ?").all(id),
    ]);
  }
  await using client = server.connect();
  return String(await client.sendCommand("GET", [id])) +
    String(
      await client.sendCommand("LRANGE", [
        `{${id}}:cicdstatemgr:history`,
        0,
        -1,
      ]),
    );
}

async function listAll(store: StateStore, prefix: string) {
  const found: ListedDocument[] = [];
  let page: ListPage | undefined;
  do {
    page = await store.list!({ prefix, cursor: page?.cursor });
    found.push(...page.documents);
  } while (page.cursor !== undefined);
  return found;
}

/** Text as a document has it, of which a change touches a little. */
const BULK: Document = {
  pipelines: Object.fromEntries(
    Array.from(
      { length: 40 },
      (_, index) => [`p${index}`, { steps: [index, "build ⚓"] }],
    ),
  ),
};

for (const [name, openWith] of KINDS) testHistory(name, openWith);

function testHistory(name: string, openWith: Opener): void {
  /** A store with a document of its own. */
  function test(
    what: string,
    extras: StoreExtras,
    run: (store: StateStore, id: string) => Promise<void>,
  ) {
    Deno.test(`${name} ${what}`, async () => {
      const store = await openWith(extras);
      const id = crypto.randomUUID();
      try {
        await run(store, id);
      } finally {
        await store.close();
      }
    });
  }

  test("shows who changed what", {}, async (store, id) => {
    const note = { actor: "ci@build-7" };
    await replaceDocument(store, id, BULK, {
      note: { ...note, action: "init-new" },
    });
    await updateDocument(store, id, set("tag", "v1"), { note });
    await updateDocument(store, id, () => BULK, {
      note: { actor: "ann@desk", action: "rollback to 1" },
    });
    const [third, second, first] = await store.history!.entries(id, 10);
    strictEqual(first!.revision, 1);
    strictEqual(first!.action, "init-new");
    strictEqual(first!.operations, undefined);
    strictEqual(second!.actor, "ci@build-7");
    deepStrictEqual(second!.operations, [
      { op: "set", path: ["state", "tag"], value: '"v1"' },
    ]);
    ok(Math.abs(second!.at - Date.now()) < 60_000);
    strictEqual(third!.revision, 3);
    strictEqual(third!.actor, "ann@desk");
    strictEqual(third!.external, false);
    strictEqual((await store.history!.entries(id, 1))[0]!.revision, 3);
  });

  test("finds every document that there was", {}, async (store, id) => {
    const documents: Document[] = [];
    documents.push((await replaceDocument(store, id, BULK)).document);
    for (let n = 0; n < 130; n++) {
      const value = n % 30 === 29 ? "⚓".repeat(4000) : `v${n} \ud83d`;
      const key = ["tag", "pipelines", "z"][n % 3]!;
      const { document } = await updateDocument(store, id, set(key, value));
      documents.push(document);
    }
    for (const [index, document] of documents.entries()) {
      const found = await store.history!.documentAt(id, index + 1);
      strictEqual(
        JSON.stringify(found),
        JSON.stringify(document),
        `${index + 1}`,
      );
    }
    strictEqual(await store.history!.documentAt(id, 132), undefined);
    strictEqual(await store.history!.documentAt(id, 0), undefined);
  });

  test(
    "keeps as much of the past as it should",
    { history: { maxEntries: 7 } },
    async (store, id) => {
      await replaceDocument(store, id, BULK);
      for (let n = 2; n <= 120; n++) {
        await updateDocument(store, id, set("n", `v${n}`));
      }
      const entries = await store.history!.entries(id, 100);
      deepStrictEqual(entries.map(({ revision }) => revision), [
        120,
        119,
        118,
        117,
        116,
        115,
        114,
      ]);
      for (const { revision } of entries) {
        const found = await store.history!.documentAt(id, revision);
        strictEqual((found!.state as Document).n, `v${revision}`);
      }
      strictEqual(await store.history!.documentAt(id, 20), undefined);
    },
  );

  test("shortens and masks what it keeps", {
    history: { mask: (text) => text.replaceAll("s3cret", "***") },
  }, async (store, id) => {
    await replaceDocument(store, id, BULK);
    const many = Array.from({ length: 60 }, (_, n) => set(`k${n}`, "x")[0]!);
    await updateDocument(store, id, [
      ...set("token", "s3cret"),
      ...set("long", "x".repeat(5000)),
      ...many,
    ]);
    const [entry] = await store.history!.entries(id, 1);
    strictEqual(entry!.operations![0]!.value, '"***"');
    strictEqual(entry!.operations![1]!.value!.length, 201);
    strictEqual(entry!.operations!.length, 50);
    strictEqual(entry!.moreOperations, 12);
  });

  test("forgets the past of what was removed", {}, async (store, id) => {
    await replaceDocument(store, id, { n: 1 });
    await store.remove!(id);
    deepStrictEqual(await store.history!.entries(id, 10), []);
    await replaceDocument(store, id, { n: 2 });
    strictEqual((await store.history!.entries(id, 10)).length, 1);
  });

  test(
    "keeps no past if it should not",
    { history: { maxEntries: 0 } },
    async (store, id) => {
      strictEqual(store.history, undefined);
      await replaceDocument(store, id, { n: 1 });
      await updateDocument(store, id, set("a", "b"));
      const later = await openWith({});
      deepStrictEqual(await later.history!.entries(id, 10), []);
      await updateDocument(later, id, set("a", "c"));
      strictEqual((await later.history!.entries(id, 10)).length, 1);
      deepStrictEqual(await later.history!.documentAt(id, 3), {
        n: 1,
        state: { a: "c" },
      });
      await later.close();
    },
  );

  test(
    "lets documents expire, counted from the last write",
    {},
    async (store, id) => {
      await replaceDocument(store, id, { n: 1 }, { ttlMs: 60_000 });
      await updateDocument(store, id, set("a", "b"));
      ok(await store.read(id));
      await updateDocument(store, id, set("a", "c"), { ttlMs: 1 });
      await new Promise((resolve) => setTimeout(resolve, 20));
      strictEqual(await store.read(id), undefined);
      deepStrictEqual(await store.history!.entries(id, 10), []);
      deepStrictEqual(await listAll(store, id), []);
      await replaceDocument(store, id, { n: 2 }, { ttlMs: 1 });
      await new Promise((resolve) => setTimeout(resolve, 20));
      await replaceDocument(store, id, { n: 3 }, { ttlMs: 0 });
      deepStrictEqual((await readDocument(store, id)).document, { n: 3 });
      strictEqual((await store.history!.entries(id, 10)).length, 1);
    },
  );

  test("lists many documents in pages", {}, async (store, id) => {
    const ids = Array.from({ length: 450 }, (_, n) => `${id}*[${n}]`);
    for (const each of ids) {
      await store.swap(each, { state: { cicdContextName: "prod" } }, undefined);
    }
    await replaceDocument(store, `${id}-other`, {});
    const found = await listAll(store, `${id}*[`);
    for (const document of found) {
      strictEqual(document.context, "prod");
      strictEqual(document.revision.split("-")[0], "1");
      ok(document.size! > 10 && document.updatedAt! > 0);
    }
    const listed = new Set(found.map((document) => document.id));
    deepStrictEqual([...listed].toSorted(), ids.toSorted());
  });

  test(
    "keeps nothing readable of a sealed document",
    { codec },
    async (store, id) => {
      await replaceDocument(store, id, { state: { a: "lighthouse" } });
      await updateDocument(store, id, set("b", "lighthouse"));
      await updateDocument(store, id, set("c", "lighthouse"));
      strictEqual(
        (await store.history!.entries(id, 5))[0]!.operations![0]!.value,
        '"lighthouse"',
      );
      deepStrictEqual(await store.history!.documentAt(id, 1), {
        state: { a: "lighthouse" },
      });
      const bytes = await allBytes(name, id);
      ok(bytes.length > 100);
      ok(!bytes.includes("lighthouse"));

      const plain = await openWith({});
      await rejects(plain.read(id), {
        code: "STORE",
        message: /it is encrypted, and no key is configured$/,
      });
      await plain.close();
      const other = crypto.getRandomValues(new Uint8Array(32)).toBase64();
      const wrong = await openWith({ codec: await encryptionCodec([other]) });
      await rejects(wrong.read(id), { code: "STORE", message: /not with/ });
      await wrong.close();
      const rotated = await openWith({
        codec: await encryptionCodec([other, key]),
      });
      await updateDocument(rotated, id, set("d", "x"));
      deepStrictEqual(await rotated.history!.documentAt(id, 2), {
        state: { a: "lighthouse", b: "lighthouse" },
      });
      await rotated.close();
      await rejects(store.read(id), {
        code: "STORE",
        message: /is encrypted with key/,
      });
    },
  );
}
