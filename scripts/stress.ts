// Stresses every store and fails if an update is lost: `deno task stress [TENTHS]`,
// where 10 tenths, the default, is the whole test.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { loadAllKinds } from "../src/datasources/registry.ts";
import type { StateStore } from "../src/document/store.ts";
import type { Document } from "../src/document/change.ts";
import {
  readDocument,
  replaceDocument,
  updateDocument,
} from "../src/document/update.ts";
import { sectionFor } from "../tests/support/open_datasource.ts";
import { type RedisServer, startRedis } from "../tests/support/redis_server.ts";
import { killEvents } from "../tests/support/killed_events.ts";
import {
  killWriters,
  openShared,
  type SharedStore,
  storm,
} from "../tests/support/writers.ts";
import {
  failOver,
  loseAnswers,
  removeLocks,
  writeByTwoNames,
  writeFromAfar,
} from "./stress_faults.ts";
import { measureHold } from "./stress_size.ts";
import { Workspace } from "../tests/support/workspace.ts";

const WRITERS = 50;
/** Kinds whose primary is one file with a lock beside it. */
const FILE_KINDS: readonly string[] = ["jsonfile", "yamlfile"];
const ID = "stress";

/** Appends `count` numbers to the writer's list, one update each. */
async function append(
  store: StateStore,
  name: string,
  count: number,
): Promise<number[]> {
  const durations: number[] = [];
  for (let n = 0; n < count; n++) {
    const start = performance.now();
    await updateDocument(store, ID, [
      { op: "append", path: ["lists", name], items: [n] },
    ]);
    durations.push(performance.now() - start);
  }
  return durations;
}

/** Runs writers within this process, each with its own store. */
async function stormWithin(
  shared: SharedStore,
  count: number,
): Promise<{ durations: number[]; perSecond: number }> {
  const stores = await Promise.all(
    Array.from({ length: WRITERS }, () => openShared(shared)),
  );
  const lists = {};
  await replaceDocument(stores[0]!, ID, {
    lists,
    state: { cicdContextDataId: ID },
  });
  const start = performance.now();
  const durations = await Promise.all(
    stores.map((store, index) => append(store, `w${index}`, count)),
  );
  const seconds = (performance.now() - start) / 1000;
  const { document } = await readDocument(stores[0]!, ID);
  const numbers = Array.from({ length: count }, (_, n) => n);
  for (let index = 0; index < WRITERS; index++) {
    deepStrictEqual((document.lists as Document)[`w${index}`], numbers);
  }
  for (const store of stores) await store.close();
  return {
    durations: durations.flat(),
    perSecond: durations.flat().length / seconds,
  };
}

/** Runs command lines as pipelines do: each writer starts one after the other. */
async function stormOfCommands(
  { kind, section }: SharedStore,
  count: number,
): Promise<number[]> {
  const datasources = { [kind]: { ...section, isPrimary: true } };
  await using workspace = await Workspace.create({
    "config.yaml": { cicdstatemgr: { datasources } },
    "app.yaml": { "cicd-contexts": { stage: {} } },
  });
  await run(workspace, "--init-new", "run-1", "--init-app", "app.yaml");
  const numbers = Array.from({ length: count }, (_, n) => String(n));
  const names = Array.from({ length: WRITERS }, (_, n) => `w${n}`);
  const durations = await Promise.all(names.map(async (name) => {
    const own: number[] = [];
    for (const number of numbers) {
      const start = performance.now();
      await run(workspace, "--set", `state.${name}[]=${number}`);
      own.push(performance.now() - start);
    }
    return own;
  }));
  const state = JSON.parse(await run(workspace, "--get", "state"));
  for (const name of names) deepStrictEqual(state[name], numbers);
  return durations.flat();
}

async function run(workspace: Workspace, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await workspace.run(...args);
  strictEqual(code, 0, stderr);
  return stdout;
}

/** Returns how many SETs per second the same server takes from as many connections. */
async function benchmarkSets({ port }: RedisServer): Promise<number> {
  const { stdout } = await new Deno.Command("redis-benchmark", {
    args: `-p ${port} -t set -n 50000 -c ${WRITERS} -d 4000 --csv`.split(" "),
  }).output();
  const line = new TextDecoder().decode(stdout).trim().split("\n").at(-1)!;
  return Number(line.split(",")[1]!.replaceAll('"', ""));
}

function report(what: string, writers: number, durations: number[]): void {
  const sorted = durations.toSorted((left, right) => left - right);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  console.log(
    `${what.padEnd(30)} ${String(writers).padStart(3)} writers, ` +
      `${String(sorted.length).padStart(5)} updates, lost: 0, ` +
      `median ${median.toFixed(1)} ms, worst ${sorted.at(-1)!.toFixed(0)} ms`,
  );
}

const tenths = Number(Deno.args[0] ?? 10);
const folder = await Deno.makeTempDir({ prefix: "stress-" });
await using server = await startRedis();
const stores = (await loadAllKinds())
  .filter((kind) => kind.can("be primary"))
  .map((kind): SharedStore => {
    const path = `${folder}/${kind.name}`;
    const { port } = server;
    return { kind: kind.name, section: sectionFor(kind, { port, path }) };
  });
try {
  for (const shared of stores) {
    const { kind } = shared;
    report(`${kind}, processes`, WRITERS, await storm(shared, WRITERS, tenths));
    const commands = await stormOfCommands(shared, tenths);
    report(`${kind}, command lines`, WRITERS, commands);
    const within = await stormWithin(shared, 10 * tenths);
    report(`${kind}, one process`, WRITERS, within.durations);
    if (kind === "redis") {
      const sets = await benchmarkSets(server);
      const percent = 100 * within.perSecond / sets;
      console.log(
        `${"".padEnd(30)} ${
          within.perSecond.toFixed(0)
        } updates/s of one document, ` +
          `${percent.toFixed(1)} % of redis-benchmark's SETs`,
      );
    }
    await killWriters(shared, 20 * tenths, 4);
    console.log(`${kind}, ${20 * tenths} writers killed: whole, lost: 0`);
    await killEvents(shared, 5 * tenths);
    console.log(`${kind}, ${5 * tenths} events killed: all of it or nothing`);
    if (FILE_KINDS.includes(kind)) {
      const two = await writeByTwoNames(kind, folder, 5 * tenths);
      console.log(`${kind}, one file with two names: ${two}`);
      const removed = await removeLocks(kind, folder, 5 * tenths);
      console.log(`${kind}, ${removed}`);
    }
  }
  for (const kilobytes of [100, 1000, 10_000]) {
    const holdMs = (await measureHold(server, kilobytes)).toFixed(1);
    console.log(
      `redis, an update of ${kilobytes} kB takes ${holdMs} ms of the server's time`,
    );
  }
  console.log(`redis, ${await loseAnswers(server, 10 * tenths)}`);
  console.log(`redis, distant writer ${await writeFromAfar(server)}`);
  console.log(`redis, failover: ${await failOver()}`);
} finally {
  await Deno.remove(folder, { recursive: true });
}
