import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { startRedis } from "../../tests/support/redis_server.ts";
import type { Change } from "../document/change.ts";
import type { StateStore } from "../document/store.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../document/update.ts";
import { openRedis } from "./redis/mod.ts";
import { encryptionCodec } from "./shared/encryption.ts";
import type { StoreExtras } from "./shared/extras.ts";
import { Database } from "./sqlite/database.ts";
import { sqliteStore } from "./sqlite/store.ts";

const folder = await Deno.makeTempDir({ prefix: "encryption-" });
const server = await startRedis();
addEventListener("unload", () => {
  server.kill("SIGKILL");
  for (const path of [folder, server.folder]) {
    Deno.removeSync(path, { recursive: true });
  }
});

const key = crypto.getRandomValues(new Uint8Array(32)).toBase64();
const codec = await encryptionCodec([key]);
const lenient = await encryptionCodec([key], { acceptPlain: true });

/** A store, and how somebody who controls it changes what it holds. */
interface Attacked {
  readonly name: string;
  open(extras: StoreExtras): StateStore | Promise<StateStore>;
  /** Reads what is stored of a document. */
  stored(id: string): Promise<string>;
  /** Reads an entry of its history. */
  entry(id: string, revision: number): Promise<string>;
  /** Replaces what is stored of a document, and nothing else. */
  replace(id: string, stored: string): Promise<void>;
  /** Removes an entry of its history. */
  removeEntry(id: string, revision: number): Promise<void>;
}

const path = `${folder}/state.db`;

async function withDatabase<T>(use: (database: Database) => T): Promise<T> {
  const database = await Database.open(path, { name: "sqlite x" });
  try {
    return use(database);
  } finally {
    database.close();
  }
}

async function send(command: string, ...args: string[]): Promise<unknown> {
  await using client = server.connect();
  return await client.sendCommand(command, args);
}

const historyOf = (id: string) => `{${id}}:cicdstatemgr:history`;

const STORES: Attacked[] = [{
  name: "sqliteStore()",
  open: (extras) => sqliteStore({ path }, extras),
  stored: (id) =>
    withDatabase((database) =>
      String(database.get("SELECT text FROM documents WHERE id = ?", id)?.text)
    ),
  entry: (id, revision) =>
    withDatabase((database) =>
      String(
        database.get(
          "SELECT kept FROM history WHERE id = ? AND number = ?",
          id,
          revision,
        )?.kept,
      )
    ),
  replace: (id, stored) =>
    withDatabase((database) =>
      database.run("UPDATE documents SET text = ? WHERE id = ?", stored, id)
    ),
  removeEntry: (id, revision) =>
    withDatabase((database) =>
      database.run(
        "DELETE FROM history WHERE id = ? AND number = ?",
        id,
        revision,
      )
    ),
}, {
  name: "openRedis()",
  open: (extras) => openRedis(server.options, extras),
  stored: async (id) => String(await send("GET", id)),
  async entry(id, revision) {
    const line = await send("LINDEX", historyOf(id), String(revision - 1));
    return String(line).slice(`${revision}:`.length);
  },
  replace: async (id, stored) => void await send("SET", id, stored),
  async removeEntry(id, revision) {
    const line = await send("LINDEX", historyOf(id), String(revision - 1));
    await send("LREM", historyOf(id), "1", String(line));
  },
}];

function set(name: string, value: string): Change {
  return [{ op: "set", path: ["state", name], value }];
}

