import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { startSentinels } from "../../../../tests/support/redis_group.ts";
import { startRedis } from "../../../../tests/support/redis_server.ts";
import {
  type ScriptedServer,
  startScripted,
} from "../../../../tests/support/scripted_server.ts";
import {
  createDocument,
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../../document/update.ts";
import { openRedis } from "../mod.ts";
import type { RedisOptions } from "../options.ts";

/** Plays a sentinel that names these ports, one after the other. */
function startNaming(...ports: number[]): ScriptedServer {
  return startScripted(async ({ receive, send }, number) => {
    while (await receive() !== undefined) {
      const port = String(ports[Math.min(number, ports.length) - 1]!);
      await send(
        `*2\r\n$9\r\n127.0.0.1\r\n$${port.length}\r\n${port}\r\n`,
      );
    }
  });
}

function sentinelsAt(...ports: number[]): RedisOptions {
  return {
    sentinels: ports.map((port) => ({ host: "127.0.0.1", port })),
    connectTimeoutMs: 10_000,
  };
}

Deno.test("SentinelClient waits until a new primary is elected", async () => {
  await using group = await startSentinels();
  const options = { ...group.options, connectTimeoutMs: 15_000 };
  const store = await openRedis({ ...options, waitReplicas: 2 });
  await replaceDocument(store, "a1", { n: 1 });
  group.servers[0]!.kill("SIGKILL");
  const fresh = await openRedis(options);
  // It has no deadline of its own, as a get has none.
  deepStrictEqual((await fresh.read("a1"))?.document, { n: 1 });
  deepStrictEqual((await readDocument(store, "a1")).document, { n: 1 });
  await store.close();
  await fresh.close();
});

Deno.test("SentinelClient asks again if it is sent to a replica", async () => {
  await using primary = await startRedis();
  await using replica = await startRedis({
    config: [`replicaof 127.0.0.1 ${primary.port}`],
  });
  await using sentinel = startNaming(replica.port, replica.port, primary.port);
  const store = await openRedis(sentinelsAt(sentinel.port));
  await createDocument(store, "a1", { n: 1 });
  strictEqual(sentinel.connections, 3);
  await using reader = primary.connect();
  strictEqual(await reader.sendCommand("GET", ["a1"]), '{"n":1}');
  await store.close();
});

Deno.test("SentinelClient does not trust a slow answer of a server that was replaced", async () => {
  await using old = await startRedis();
  await using elected = await startRedis();
  // Found at first, and again when the answer was slow.
  await using sentinel = startNaming(old.port, elected.port);
  const store = await openRedis(sentinelsAt(sentinel.port));
  const changed = updateDocument(store, "a1", [], { timeoutMs: 10_000 });
  await rejects(changed, { code: "NOT_FOUND" });
  old.kill("SIGSTOP");
  const made = createDocument(store, "a1", { n: 1 });
  await new Promise((resolve) => setTimeout(resolve, 700));
  old.kill("SIGCONT");
  await made;
  await using reader = elected.connect();
  strictEqual(await reader.sendCommand("GET", ["a1"]), '{"n":1}');
  await store.close();
});

Deno.test("SentinelClient notices a replica without the right to ask for its role", async () => {
  await using primary = await startRedis();
  await using replica = await startRedis({
    config: [`replicaof 127.0.0.1 ${primary.port}`],
  });
  for (const server of [primary, replica]) {
    await using client = server.connect();
    await client.sendCommand("ACL", ["SETUSER", "default", "-role"]);
  }
  await using sentinel = startNaming(replica.port, primary.port);
  const store = await openRedis(sentinelsAt(sentinel.port));
  await createDocument(store, "a1", { n: 1 });
  strictEqual(sentinel.connections, 2);
  await store.close();
});

Deno.test("SentinelClient asks the next sentinel if one is silent, gone, or knows nothing", async () => {
  await using server = await startRedis();
  await using silent = startScripted(async ({ receive }) => {
    while (await receive() !== undefined);
  });
  await using ignorant = startScripted(async ({ receive, send }) => {
    while (await receive() !== undefined) await send("*-1\r\n");
  });
  await using good = startNaming(server.port);
  const ports = [silent.port, 1, ignorant.port, good.port];
  const options = sentinelsAt(...ports);
  const store = await openRedis({ ...options, connectTimeoutMs: 2000 });
  await createDocument(store, "a1", { n: 1 });
  deepStrictEqual((await readDocument(store, "a1")).document, { n: 1 });
  await store.close();
});

Deno.test("SentinelClient reports what its sentinels do not know", async () => {
  await using sentinel = await startRedis({ sentinel: true });
  const store = await openRedis({
    ...sentinelsAt(sentinel.port),
    sentinelName: "nobody",
  });
  await rejects(store.read("a1"), {
    code: "STORE",
    message:
      "Cannot use redis nobody: its sentinels know no primary server of that name",
  });
  await store.close();
});

Deno.test("SentinelClient reports a sentinel's password that is missing or wrong", async () => {
  await using sentinel = await startRedis({
    sentinel: true,
    config: ["requirepass lighthouse"],
  });
  for (const sentinelPassword of ["", "sesame-street"]) {
    const options = sentinelsAt(sentinel.port);
    const store = await openRedis({ ...options, sentinelPassword });
    await rejects(store.read("a1"), (error: Error & { hint: string }) => {
      ok(/refuses to answer: (NOAUTH|WRONGPASS) /.test(error.message));
      strictEqual(error.hint, "Check sentinel-password and sentinels");
      ok(!Deno.inspect(error).includes("sesame-street"));
      return true;
    });
    await store.close();
  }
});

for (
  const reply of ["+OK\r\n", "*1\r\n:1\r\n", "*2\r\n$1\r\na\r\n$1\r\nb\r\n"]
) {
  Deno.test(`SentinelClient reports the answer ${JSON.stringify(reply)}`, async () => {
    await using sentinel = startScripted(async ({ receive, send }) => {
      while (await receive() !== undefined) await send(reply);
    });
    const store = await openRedis(sentinelsAt(sentinel.port));
    await rejects(store.read("a1"), {
      code: "STORE",
      message: /: it sent an unexpected reply, an? \w+$/,
    });
    await store.close();
  });
}
