// Clients of the user's own: whatever sends a command and returns its reply.
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { startRedis } from "../../../../tests/support/redis_server.ts";
import { testStore } from "../../../../tests/support/store_contract.ts";
import type { StateStore } from "../../../document/store.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../../document/update.ts";
import type { LeanRedisClient, RedisClient } from "./client.ts";
import { redis } from "../mod.ts";
import { redisStore } from "../store.ts";

type Arguments = Parameters<RedisClient["sendCommand"]>;

const server = await startRedis();
addEventListener("unload", () => {
  server.kill("SIGKILL");
  Deno.removeSync(server.folder, { recursive: true });
});

/** Sends each command over the next of some connections. */
function poolClient(size: number): RedisClient & AsyncDisposable {
  const clients = Array.from({ length: size }, () => server.connect());
  let next = 0;
  return {
    sendCommand: (...args: Arguments) =>
      clients[next++ % size]!.sendCommand(...args),
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.close();
    },
  };
}

/** Collects commands and sends them together. */
function pipeliningClient(): RedisClient & AsyncDisposable {
  const client = server.connect();
  let batch: (() => void)[] = [];
  return {
    sendCommand(...args: Arguments) {
      const { promise, resolve } = Promise.withResolvers<void>();
      batch.push(resolve);
      if (batch.length === 1) {
        setTimeout(() => {
          const all = batch;
          batch = [];
          for (const send of all) send();
        }, 1);
      }
      return promise.then(() => client.sendCommand(...args));
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** Opens a new connection every few commands, and fails with errors of its own. */
function reconnectingClient(): RedisClient & AsyncDisposable {
  let client: LeanRedisClient | undefined;
  let sent = 0;
  return {
    async sendCommand(...args: Arguments) {
      if (++sent % 7 === 0) {
        await client?.close();
        client = undefined;
        throw new Error("Connection is closed.");
      }
      client ??= server.connect();
      return await client.sendCommand(...args);
    },
    async [Symbol.asyncDispose]() {
      await client?.close();
    },
  };
}

for (
  const [name, makeClient] of [
    ["that is a pool", () => poolClient(5)],
    ["that pipelines", pipeliningClient],
  ] as const
) {
  const client = makeClient();
  testStore({
    name: `redisStore() with a client ${name}`,
    open: () => redisStore({ client }),
    async overwrite(id, text) {
      await client.sendCommand("SET", [id, text]);
    },
  });
  Deno.test(`redisStore() leaves a client open ${name}`, async () => {
    await redisStore({ client }).close();
    strictEqual(await client.sendCommand("PING", []), "PONG");
    await client[Symbol.asyncDispose]();
  });
}

async function appendMany(store: StateStore, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await updateDocument(store, "many", [
      { op: "append", path: ["list"], items: [n] },
    ]);
  }
}

Deno.test("redisStore() updates through a client that reconnects", async () => {
  await using client = reconnectingClient();
  const store = redisStore({ client });
  await replaceDocument(store, "many", {});
  await appendMany(store, 40);
  const plain = redisStore({ client: poolClient(1) });
  const { list } = (await readDocument(plain, "many")).document;
  deepStrictEqual(list, Array.from({ length: 40 }, (_, n) => n));
});

Deno.test("a redis datasource uses the user's client and its own options", async () => {
  await using client = poolClient(2);
  const outcome: unknown[] = [];
  const datasource = redis.section.read(
    { isPrimary: true, host: "no.such.invalid" },
    [],
    (problem) => outcome.push(problem),
  );
  deepStrictEqual(outcome, []);
  const store = await datasource.openStore!({ client });
  strictEqual(store.name, "redis");
  await replaceDocument(store, "own", { n: 1 });
  ok(await store.revision("own"));
  await store.close();
});