function testStore(attacked: Attacked): void {
  async function open(extras: StoreExtras = { codec }) {
    const store = await attacked.open(extras);
    return Object.assign(store, { [Symbol.asyncDispose]: () => store.close() });
  }

  /** Checks that a document whose stored form was replaced cannot be read. */
  async function refuses(id: string, stored: string, message: RegExp) {
    await using store = await open();
    const before = await attacked.stored(id);
    await attacked.replace(id, stored);
    await rejects(store.read(id), { code: "STORE", message });
    await rejects(updateDocument(store, id, set("b", "x")), { message });
    await attacked.replace(id, before);
    ok(await store.read(id));
  }

  Deno.test(`${attacked.name} refuses the document of another id`, async () => {
    await using store = await open();
    await replaceDocument(store, "ida", { state: { a: "1" } });
    await replaceDocument(store, "idb", { state: { a: "1" } });
    await refuses(
      "ida",
      await attacked.stored("idb"),
      /^Cannot read "ida" from .*: somebody has put "idb" in its place$/,
    );
  });

  Deno.test(`${attacked.name} refuses an earlier revision of a document`, async () => {
    await using store = await open();
    await replaceDocument(store, "old", { state: { approved: "no" } });
    const first = await attacked.stored("old");
    for (const value of ["yes", "no", "yes"]) {
      await updateDocument(store, "old", set("approved", value));
    }
    await refuses("old", first, /put revision 1, not [45] in its place$/);
  });

  Deno.test(`${attacked.name} refuses an entry of a history as a document`, async () => {
    await using store = await open();
    await replaceDocument(store, "entry", { state: { a: "1" } });
    await refuses(
      "entry",
      await attacked.entry("entry", 1),
      /somebody has put an entry of a history in its place$/,
    );
  });

  Deno.test(`${attacked.name} refuses a plain document where encryption is configured`, async () => {
    await using store = await open();
    await replaceDocument(store, "plain", { state: { a: "1" } });
    await refuses("plain", '{"state":{"a":"2"}}', /: it is not encrypted$/);
  });

  Deno.test(`${attacked.name} does not restore a revision from a history with a gap`, async () => {
    await using store = await open();
    const long = "x".repeat(2000);
    await replaceDocument(store, "gap", { state: { a: "1", long } });
    for (const value of ["2", "3", "4"]) {
      await updateDocument(store, "gap", set("a", value));
    }
    await attacked.removeEntry("gap", 3);
    strictEqual(await store.history!.documentAt("gap", 4), undefined);
    ok(await store.history!.documentAt("gap", 2));
  });

  Deno.test(`${attacked.name} encrypts a document that was removed or overwritten`, async () => {
    await using store = await open();
    for (let n = 0; n < 2; n++) {
      await replaceDocument(store, "again", { state: { a: "1" } });
      await replaceDocument(store, "again", { state: { a: "2" } });
      await updateDocument(store, "again", set("a", "3"));
      strictEqual((await store.history!.entries("again", 9)).length, 3);
      deepStrictEqual(await store.history!.documentAt("again", 2), {
        state: { a: "2" },
      });
      await store.remove!("again");
    }
  });

  Deno.test(`${attacked.name} reads a plain document for a migration, and encrypts it`, async () => {
    await using plain = await open({});
    await replaceDocument(plain, "turn", { state: { a: "1" } });
    await updateDocument(plain, "turn", set("a", "2"));
    await using accepting = await open({ codec: lenient });
    await updateDocument(accepting, "turn", set("a", "3"));
    await using store = await open();
    deepStrictEqual((await readDocument(store, "turn")).document, {
      state: { a: "3" },
    });
    // No entry is left that could not be read.
    await store.history!.entries("turn", 9);
    deepStrictEqual(await store.history!.documentAt("turn", 3), {
      state: { a: "3" },
    });
  });

  Deno.test(`${attacked.name} replaces a plain document that it refuses to read`, async () => {
    await using plain = await open({});
    await replaceDocument(plain, "force", { state: { a: "1" } });
    await using store = await open();
    await rejects(store.read("force"), /is not encrypted/);
    await replaceDocument(store, "force", { state: { a: "2" } });
    const entries = await store.history!.entries("force", 9);
    strictEqual(entries.length, 1);
  });

  Deno.test(`${attacked.name} accepts concurrent encrypted writes`, async () => {
    await using store = await open();
    await using other = await open();
    await replaceDocument(store, "many", { state: {} });
    await Promise.all(
      Array.from(
        { length: 20 },
        (_, n) =>
          n % 5 === 0
            ? replaceDocument(store, `many-${n}`, { state: {} })
            : updateDocument(n % 2 ? store : other, "many", set(`k${n}`, "x")),
      ),
    );
    const { document } = await readDocument(store, "many");
    strictEqual(Object.keys(document.state!).length, 16);
  });
}

for (const attacked of STORES) testStore(attacked);

/** Reads all files of a database. */
async function rawFiles(path: string): Promise<string> {
  const parts: string[] = [];
  for (const suffix of ["", "-wal", "-shm"]) {
    const bytes = await Deno.readFile(path + suffix).catch(() => undefined);
    if (bytes !== undefined) {
      parts.push(new TextDecoder("latin1").decode(bytes));
    }
  }
  return parts.join();
}

