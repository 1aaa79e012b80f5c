import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { startCluster } from "../../../../tests/support/redis_group.ts";
import { startRedis } from "../../../../tests/support/redis_server.ts";
import { startScripted } from "../../../../tests/support/scripted_server.ts";
import { listAll } from "../../../../tests/support/store_contract.ts";
import { createDocument, updateDocument } from "../../../document/update.ts";
import { openRedis } from "../mod.ts";
import { redisEndpoint, type RedisOptions } from "../options.ts";
import { ClusterClient } from "./cluster.ts";
import { keySlot } from "./slots.ts";

const cluster = await startCluster();
addEventListener("unload", () => {
  for (const { kill, folder } of cluster.servers) {
    kill("SIGKILL");
    Deno.removeSync(folder, { recursive: true });
  }
});

function connect(options: Partial<RedisOptions> = {}): ClusterClient {
  const nodes = cluster.options.cluster!;
  return new ClusterClient(nodes, redisEndpoint(options));
}

function test(what: string, run: () => Promise<void>): void {
  Deno.test(what, { sanitizeResources: false }, run);
}

/** The node that has a slot, and another one, as numbers in `cluster.servers`. */
function ownerOf(slot: number): [owner: number, other: number] {
  const owner = slot <= 5460 ? 0 : slot <= 10922 ? 1 : 2;
  return [owner, (owner + 1) % 3];
}

test("ClusterClient lists nodes before it has sent anything", async () => {
  const writer = await openRedis(cluster.options);
  const ids = Array.from({ length: 30 }, (_, n) => `fresh-${n}`);
  for (const id of ids) await createDocument(writer, id, {});
  const store = await openRedis(cluster.options);
  const found = (await listAll(store, "fresh-")).map(({ id }) => id);
  deepStrictEqual(found.toSorted(), ids.toSorted());
  await writer.close();
  await store.close();
});

test("ClusterClient follows a slot that moves, before, while and after it does", async () => {
  const client = connect();
  const [owner, other] = ownerOf(keySlot("moving"));
  const servers = [cluster.servers[owner]!, cluster.servers[other]!];
  await using from = servers[0]!.connect();
  await using to = servers[1]!.connect();
  const [fromId, toId] = await Promise.all(
    [from, to].map((node) => node.sendCommand("CLUSTER", ["MYID"])),
  ) as [string, string];
  const slot = keySlot("moving");
  await client.sendCommand("SET", ["moving", "1"]);
  await to.sendCommand("CLUSTER", ["SETSLOT", slot, "IMPORTING", fromId]);
  await from.sendCommand("CLUSTER", ["SETSLOT", slot, "MIGRATING", toId]);
  strictEqual(await client.sendCommand("GET", ["moving"]), "1");
  await from.sendCommand("MIGRATE", [
    ...["127.0.0.1", servers[1]!.port, "moving", 0, 5000],
  ]);
  // The old node says ASK, and the new one takes only what was asked so.
  strictEqual(await client.sendCommand("GET", ["moving"]), "1");
  strictEqual(await client.sendCommand("INCR", ["moving"]), 2);
  for (const node of [to, from]) {
    await node.sendCommand("CLUSTER", ["SETSLOT", slot, "NODE", toId]);
  }
  // Now it says MOVED.
  strictEqual(await client.sendCommand("INCR", ["moving"]), 3);
  await client.close();
});

test("ClusterClient waits for a document whose slot is between two nodes", async () => {
  const id = "between";
  const store = await openRedis(cluster.options);
  await createDocument(store, id, { n: 0 });
  const slot = keySlot(id);
  const [owner, other] = ownerOf(slot);
  const [source, target] = [cluster.servers[owner]!, cluster.servers[other]!];
  await using from = source.connect();
  await using to = target.connect();
  const [fromId, toId] = await Promise.all(
    [from, to].map((node) => node.sendCommand("CLUSTER", ["MYID"])),
  ) as [string, string];
  await to.sendCommand("CLUSTER", ["SETSLOT", slot, "IMPORTING", fromId]);
  await from.sendCommand("CLUSTER", ["SETSLOT", slot, "MIGRATING", toId]);
  const update = updateDocument(store, id, () => ({ n: 1 }));
  const keys = await from.sendCommand("CLUSTER", ["GETKEYSINSLOT", slot, 9]);
  await from.sendCommand("MIGRATE", [
    ...["127.0.0.1", target.port, "", 0, 5000, "KEYS", ...keys as string[]],
  ]);
  for (const node of [to, from]) {
    await node.sendCommand("CLUSTER", ["SETSLOT", slot, "NODE", toId]);
  }
  strictEqual((await update).document.n, 1);
  deepStrictEqual((await store.read(id))?.document, { n: 1 });
  await store.close();
});

test("ClusterClient sends commands together to one node", async () => {
  const client = connect();
  const results = await client.sendAll([
    ["SET", ["together", "1"]],
    ["WAIT", [1, 1000]],
  ]);
  deepStrictEqual(results.map(({ status }) => status), [
    "fulfilled",
    "fulfilled",
  ]);
  await client.close();
});

test("ClusterClient reports a server that is not in a cluster", async () => {
  await using server = await startRedis();
  const nodes = [{ host: "127.0.0.1", port: server.port }];
  const store = await openRedis({ cluster: nodes });
  await rejects(store.read("a1"), {
    code: "STORE",
    message: /: the server is not a node of a cluster$/,
  });
  await store.close();
});

for (
  const [what, reply, message] of [
    ["no slots", "*0\r\n", /does not serve all hash slots$/],
    ["a string", "+OK\r\n", /it sent an unexpected reply, a string$/],
    ["slots that are strings", "*1\r\n+x\r\n", /reply, a string$/],
    ["slots without nodes", "*1\r\n*2\r\n:0\r\n:1\r\n", /reply, null$/],
    [
      "a redirection to nowhere",
      "-MOVED 1 nowhere\r\n",
      /: MOVED 1 nowhere$|is a node of a cluster$/,
    ],
  ] as const
) {
  test(`ClusterClient reports a node that answers ${what}`, async () => {
    await using server = startScripted(async ({ receive, send }) => {
      while (await receive() !== undefined) await send(reply);
    });
    const nodes = [{ host: "127.0.0.1", port: server.port }];
    const store = await openRedis({ cluster: nodes, connectTimeoutMs: 300 });
    for (const use of [() => store.read("a1"), () => store.list!()]) {
      await rejects(use(), { code: "STORE", message });
    }
    await store.close();
  });
}

test("ClusterClient ends where nodes send it round in circles", async () => {
  const server = startScripted(async ({ receive, send }) => {
    for (
      let text = await receive();
      text !== undefined;
      text = await receive()
    ) {
      const node = `*2\r\n$0\r\n\r\n:${server.port}\r\n`;
      await send(
        text.includes("SLOTS")
          ? `*1\r\n*3\r\n:0\r\n:16383\r\n${node}`
          : `-MOVED 1 :${server.port}\r\n`,
      );
    }
  });
  await using _ = server;
  const nodes = [{ host: "127.0.0.1", port: server.port }];
  const store = await openRedis({ cluster: nodes, connectTimeoutMs: 300 });
  await rejects(store.read("a1"), {
    code: "STORE",
    message: /does not serve all hash slots$/,
  });
  await store.close();
});
