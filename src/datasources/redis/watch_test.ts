import { strictEqual } from "node:assert/strict";
import {
  startCluster,
  startSentinels,
} from "../../../tests/support/redis_group.ts";
import { startRedis } from "../../../tests/support/redis_server.ts";
import { waitForValue } from "../../coordination/wait.ts";
import type { StateStore } from "../../document/store.ts";
import { replaceDocument, updateDocument } from "../../document/update.ts";
import type { Value } from "../../values.ts";
import { openRedis } from "./mod.ts";
import type { RedisOptions } from "./options.ts";

/** Waits for a value that polling cannot find, only a message of the store. */
async function isWoken(
  store: StateStore,
  id: string,
  write: () => Promise<unknown>,
): Promise<Value> {
  const listening = Promise.withResolvers<void>();
  let isWritten = false;
  let isTold = false;
  const first = await store.revision(id);
  const found = waitForValue(
    {
      name: store.name,
      read: (name) => store.read(name),
      revision: (name) =>
        isTold ? store.revision(name) : Promise.resolve(first),
      swap: () => Promise.resolve(undefined),
      close: () => Promise.resolve(),
      watch: (name, notify) =>
        store.watch!(name, () => {
          listening.resolve();
          isTold ||= isWritten;
          notify();
        }),
    },
    id,
    "state.tag",
    { timeoutMs: 60_000 },
  );
  await listening.promise;
  isWritten = true;
  await write();
  return (await found).value;
}

async function setByAnother(options: RedisOptions, id: string): Promise<void> {
  const store = await openRedis(options);
  await updateDocument(store, id, [
    { op: "set", path: ["state", "tag"], value: "v1" },
  ]);
  await store.close();
}

/** Checks that a write through another connection ends a wait. */
async function checkWoken(options: RedisOptions): Promise<void> {
  for (const id of ["a1", "a{1}b"]) {
    const store = await openRedis(options);
    await replaceDocument(store, id, {});
    const value = await isWoken(store, id, () => setByAnother(options, id));
    strictEqual(value, "v1");
    await store.close();
  }
}

Deno.test("watch() tells of the writes of other processes", async () => {
  await using server = await startRedis();
  await checkWoken(server.options);
});

Deno.test("watch() tells of writes in a cluster", async () => {
  await using cluster = await startCluster();
  await checkWoken(cluster.options);
});

Deno.test("watch() tells of writes behind sentinels", async () => {
  await using group = await startSentinels();
  await checkWoken(group.options);
});

Deno.test("watch() tells of other programs if the server notifies", async () => {
  await using server = await startRedis({
    config: ["notify-keyspace-events KA"],
  });
  const options = { ...server.options, db: 3 };
  const store = await openRedis(options);
  await replaceDocument(store, "a1", {});
  const value = await isWoken(store, "a1", async () => {
    await using client = server.connect();
    await client.sendCommand("SELECT", [3]);
    await client.sendCommand("SET", ["a1", "state: {tag: v1}"]);
  });
  strictEqual(value, "v1");
  await store.close();
});

Deno.test("watch() goes on after the server was restarted", async () => {
  await using server = await startRedis({ appendOnly: true });
  const store = await openRedis(server.options);
  await replaceDocument(store, "a1", {});
  const value = await isWoken(store, "a1", async () => {
    await server.restart();
    await setByAnother(server.options, "a1");
  });
  strictEqual(value, "v1");
  await store.close();
});

const RULES: readonly [what: string, rules: string][] = [
  ["may use no channel", "~* +@all resetchannels"],
  ["may not subscribe or publish", "~* &* +@all -subscribe -publish"],
];
for (const [what, rules] of RULES) {
  Deno.test(`a user who ${what} writes, and waits by polling`, async () => {
    const user = { name: "ci", password: "secret", rules };
    await using server = await startRedis({ user });
    const store = await openRedis(server.options);
    await replaceDocument(store, "a1", {});
    const found = waitForValue(store, "a1", "state.tag");
    await setByAnother(server.options, "a1");
    strictEqual((await found).value, "v1");
    await store.close();
  });
}