/** Makes a database that holds plain documents, and some that were removed. */
async function plainDatabase(): Promise<string> {
  const path = `${folder}/${crypto.randomUUID()}.db`;
  const store = sqliteStore({ path });
  for (const id of ["a1", "a2", "gone"]) {
    await replaceDocument(store, id, { state: { a: `lighthouse ${id}` } });
    for (let n = 0; n < 5; n++) {
      const long = `lighthouse ${n} `.repeat(400);
      await updateDocument(store, id, set("long", long));
    }
    await updateDocument(store, id, set("long", ""));
  }
  await store.remove!("gone");
  await store.close();
  ok((await rawFiles(path)).includes("lighthouse"));
  return path;
}

Deno.test("sqliteStore() leaves nothing readable in its files once it encrypts", async () => {
  const path = await plainDatabase();
  await using store = sqliteStore({ path }, { codec: lenient });
  await updateDocument(store, "a1", set("b", "c"));
  ok(!(await rawFiles(path)).includes("lighthouse"));
  // Open and closed alike.
  await store.close();
  ok(!(await rawFiles(path)).includes("lighthouse"));
  await using strict = sqliteStore({ path }, { codec });
  for (const id of ["a1", "a2"]) {
    deepStrictEqual(await strict.history!.documentAt(id, 1), {
      state: { a: `lighthouse ${id}` },
    });
  }
});

Deno.test("sqliteStore() keeps locks and other records when it rebuilds its file", async () => {
  const path = await plainDatabase();
  await using store = sqliteStore({ path }, { codec: lenient });
  const records = await store.records!();
  ok(await records.swap("a1", "lock", "held", undefined));
  await updateDocument(store, "a1", set("b", "c"));
  await store.reseal!();
  ok(!(await rawFiles(path)).includes("lighthouse"));
  strictEqual(await records.read("a1", "lock"), "held");
  // A document still takes its records along when it is removed.
  await store.remove!("a1");
  await replaceDocument(store, "a1", {});
  strictEqual(await records.read("a1", "lock"), undefined);
});

Deno.test("sqliteStore() leaves nothing readable of a document that it overwrites", async () => {
  const path = await plainDatabase();
  await using store = sqliteStore({ path }, { codec });
  for (const id of ["a1", "a2"]) {
    await replaceDocument(store, id, { state: {} });
  }
  ok(!(await rawFiles(path)).includes("lighthouse"));
});

Deno.test("sqliteStore() notices what a program without encryption writes later", async () => {
  const path = await plainDatabase();
  await using store = sqliteStore({ path }, { codec: lenient });
  await updateDocument(store, "a1", set("b", "c"));
  await using plain = sqliteStore({ path });
  await replaceDocument(plain, "a3", { state: { a: "harbour" } });
  ok((await rawFiles(path)).includes("harbour"));
  await updateDocument(store, "a1", set("b", "d"));
  ok(!(await rawFiles(path)).includes("harbour"));
});

Deno.test("sqliteStore() encrypts everything with the newest key on demand", async () => {
  const path = await plainDatabase();
  await using old = sqliteStore({ path }, { codec: lenient });
  await updateDocument(old, "a1", set("b", "c"));
  const newer = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  await using both = sqliteStore({ path }, {
    codec: await encryptionCodec([newer, key]),
  });
  await both.reseal!();
  await using store = sqliteStore({ path }, {
    codec: await encryptionCodec([newer]),
  });
  deepStrictEqual(await store.history!.documentAt("a1", 1), {
    state: { a: "lighthouse a1" },
  });
  deepStrictEqual((await store.history!.entries("a2", 9)).length, 7);
});

Deno.test("sqliteStore() says what it cannot encrypt with the newest key", async () => {
  const path = `${folder}/lost.db`;
  await using lost = sqliteStore({ path }, { codec });
  await replaceDocument(lost, "a1", { state: {} });
  await using plain = sqliteStore({ path });
  await replaceDocument(plain, "a2", { state: { a: "lighthouse" } });
  const newer = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  await using store = sqliteStore({ path }, {
    codec: await encryptionCodec([newer], { acceptPlain: true }),
  });
  await rejects(store.reseal!(), {
    code: "STORE",
    message: /^Cannot encrypt "a1" from sqlite .* again: it is encrypted with/,
  });
  ok(await store.read("a2"));
  ok(!(await rawFiles(path)).includes("lighthouse"));
});
