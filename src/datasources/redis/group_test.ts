import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import {
  startCluster,
  startSentinels,
  until,
} from "../../../tests/support/redis_group.ts";
import { freePort, startRedis } from "../../../tests/support/redis_server.ts";
import { listAll, testStore } from "../../../tests/support/store_contract.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../document/update.ts";
import { openRedis } from "./mod.ts";
import type { RedisOptions } from "./options.ts";

/** Writes from several clients while a server is killed; checks what came of it. */
async function writeThroughFailure(
  options: RedisOptions,
  ids: string[],
  fail: () => Promise<void>,
): Promise<void> {
  const store = await openRedis(options);
  for (const id of ids) await replaceDocument(store, id, {});
  const accepted = new Map(ids.map((id) => [id, [] as string[]]));
  let more = true;
  const writers = [1, 2, 3, 4].map(async (writer) => {
    const own = await openRedis(options);
    for (let n = 0; more; n++) {
      const id = ids[n % ids.length]!;
      const item = `${writer}-${n}`;
      await updateDocument(own, id, [{
        op: "append",
        path: ["list"],
        items: [item],
      }]);
      accepted.get(id)!.push(item);
    }
    await own.close();
  });
  const total = () => [...accepted.values()].flat().length;
  await reach(() => total() >= 40);
  await fail();
  const before = ids.map((id) => accepted.get(id)!.length);
  await reach(() =>
    ids.every((id, index) => accepted.get(id)!.length >= before[index]! + 5)
  );
  more = false;
  await Promise.all(writers);
  for (const id of ids) {
    const { list } = (await readDocument(store, id)).document;
    deepStrictEqual(
      (list as string[]).toSorted(),
      accepted.get(id)!.toSorted(),
    );
  }
  await store.close();
}

