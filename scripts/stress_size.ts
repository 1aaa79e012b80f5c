import { openRedis } from "../src/datasources/redis/mod.ts";
import { replaceDocument, updateDocument } from "../src/document/update.ts";
import type { RedisServer } from "../tests/support/redis_server.ts";

const ID = "size";
const UPDATES = 12;

/**
 * Measures how long updates of one document hold a Redis server, by the CPU time
 * of the server, which other work on the machine hardly changes.
 *
 * @param server The server.
 * @param kilobytes The size of the document.
 * @returns Milliseconds for each update: its read, its swap, and their transfer.
 */
export async function measureHold(
  server: RedisServer,
  kilobytes: number,
): Promise<number> {
  const store = await openRedis(server.options);
  await using admin = server.connect();
  const cpuMs = async () => {
    const info = String(await admin.sendCommand("INFO", ["cpu"]));
    const times = info.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm);
    return 1000 * [...times].reduce((sum, [, time]) => sum + Number(time), 0);
  };
  const strings = Array.from(
    { length: kilobytes },
    (_, n) => `${n} `.padEnd(997, "x"),
  );
  await replaceDocument(store, ID, { strings });
  const before = await cpuMs();
  for (let n = 0; n < UPDATES; n++) {
    await updateDocument(store, ID, [{ op: "set", path: ["n"], value: n }]);
  }
  const tookMs = await cpuMs() - before;
  await store.remove!(ID);
  await store.close();
  return tookMs / UPDATES;
}
