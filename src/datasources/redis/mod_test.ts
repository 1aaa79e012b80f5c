import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import {
  freePort,
  type RedisServer,
  type RedisServerOptions,
  startRedis,
} from "../../../tests/support/redis_server.ts";
import { testStore } from "../../../tests/support/store_contract.ts";
import { readDocument, replaceDocument } from "../../document/update.ts";
import { parseYaml } from "../../formats/yaml.ts";
import { openRedis } from "./mod.ts";
import type { RedisOptions } from "./options.ts";
import { redisStore } from "./store.ts";

const servers: RedisServer[] = [];

async function serve(options: RedisServerOptions): Promise<RedisServer> {
  const server = await startRedis(options);
  servers.push(server);
  return server;
}

addEventListener("unload", () => {
  for (const server of servers) {
    server.kill("SIGKILL");
    Deno.removeSync(server.folder, { recursive: true });
  }
});

const [plain, locked, acl, tls, socket] = await Promise.all([
  serve({}),
  serve({ password: "bell-buoy" }),
  serve({ user: { name: "ci", password: "harbour-bell" } }),
  serve({ tls: "mutual" }),
  serve({ unixSocket: true }),
]);

function contract(name: string, server: RedisServer, more: RedisOptions = {}) {
  const options = { ...server.options, ...more };
  testStore({
    name: `openRedis() ${name}`,
    open: () => openRedis(options),
    async overwrite(id, text) {
      await using client = server.connect();
      await client.sendCommand("SELECT", [options.db ?? 0]);
      await client.sendCommand("SET", [id, text]);
    },
  });
}

contract("plain", plain);
contract("in another database", plain, { db: 3 });
contract("with a password", locked);
contract("with an ACL user", acl);
contract("over TLS with certificates", tls);
contract("over a unix socket", socket);

const shared = plain.connect();
testStore({
  name: "redisStore() with a client that was handed over",
  open: () => redisStore({ client: shared, history: { maxEntries: 0 } }),
});
Deno.test("redisStore() leaves a client open that was handed over", async () => {
  await redisStore({ client: shared }).close();
  strictEqual(await shared.sendCommand("PING"), "PONG");
  await shared.close();
});

for (
  const [what, options, code, message] of [
    [
      "a wrong password",
      { ...acl.options, password: "sesame-street" },
      "STORE",
      /does not accept the username or the password$/,
    ],
    [
      "a missing password",
      { host: "127.0.0.1", port: locked.port },
      "STORE",
      /requires a password$/,
    ],
    [
      "a password that the server does not have",
      { ...plain.options, password: "sesame-street" },
      "STORE",
      /the server has none$/,
    ],
    [
      "a missing database",
      { ...plain.options, db: 99 },
      "STORE",
      /no database with that number$/,
    ],
    [
      "a refused connection",
      { host: "127.0.0.1", port: freePort(), connectTimeoutMs: 500 },
      "STORE",
      /Connection refused$/,
    ],
    [
      "an unknown host",
      { host: "no.such.invalid", connectTimeoutMs: 1000 },
      "STORE",
      /no.such.invalid:6379\/0: .*lookup/,
    ],
    [
      "an authority that is not trusted",
      { host: "127.0.0.1", port: tls.port, tls: true, connectTimeoutMs: 500 },
      "STORE",
      /certificate|UnknownIssuer/,
    ],
    [
      "a missing certificate file",
      {
        host: "127.0.0.1",
        port: tls.port,
        tls: { caFile: "/nowhere/ca.crt" },
      },
      "STORE",
      /Cannot read ca-file \/nowhere\/ca.crt: no such file/,
    ],
    [
      "no TLS where the server wants it",
      { host: "127.0.0.1", port: tls.port, connectTimeoutMs: 500 },
      "STORE",
      /./,
    ],
    [
      "a missing socket",
      { unixSocket: "/nowhere/socket", connectTimeoutMs: 500 },
      "STORE",
      /\/nowhere\/socket\/0: No such file/,
    ],
  ] as [string, RedisOptions, string, RegExp][]
) {
  Deno.test(`openRedis() reports ${what}`, async () => {
    const store = await openRedis(options);
    await rejects(
      store.read("a1"),
      (error: Error & { code: string; hint: string }) => {
        strictEqual(error.code, code, error.message);
        ok(message.test(error.message), error.message);
        ok(error.hint.length > 0);
        ok(!Deno.inspect(error).includes("sesame-street"), Deno.inspect(error));
        return true;
      },
    );
    await store.close();
  });
}

Deno.test("openRedis() reports a host that accepts but does not answer", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const store = await openRedis({
    host: "127.0.0.1",
    port: listener.addr.port,
    commandTimeoutMs: 50,
  });
  await rejects(store.read("a1"), {
    code: "TIMEOUT",
    message: /no answer within 50 ms$/,
  });
  await store.close();
});

