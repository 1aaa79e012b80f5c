// What is reported if the answer to a write is lost, and then the server is no
// longer the one that it was.
import { match, ok, rejects, strictEqual } from "node:assert/strict";
import {
  type RedisServer,
  startRedis,
} from "../../../tests/support/redis_server.ts";
import { startScripted } from "../../../tests/support/scripted_server.ts";
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
  ["the server is frozen now", (server) => {
    server.kill("SIGSTOP");
    return Promise.resolve();
  }],
  ["the user may not run scripts any more", async (server) => {
    await using client = server.connect();
    await client.sendCommand("ACL", ["SETUSER", "default", "-eval"]);
  }],
  ["the server is another program now", (_server, proxy) => {
    const other = startScripted(async ({ receive, send }) => {
      while (await receive() !== undefined) await send("HTTP/1.1 400\r\n\r\n");
    });
    proxy.redirect(other.port);
    others.use(other);
    return Promise.resolve();
  }],
];

/** Servers that have taken the place of another. */
let others = new AsyncDisposableStack();

for (const [what, change] of CHANGES) {
  Deno.test(`updateDocument() says that a change may be stored if its answer is lost and ${what}`, async () => {
    await using server = await startRedis();
    await using proxy = startProxy(server.port);
    const store = await openRedis({
      host: "127.0.0.1",
      port: proxy.port,
      connectTimeoutMs: 200,
      commandTimeoutMs: 1000,
    });
    await replaceDocument(store, "a1", {});
    let changed: Promise<unknown> | undefined;
    const update = updateDocument(store, "a1", (document) => {
      // The read was answered: the next answer is that of the swap.
      proxy.loseAnswers(1);
      changed = afterSwap(server).then(() => change(server, proxy));
      return { ...document, tag: "v1" };
    }, { timeoutMs: 1500 });
    await rejects(update, mayBeStored);
    await changed;
    await store.close();
    await others.disposeAsync();
    others = new AsyncDisposableStack();
  });
}

for (
  const [what, answer] of [
    ["another protocol", "HTTP/1.1 502 Bad Gateway\r\n\r\n"],
    ["a string that is not a revision", "$5\r\nhello\r\n"],
    ["an array", "*1\r\n:1\r\n"],
    ["a number", ":1\r\n"],
    ["null", "$-1\r\n"],
    ["a null array", "*-1\r\n"],
    ["a string that is too large", "$999999999\r\n"],
    ["only the beginning", "$42\r\n1-"],
  ]
) {
  Deno.test(`updateDocument() says that a change may be stored if the answer is ${what}`, async () => {
    await using server = await startRedis();
    await using proxy = startProxy(server.port);
    const { host } = server.options;
    const store = await openRedis({
      ...{ host, port: proxy.port, commandTimeoutMs: 300 },
    });
    await replaceDocument(store, "a1", {});
    const update = updateDocument(store, "a1", (document) => {
      proxy.replaceAnswer(answer!);
      proxy.redirect(0);
      return { ...document, tag: "v1" };
    }, { timeoutMs: 700 });
    await rejects(update, mayBeStored);
    await store.close();
    const reader = await openRedis(server.options);
    strictEqual((await readDocument(reader, "a1")).document.tag, "v1");
    await reader.close();
  });
}

Deno.test("updateDocument() finds its lost write on a server without memory", async () => {
  await using server = await startRedis();
  await using proxy = startProxy(server.port);
  const { host } = server.options;
  const store = await openRedis({ host, port: proxy.port });
  await replaceDocument(store, "a1", {});
  let changed: Promise<unknown> | undefined;
  const { document } = await updateDocument(store, "a1", (before) => {
    proxy.loseAnswers(1);
    changed = afterSwap(server)
      .then(() => configure(server, "maxmemory", "1"));
    return { ...before, tag: "v1" };
  });
  strictEqual(document.tag, "v1");
  await changed;
  await rejects(replaceDocument(store, "a1", {}), {
    code: "STORE",
    message: /: the server has no room to store it$/,
  });
  await store.close();
});

Deno.test("remove() says that a document may be removed if the answer is lost", async () => {
  await using server = await startRedis();
  await using proxy = startProxy(server.port);
  const { host } = server.options;
  const store = await openRedis({ host, port: proxy.port });
  await replaceDocument(store, "a1", {});
  proxy.loseAnswers(1);
  await rejects(store.remove!("a1"), mayBeStored);
  await store.close();
});

Deno.test("updateDocument() says that a change may be stored behind a sentinel too", async () => {
  await using server = await startRedis();
  await using proxy = startProxy(server.port);
  const port = String(proxy.port);
  await using sentinel = startScripted(async ({ receive, send }) => {
    while (await receive() !== undefined) {
      await send(`*2\r\n$9\r\n127.0.0.1\r\n$${port.length}\r\n${port}\r\n`);
    }
  });
  const store = await openRedis({
    sentinels: [{ host: "127.0.0.1", port: sentinel.port }],
    connectTimeoutMs: 200,
  });
  await replaceDocument(store, "a1", {});
  const update = updateDocument(store, "a1", (document) => {
    proxy.loseAnswers(1);
    proxy.redirect(0);
    return { ...document, tag: "v1" };
  }, { timeoutMs: 1500 });
  await rejects(update, mayBeStored);
  await store.close();
});

function mayBeStored({ code, message, hint }: CicdStateError): boolean {
  strictEqual(code, "TIMEOUT", message);
  match(message, /; the change may have been stored$/);
  match(hint!, /before running this again$/);
  return true;
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
