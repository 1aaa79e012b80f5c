// What goes wrong around stores, for stress.ts. Each function fails if an accepted
// update is lost or made twice, and returns a line of figures.
import { deepStrictEqual, ok } from "node:assert/strict";
import { openRedis } from "../src/datasources/redis/mod.ts";
import type { RedisOptions } from "../src/datasources/redis/options.ts";
import type { StateStore } from "../src/document/store.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../src/document/update.ts";
import { CicdStateError } from "../src/errors.ts";
import { startSentinels } from "../tests/support/redis_group.ts";
import type { RedisServer } from "../tests/support/redis_server.ts";
import { startProxy } from "../tests/support/tcp_proxy.ts";
import {
  makeShared,
  openShared,
  type SharedStore,
  startWriter,
} from "../tests/support/writers.ts";

const ID = "faults";

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The numbers that a writer appended. */
interface Appended {
  /** Those that were accepted. */
  readonly accepted: string[];
  /** Those of which it is not known. */
  readonly unknown: string[];
}

/** Appends numbers until it is told to stop. */
async function append(
  store: StateStore,
  name: string,
  goesOn: (count: number) => boolean,
): Promise<Appended> {
  const result: Appended = { accepted: [], unknown: [] };
  for (let n = 0; goesOn(n); n++) {
    const item = `${name}-${n}`;
    try {
      await updateDocument(store, ID, [
        { op: "append", path: ["list"], items: [item] },
      ]);
      result.accepted.push(item);
    } catch (error) {
      if (!(error instanceof CicdStateError) || error.code !== "TIMEOUT") {
        throw error;
      }
      result.unknown.push(item);
    }
  }
  return result;
}

/** Checks that a document has what was accepted, once, and nothing else. */
async function checkAppended(
  store: StateStore,
  results: readonly Appended[],
): Promise<string> {
  const { list } = (await readDocument(store, ID)).document;
  const stored = (list as string[]).toSorted();
  const accepted = results.flatMap((result) => result.accepted);
  const unknown = new Set(results.flatMap((result) => result.unknown));
  const known = stored.filter((item) => !unknown.has(item));
  deepStrictEqual(known, accepted.toSorted());
  deepStrictEqual(stored, [...new Set(stored)]);
  return `${accepted.length} updates, lost: 0, twice: 0, unknown: ${unknown.size}`;
}

/** Loses answers together with their connection, while some write. */
export async function loseAnswers(
  server: RedisServer,
  count: number,
): Promise<string> {
  await using proxy = startProxy(server.port);
  const direct = await openRedis(server.options);
  await replaceDocument(direct, ID, { list: [] });
  const stores = await Promise.all(
    [1, 2, 3, 4].map(() => openRedis({ host: "127.0.0.1", port: proxy.port })),
  );
  let more = true;
  let lost = 0;
  const losing = (async () => {
    for (; more; lost++) {
      proxy.loseAnswers(1);
      await sleep(10 + Math.random() * 20);
    }
  })();
  const results = await Promise.all(
    stores.map((store, n) => append(store, `w${n}`, (done) => done < count)),
  );
  more = false;
  await losing;
  const figures = await checkAppended(direct, results);
  for (const store of [direct, ...stores]) await store.close();
  return `${lost} answers lost: ${figures}`;
}

/** Lets a writer whose round trips take two seconds race near ones. */
export async function writeFromAfar(server: RedisServer): Promise<string> {
  await using proxy = startProxy(server.port);
  const near = await openRedis(server.options);
  await replaceDocument(near, ID, { list: [] });
  let more = true;
  const busy = [1, 2, 3].map(async (n) => {
    const store = await openRedis(server.options);
    const result = await append(store, `near${n}`, () => more);
    await store.close();
    return result;
  });
  proxy.slow(1000);
  const afar = await openRedis({ host: "127.0.0.1", port: proxy.port });
  const start = performance.now();
  const distant = await append(afar, "afar", (done) => done < 1);
  const tookMs = performance.now() - start;
  more = false;
  const results = await Promise.all(busy);
  const figures = await checkAppended(near, [...results, distant]);
  await afar.close();
  await near.close();
  return `stored after ${
    tookMs.toFixed(0)
  } ms with round trips of 2000 ms: ${figures}`;
}

/** Kills the primary server of sentinels, and starts commands until one of them is elected. */
export async function failOver(): Promise<string> {
  await using group = await startSentinels();
  const options: RedisOptions = {
    ...group.options,
    waitReplicas: 1,
    connectTimeoutMs: 30_000,
    commandTimeoutMs: 2000,
  };
  const store = await openRedis(options);
  await replaceDocument(store, ID, { list: [] });
  let more = true;
  const writers = [1, 2, 3].map(async (n) => {
    const own = await openRedis(options);
    const result = await append(own, `w${n}`, () => more);
    await own.close();
    return result;
  });
  await sleep(500);
  group.servers[0]!.kill("SIGKILL");
  // New commands, none of which has reached the group before.
  const waits = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      await sleep(50 * n);
      const start = performance.now();
      const fresh = await openRedis(options);
      ok(await fresh.read(ID) !== undefined);
      await fresh.close();
      return performance.now() - start;
    }),
  );
  await sleep(500);
  more = false;
  const figures = await checkAppended(store, await Promise.all(writers));
  await store.close();
  return `20 new commands waited up to ${
    Math.max(...waits).toFixed(0)
  } ms, none failed: ${figures}`;
}

/** Lets processes write one file by its name and by that of a link. */
export async function writeByTwoNames(
  kind: string,
  folder: string,
  count: number,
): Promise<string> {
  const path = `${folder}/${kind}-named`;
  await Deno.symlink(path, `${path}-link`);
  return await writeFile(kind, [path, `${path}-link`], count);
}

/** Removes a file's lock again and again while processes write it. */
export async function removeLocks(
  kind: string,
  folder: string,
  count: number,
): Promise<string> {
  const path = `${folder}/${kind}-unlocked`;
  let more = true;
  let removed = 0;
  const cleaning = (async () => {
    while (more) {
      await sleep(20);
      await Deno.remove(`${path}.lock`).then(() => removed++, () => {});
    }
  })();
  const figures = await writeFile(kind, [path, path], count);
  more = false;
  await cleaning;
  return `lock removed ${removed} times: ${figures}`;
}

async function writeFile(
  kind: string,
  paths: readonly string[],
  count: number,
): Promise<string> {
  const shared = paths.map((path): SharedStore => ({
    kind,
    section: { path },
  }));
  await makeShared(shared[0]!);
  const writers = [...shared, ...shared];
  const outputs = await Promise.all(
    writers.map((one, n) => startWriter(one, `w${n}`, count).output()),
  );
  for (const { success, stderr } of outputs) {
    ok(success, new TextDecoder().decode(stderr));
  }
  const store = await openShared(shared[0]!);
  const { lists } = (await readDocument(store, "shared")).document;
  await store.close();
  const numbers = Array.from({ length: count }, (_, n) => n);
  deepStrictEqual(
    lists,
    Object.fromEntries(writers.map((_, n) => [`w${n}`, numbers])),
  );
  return `${writers.length * count} updates, lost: 0`;
}
