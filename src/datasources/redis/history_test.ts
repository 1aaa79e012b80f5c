import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { startRedis } from "../../../tests/support/redis_server.ts";
import type { Change } from "../../document/change.ts";
import { replaceDocument, updateDocument } from "../../document/update.ts";
import { encryptionCodec } from "../shared/encryption.ts";
import { openRedis } from "./mod.ts";

const server = await startRedis();
addEventListener("unload", () => {
  server.kill("SIGKILL");
  Deno.removeSync(server.folder, { recursive: true });
});

function set(key: string, value: string): Change {
  return [{ op: "set", path: ["state", key], value }];
}

Deno.test("openRedis() shows what another program wrote as external", async () => {
  const store = await openRedis(server.options);
  await using client = server.connect();
  const id = "external";
  await replaceDocument(store, id, { n: 1 });
  await client.sendCommand("SET", [id, "n: 2\n"]);
  let entries = await store.history!.entries(id, 10);
  deepStrictEqual(
    entries.map(({ revision, external }) => [revision, external]),
    [[
      2,
      true,
    ], [1, false]],
  );
  deepStrictEqual(await store.history!.documentAt(id, 2), { n: 2 });
  await updateDocument(store, id, set("a", "b"));
  await client.sendCommand("SET", [id, "n: 4\n"]);
  await client.sendCommand("SET", [id, "n: 5\n"]);
  await replaceDocument(store, id, { n: 6 });
  entries = await store.history!.entries(id, 10);
  deepStrictEqual(
    entries.map(({ revision, external }) => [revision, external]),
    [
      [5, false],
      [3, false],
      [2, true],
      [1, false],
    ],
  );
  deepStrictEqual(await store.history!.documentAt(id, 1), { n: 1 });
  deepStrictEqual(await store.history!.documentAt(id, 3), {
    n: 2,
    state: { a: "b" },
  });
  deepStrictEqual(await store.history!.documentAt(id, 5), { n: 6 });
  await store.close();
});

Deno.test("redisHistory() limits what it shows of the past, external changes included", async () => {
  const store = await openRedis(server.options, { history: { maxEntries: 3 } });
  await using client = server.connect();
  const id = "limited";
  for (let n = 1; n <= 5; n++) await replaceDocument(store, id, { n });
  await client.sendCommand("SET", [id, "n: 6\n"]);
  const numbers = async (limit: number) =>
    (await store.history!.entries(id, limit)).map(({ revision }) => revision);
  deepStrictEqual(await numbers(100), [6, 5, 4]);
  deepStrictEqual(await numbers(2), [6, 5]);
  await store.close();
});

Deno.test("redisHistory() restores what another program wrote, encrypted or not", async () => {
  const codec = await encryptionCodec([new Uint8Array(32).toBase64()], {
    acceptPlain: true,
  });
  const store = await openRedis(server.options, { codec });
  await using client = server.connect();
  const id = "sealed";
  await replaceDocument(store, id, { n: 1 });
  await client.sendCommand("SET", [id, "n: 2\n"]);
  await updateDocument(store, id, set("a", "b"));
  await client.sendCommand("SET", [id, "n: 4\n"]);
  for (const [revision, n] of [[1, 1], [2, 2], [3, 2], [4, 4]] as const) {
    strictEqual((await store.history!.documentAt(id, revision))?.n, n);
  }
  await store.close();
});

Deno.test("redisHistory() has nothing to show of a document that another program wrote and we did not", async () => {
  const store = await openRedis(server.options);
  await using client = server.connect();
  await client.sendCommand("SET", ["foreign", "n: 1\n"]);
  const [entry, ...others] = await store.history!.entries("foreign", 10);
  strictEqual(entry?.external, true);
  strictEqual(entry?.revision, 1);
  strictEqual(others.length, 0);
  deepStrictEqual(await store.history!.entries("none", 10), []);
  strictEqual(await store.history!.documentAt("none", 1), undefined);
  await store.close();
});
