// Clients of the user's own: whatever sends a command and returns its reply.
import {
  deepStrictEqual,
  ok,
  rejects,
  strictEqual,
  throws,
} from "node:assert/strict";
import { startRedis } from "../../../../tests/support/redis_server.ts";
import { testStore } from "../../../../tests/support/store_contract.ts";
import type { StateStore } from "../../../document/store.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../../document/update.ts";
import type { LeanRedisClient, RedisClient, RedisCommand } from "./client.ts";
import { ownClient } from "./own_client.ts";
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

for (
  const wrong of [null, "redis://r", {}, { sendCommand: "PING" }, () => {}]
) {
  Deno.test(`ownClient() refuses ${Deno.inspect(wrong)}`, () => {
    throws(() => ownClient(wrong), {
      code: "CONFIG",
      message: "Cannot use the Redis client: it has no method sendCommand",
    });
  });
}

/** A client that sends each command twice, as some do after a lost connection. */
function repeatingClient(): RedisClient & AsyncDisposable {
  const client = server.connect();
  return {
    async sendCommand(...args: Arguments) {
      await client.sendCommand(...args);
      return await client.sendCommand(...args);
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

Deno.test("redisStore() changes a document once through a client that repeats commands", async () => {
  await using client = repeatingClient();
  const store = redisStore({ client });
  await replaceDocument(store, "many", {});
  await appendMany(store, 10);
  const { list } = (await readDocument(store, "many")).document;
  deepStrictEqual(list, Array.from({ length: 10 }, (_, n) => n));
});

Deno.test("ownClient() says at once that a client is closed", async () => {
  let sent = 0;
  const client = ownClient({
    isClosed: true,
    sendCommand() {
      sent++;
      return Promise.reject(new Error("The client is closed"));
    },
  });
  const store = redisStore({ client });
  await rejects(updateDocument(store, "a1", []), {
    code: "STORE",
    message: "Cannot use redis: the client is closed",
  });
  await rejects(replaceDocument(store, "a1", {}), { code: "STORE" });
  strictEqual(sent, 0);
});

Deno.test("ownClient() notices that a client is closed while it tries again", async () => {
  const client = {
    isClosed: false,
    sendCommand() {
      client.isClosed = true;
      return Promise.reject(new Error("Bad resource ID"));
    },
  };
  const store = redisStore({ client: ownClient(client) });
  await rejects(updateDocument(store, "a1", []), {
    code: "STORE",
    message: "Cannot use redis: Bad resource ID",
  });
  // It was open when the command was sent, so nobody knows.
  client.isClosed = false;
  await rejects(replaceDocument(store, "a1", {}), {
    code: "TIMEOUT",
    message: /Bad resource ID; the change may have been stored$/,
  });
});

Deno.test("ownClient() gives up a client that never settles a command", async () => {
  const hanging = { sendCommand: () => new Promise(() => {}) };
  const store = redisStore({ client: ownClient(hanging, 50) });
  await rejects(store.read("a1"), {
    code: "TIMEOUT",
    message: "Cannot use redis: no answer within 50 ms",
  });
});

for (
  const [what, reply] of [
    ["a string", "x"],
    ["a number", 1],
    ["an empty array", []],
    ["an array of arrays", [[], [], [], [], []]],
    ["null", null],
    ["a mapping", {}],
    ["bytes", new Uint8Array([1])],
    ["true", true],
  ] as const
) {
  Deno.test(`redisStore() reports a client that returns ${what}`, async () => {
    const client = { sendCommand: () => Promise.resolve(reply) };
    const store = redisStore({ client: ownClient(client) });
    const signal = AbortSignal.timeout(10_000);
    for (
      const use of [
        () => store.read("a1", { signal }),
        () => store.list!(),
        () => store.history!.entries("a1", 5),
        () => store.takeTurn!("a1", { lostRaces: 9, signal }),
      ]
    ) {
      await rejects(use(), {
        code: "STORE",
        message:
          /^Cannot use redis: it sent an unexpected reply, an? \w+$|null$/,
      });
    }
  });
}

Deno.test("wait-replicas is refused for a client that cannot send commands together", async () => {
  await using pool = poolClient(3);
  const datasource = redis.section.read(
    { isPrimary: true, "wait-replicas": 1 },
    [],
    () => {},
  );
  await rejects(datasource.openStore!({ client: pool }), {
    code: "CONFIG",
    message: /^Cannot wait for replicas with this Redis client/,
  });
});

Deno.test("wait-replicas does not accept what no replica has, through a pool that can", async () => {
  await using pool = poolClient(3);
  await using single = server.connect();
  const client = {
    ...pool,
    sendAll: (commands: readonly RedisCommand[]) => single.sendAll(commands),
  };
  const datasource = redis.section.read(
    { isPrimary: true, "wait-replicas": 1 },
    [],
    () => {},
  );
  const store = await datasource.openStore!({ client });
  await rejects(replaceDocument(store, "alone", {}, { timeoutMs: 1500 }), {
    code: "TIMEOUT",
    message:
      "Cannot use redis: 0 of 1 replicas have the change; the change may have been stored",
  });
});