async function reach(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

Deno.test("openRedis() keeps what was accepted when sentinels fail over", async () => {
  await using group = await startSentinels();
  const options = { ...group.options, waitReplicas: 1, commandTimeoutMs: 2000 };
  await writeThroughFailure(options, ["a1"], () => {
    group.servers[0]!.kill("SIGKILL");
    return Promise.resolve();
  });
});

Deno.test("openRedis() keeps what was accepted when a node of a cluster dies", async () => {
  await using group = await startCluster();
  const options = { ...group.options, waitReplicas: 1, commandTimeoutMs: 2000 };
  // Ids in slots of all three primary servers.
  const ids = ["a", "b", "c", "{x}d", "e"];
  await writeThroughFailure(options, ids, async () => {
    const [victim, , , replica] = group.servers;
    victim!.kill("SIGKILL");
    await using client = replica!.connect();
    await until(async () => {
      const info = await client.sendCommand("INFO", ["replication"]);
      return String(info).includes("role:master");
    });
    // It comes back as the replica of the one that took over.
    await victim!.restart();
  });
});

const cluster = await startCluster();
addEventListener("unload", () => {
  for (const { kill, folder } of cluster.servers) {
    kill("SIGKILL");
    Deno.removeSync(folder, { recursive: true });
  }
});
testStore({
  name: "openRedis() on a cluster",
  open: () => openRedis(cluster.options),
});

Deno.test("openRedis() lists the documents of all nodes of a cluster", async () => {
  const store = await openRedis(cluster.options);
  const ids = Array.from({ length: 60 }, (_, n) => `list-${n}`);
  for (const id of ids) await replaceDocument(store, id, {});
  const found = await listAll(store, "list-");
  strictEqual(found.length, 60);
  await store.close();
});

Deno.test("openRedis() reports that a server is a node of a cluster", async () => {
  const { options } = cluster.servers[0]!;
  const store = await openRedis(options);
  const messages = await Promise.all(
    ["a", "b", "c"].map((id) =>
      store.read(id).then(() => "", ({ message }) => message)
    ),
  );
  strictEqual(
    messages.some((message) =>
      message.endsWith("the server is a node of a cluster")
    ),
    true,
  );
  await store.close();
});

for (
  const [what, options, code, message] of [
    [
      "sentinels that do not answer",
      { sentinels: [{ host: "127.0.0.1", port: freePort() }] },
      "STORE",
      /^Cannot use redis mymaster of sentinels 127.0.0.1:\d+\/0: .+/,
    ],
    [
      "a cluster that does not answer",
      { cluster: [{ host: "127.0.0.1", port: freePort() }] },
      "STORE",
      /^Cannot use redis cluster 127.0.0.1:\d+: .+/,
    ],
  ] as [string, RedisOptions, string, RegExp][]
) {
  Deno.test(`openRedis() of a group reports ${what}`, async () => {
    const store = await openRedis({ ...options, connectTimeoutMs: 100 });
    await rejects(
      store.read("a1"),
      (error: Error & { code: string; hint: string }) => {
        strictEqual(error.code, code);
        ok(message.test(error.message), error.message);
        ok(error.hint.length > 0);
        return true;
      },
    );
    await store.close();
  });
}

Deno.test("openRedis() of a group reports a wrong password", async () => {
  await using locked = await startRedis({ password: "bell-buoy" });
  const store = await openRedis({
    cluster: [{ host: "127.0.0.1", port: locked.port }],
    password: "sesame-street",
    connectTimeoutMs: 100,
  });
  await rejects(store.read("a1"), (error: Error) => {
    ok(/does not accept the username or the password$/.test(error.message));
    ok(!Deno.inspect(error).includes("sesame-street"));
    return true;
  });
  await store.close();
});

Deno.test("openRedis() speaks TLS with a cluster, and logs in", async () => {
  await using server = await startRedis({
    tls: "mutual",
    password: "bell-buoy",
    config: [
      "cluster-enabled yes",
      `cluster-port ${freePort()}`,
      "tls-cluster yes",
      // Alone, it does not find out where it is.
      "cluster-announce-ip 127.0.0.1",
    ],
  });
  await using admin = server.connect();
  await admin.sendCommand("CLUSTER", ["ADDSLOTSRANGE", 0, 16383]);
  await until(async () => {
    const info = await admin.sendCommand("CLUSTER", ["INFO"]);
    return String(info).includes("cluster_state:ok");
  });
  const store = await openRedis({
    ...server.options,
    cluster: [{ host: "127.0.0.1", port: server.port }],
  });
  await replaceDocument(store, "a1", { n: 1 });
  deepStrictEqual((await readDocument(store, "a1")).document, { n: 1 });
  await store.close();
});

Deno.test("openRedis() speaks TLS with sentinels and the server that they know", async () => {
  await using server = await startRedis({ tls: true, password: "bell-buoy" });
  const master = server.options.tls;
  if (typeof master !== "object") throw new Error("the server speaks TLS");
  await using sentinel = await startRedis({
    tls: true,
    sentinel: true,
    config: [
      "requirepass lighthouse",
      "tls-replication yes",
      `tls-ca-cert-file ${master.caFile}`,
      `sentinel monitor mine 127.0.0.1 ${server.port} 1`,
      "sentinel auth-pass mine bell-buoy",
    ],
  });
  const own = sentinel.options.tls;
  if (typeof own !== "object") throw new Error("the sentinel speaks TLS");
  const caFile = `${server.folder}/both.crt`;
  await Deno.writeTextFile(
    caFile,
    await Deno.readTextFile(master.caFile!) +
      await Deno.readTextFile(own.caFile!),
  );
  const options: RedisOptions = {
    sentinels: [{ host: "127.0.0.1", port: sentinel.port }],
    sentinelName: "mine",
    sentinelPassword: "lighthouse",
    password: "bell-buoy",
    db: 2,
    tls: { caFile },
    connectTimeoutMs: 5000,
  };
  const store = await openRedis(options);
  strictEqual(
    store.name,
    `redis mine of sentinels 127.0.0.1:${sentinel.port}/2`,
  );
  await replaceDocument(store, "a1", { n: 1 });
  deepStrictEqual((await readDocument(store, "a1")).document, { n: 1 });
  await store.close();
});
