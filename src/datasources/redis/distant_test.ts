// Writers whose answers take seconds.
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { startRedis } from "../../../tests/support/redis_server.ts";
import { startProxy } from "../../../tests/support/tcp_proxy.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../../document/update.ts";
import { openRedis } from "./mod.ts";

Deno.test("updateDocument() lets a distant writer win against busy ones", async () => {
  await using server = await startRedis();
  await using proxy = startProxy(server.port);
  const near = await openRedis(server.options);
  await replaceDocument(near, "a1", { list: [], distant: 0 });
  let more = true;
  const busy = [1, 2, 3].map(async (writer) => {
    const store = await openRedis(server.options);
    for (let n = 0; more; n++) {
      await updateDocument(store, "a1", [
        { op: "set", path: ["list"], value: [writer, n] },
      ]);
    }
    await store.close();
  });
  // A round trip takes longer than a near writer may be silent.
  proxy.slow(1100);
  const { host } = server.options;
  const distant = await openRedis({ host, port: proxy.port });
  const won = await updateDocument(distant, "a1", [
    { op: "set", path: ["distant"], value: 1 },
  ], { timeoutMs: 120_000 });
  strictEqual(won.document.distant, 1);
  more = false;
  await Promise.all(busy);
  strictEqual((await readDocument(near, "a1")).document.distant, 1);
  await distant.close();
  await near.close();
});

Deno.test("takeTurn() keeps the place of a distant writer for longer than its round trip", async () => {
  await using server = await startRedis();
  await using proxy = startProxy(server.port);
  proxy.slow(400);
  const { host } = server.options;
  const store = await openRedis({ host, port: proxy.port });
  const signal = AbortSignal.timeout(60_000);
  // It has lost only one race.
  strictEqual(await store.takeTurn!("a1", { lostRaces: 1, signal }), undefined);
  await store.read("a1");
  const turn = await store.takeTurn!("a1", { lostRaces: 1, signal });
  await using client = server.connect();
  const [seen] = await client.sendCommand("HVALS", [
    "{a1}:cicdstatemgr:seen",
  ]) as string[];
  const [seconds, micros] = await client.sendCommand("TIME", []) as string[];
  const now = Number(seconds) * 1000 + Number(micros) / 1000;
  // Seen about one round trip ago, as if that were two round trips later.
  ok(Number(seen) - now > 800, `${Number(seen) - now}`);
  await turn!.release();
  deepStrictEqual(await client.sendCommand("KEYS", ["*"]), []);
  await store.close();
});