Deno.test("openRedis() reports a server of another kind", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("hello"),
  );
  const store = await openRedis({
    host: "127.0.0.1",
    port: server.addr.port,
  });
  await rejects(store.read("a1"), {
    message: /does not speak the Redis protocol/,
  });
  await store.close();
});

Deno.test("openRedis() reports what an ACL user may not do", async () => {
  await using server = await startRedis({
    user: { name: "ci", password: "p", rules: "~* +get +set" },
  });
  const store = await openRedis(server.options);
  await rejects(store.read("a1"), { code: "PERMISSION", hint: /ACL SETUSER/ });
  await store.close();
});

Deno.test("openRedis() needs only the rights that its hint names", async () => {
  const rules = "~* +@read +@write +@scripting +@connection +time";
  await using server = await startRedis({
    user: { name: "ci", password: "p", rules },
  });
  const store = await openRedis(server.options);
  await replaceDocument(store, "a1", { n: 1 });
  deepStrictEqual((await readDocument(store, "a1")).document, { n: 1 });
  await store.close();
});

Deno.test("openRedis() reports a read-only replica", async () => {
  await using replica = await startRedis({
    config: [
      `replicaof 127.0.0.1 ${plain.port}`,
      "replica-serve-stale-data yes",
    ],
  });
  const store = await openRedis(replica.options);
  await rejects(replaceDocument(store, "a1", {}), {
    message: /read-only replica$/,
  });
  await store.close();
});

Deno.test("openRedis() reports a key of another kind", async () => {
  await using client = plain.connect();
  await client.sendCommand("RPUSH", ["list", "x"]);
  const store = await openRedis(plain.options);
  await rejects(store.read("list"), { message: /another type of value$/ });
  await rejects(replaceDocument(store, "list", {}), { code: "STORE" });
  await store.close();
});

Deno.test("openRedis() reports a server without memory", async () => {
  await using server = await startRedis({ config: ["maxmemory 1mb"] });
  const store = await openRedis(server.options);
  await rejects(replaceDocument(store, "a1", { text: "x".repeat(3e6) }), {
    message: /no room to store it$/,
  });
  await store.close();
});

Deno.test("openRedis() takes all of a URL", async () => {
  const url = `redis://ci:harbour%2Dbell@127.0.0.1:${acl.port}/5`;
  const store = await openRedis({ url });
  strictEqual(store.name, `redis 127.0.0.1:${acl.port}/5`);
  await replaceDocument(store, "a1", { n: 1 });
  await store.close();
  const path = socket.options.unixSocket;
  const local = await openRedis({ url: `unix://${path}?db=2` });
  strictEqual(local.name, `redis ${path}/2`);
  await replaceDocument(local, "a1", { n: 1 });
  await local.close();
});

Deno.test("openRedis() refuses another URL without showing it", async () => {
  await rejects(
    openRedis({ url: "http://ci:sesame@127.0.0.1" }),
    (error: Error) => {
      ok(!Deno.inspect(error).includes("sesame"));
      return true;
    },
  );
});

Deno.test("openRedis() outlives an idle connection that the server ends", async () => {
  const store = await openRedis(plain.options);
  await replaceDocument(store, "idle", { n: 1 });
  await using client = plain.connect();
  await client.sendCommand("CLIENT", [
    "KILL",
    "TYPE",
    "normal",
    "SKIPME",
    "yes",
  ]);
  // Wait until the end of the connection has arrived.
  await new Promise((resolve) => setTimeout(resolve, 20));
  deepStrictEqual((await readDocument(store, "idle")).document, { n: 1 });
  await store.close();
});

Deno.test("openRedis() stores what YAML readers load, under the id itself", async () => {
  const store = await openRedis(plain.options);
  const document = { state: { yes: "yes", n: 1.5, del: "\u007f\u0085" } };
  await replaceDocument(store, "plain key", document);
  await using client = plain.connect();
  const text = String(await client.sendCommand("GET", ["plain key"]));
  deepStrictEqual(parseYaml(text), document);
  strictEqual(await client.sendCommand("TTL", ["plain key"]), -1);
  await store.close();
});

Deno.test("openRedis() lets a process end as soon as it is closed", async () => {
  const script = `
    import { openRedis } from "${import.meta.resolve("./mod.ts")}";
    import { replaceDocument } from "${
    import.meta.resolve("../../document/update.ts")
  }";
    const options = { port: ${plain.port}, commandTimeoutMs: 600_000 };
    const store = await openRedis({ host: "127.0.0.1", ...options });
    await replaceDocument(store, "ends", {}, { timeoutMs: 600_000 });
    await store.close();
  `;
  const child = new Deno.Command(Deno.execPath(), { args: ["eval", script] })
    .spawn();
  // Far longer than it takes, far shorter than its timeouts.
  const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
  const { success } = await child.status;
  clearTimeout(timer);
  ok(success);
});
