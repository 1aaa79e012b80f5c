// What is reported if the answer to a write is lost, and then the server is no
// longer the one that it was.
import { match, ok, rejects, strictEqual } from "node:assert/strict";
import {
  type RedisServer,
  startRedis,
} from "../../../tests/support/redis_server.ts";
import { startProxy, type TcpProxy } from "../../../tests/support/tcp_proxy.ts";
import type { CicdStateError } from "../../errors.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../document/update.ts";
import { openRedis } from "./mod.ts";

/** What the server is, once the answer has been lost. */
type Change = (server: RedisServer, proxy: TcpProxy) => Promise<unknown>;

async function configure(
  server: RedisServer,
  name: string,
  value: string,
): Promise<void> {
  await using client = server.connect();
  await client.sendCommand("CONFIG", ["SET", name, value]);
}

const CHANGES: readonly [string, Change][] = [
  ["nobody listens any more", (_server, proxy) => {
    proxy.redirect(0);
    return Promise.resolve();
  }],
  ["the server is a replica now", async (server) => {
    await using client = server.connect();
    await client.sendCommand("REPLICAOF", ["127.0.0.1", 1]);
  }],
  [
    "the server misses replicas now",
    (server) => configure(server, "min-replicas-to-write", "3"),
  ],
  [
    "the server demands a password now",
    (server) => configure(server, "requirepass", "sesame"),
  ],
  ["the server has gone", (server) => {
    server.kill("SIGKILL");
    return Promise.resolve();
  }],
];

for (const [what, change] of CHANGES) {
  Deno.test(`updateDocument() says that a change may be stored if its answer is lost and ${what}`, async () => {
    await using server = await startRedis();
    await using proxy = startProxy(server.port);
    const store = await openRedis({
      host: "127.0.0.1",
      port: proxy.port,
      connectTimeoutMs: 200,
    });
    await replaceDocument(store, "a1", {});
    let changed: Promise<unknown> | undefined;
    const update = updateDocument(store, "a1", (document) => {
      // The read was answered: the next answer is that of the swap.
      proxy.loseAnswers(1);
      changed = afterSwap(server).then(() => change(server, proxy));
      return { ...document, tag: "v1" };
    }, { timeoutMs: 1500 });
    await rejects(update, (error: CicdStateError) => {
      strictEqual(error.code, "TIMEOUT", error.message);
      match(error.message, /; the change may have been stored$/);
      match(error.hint!, /before running this again$/);
      return true;
    });
    await changed;
    await store.close();
  });
}

/** Waits until the server has run the swap, whose answer is lost. */
async function afterSwap(server: RedisServer): Promise<void> {
  await using client = server.connect();
  while (true) {
    const text = String(await client.sendCommand("GET", ["a1"]));
    if (text.includes("v1")) return;
  }
}

Deno.test("updateDocument() reports a plain failure if no answer was lost", async () => {
  await using server = await startRedis();
  const store = await openRedis({
    host: "127.0.0.1",
    port: server.port,
    connectTimeoutMs: 200,
  });
  await replaceDocument(store, "a1", {});
  await configure(server, "min-replicas-to-write", "3");
  const update = updateDocument(store, "a1", () => ({ n: 1 }), {
    timeoutMs: 300,
  });
  await rejects(update, (error: CicdStateError) => {
    strictEqual(error.code, "STORE");
    ok(!error.message.includes("may have been stored"), error.message);
    return true;
  });
  await configure(server, "min-replicas-to-write", "0");
  strictEqual((await readDocument(store, "a1")).document.n, undefined);
  await store.close();
});
