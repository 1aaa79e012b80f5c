import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { startRedis } from "../../../tests/support/redis_server.ts";
import type { Snapshot, TakeTurnOptions } from "../../document/store.ts";
import { documentKeys, ScriptRunner } from "./runner.ts";
import type { StoredDocument } from "./scripts.ts";
import { takeRedisTurn } from "./turn.ts";

const server = await startRedis();
const client = server.connect();
addEventListener("unload", () => {
  server.kill("SIGKILL");
  Deno.removeSync(server.folder, { recursive: true });
});

const runner = new ScriptRunner({
  client,
  target: { name: "redis" },
  waitReplicas: 0,
});

function snapshotOf(
  found: StoredDocument | undefined,
): Promise<Snapshot | undefined> {
  return Promise.resolve(
    found && { document: { text: found.stored }, revision: found.revision },
  );
}

interface TakeOptions extends Partial<TakeTurnOptions> {
  runner?: ScriptRunner;
  hasWon?: () => boolean;
}

function take(id: string, options: TakeOptions = {}) {
  const { signal } = new AbortController();
  return takeRedisTurn(id, {
    lostRaces: 3,
    signal,
    runner,
    snapshotOf,
    hasWon: () => false,
    ...options,
  });
}

async function queueOf(id: string): Promise<unknown> {
  return await client.sendCommand("ZRANGE", [
    (await documentKeys(id))[4]!,
    0,
    -1,
  ]);
}

function test(what: string, run: (id: string) => Promise<void>): void {
  Deno.test(what, { sanitizeResources: false }, () => run(crypto.randomUUID()));
}

test("takeRedisTurn() brings the document of the moment", async (id) => {
  await client.sendCommand("SET", [id, "old"]);
  const first = await take(id);
  await client.sendCommand("SET", [id, "new"]);
  strictEqual((await first.read!())?.document.text, "old");
  const second = await take(id, { turn: first });
  strictEqual((await second.read!())?.document.text, "new");
  await client.sendCommand("DEL", [id]);
  const third = await take(id, { turn: second });
  strictEqual(await third.read!(), undefined);
  await third.release();
});

test("takeRedisTurn() keeps the place of a writer that lost again", async (id) => {
  const first = await take(id);
  const other = await take(id);
  const second = await take(id, { lostRaces: 4, turn: first });
  strictEqual(second.token, first.token);
  deepStrictEqual(await queueOf(id), [first.token, other.token]);
});

test("takeRedisTurn() waits for a writer ahead that has waited long enough", async (id) => {
  const first = await take(id);
  await new Promise((resolve) => setTimeout(resolve, 1050));
  let came = false;
  const waiting = take(id).then((turn) => {
    came = true;
    return turn;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  strictEqual(came, false);
  await first.release();
  await (await waiting).release();
  deepStrictEqual(await queueOf(id), []);
});

test("takeRedisTurn() leaves the queue if it is cancelled", async (id) => {
  await take(id);
  await new Promise((resolve) => setTimeout(resolve, 1050));
  const controller = new AbortController();
  const waiting = take(id, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error("the job was cancelled")), 50);
  await rejects(waiting, { message: "the job was cancelled" });
  strictEqual((await queueOf(id) as string[]).length, 1);
});

test("release() leaves the queue, and may be called twice", async (id) => {
  const turn = await take(id);
  await turn.release();
  await turn.release();
  deepStrictEqual(await queueOf(id), []);
});

test("release() leaves it to the swap that won to leave the queue", async (id) => {
  const turn = await take(id, { hasWon: () => true });
  await turn.release();
  deepStrictEqual(await queueOf(id), [turn.token]);
});

test("release() does not fail if the server is gone", async (id) => {
  await using gone = await startRedis();
  const lost = gone.connect();
  const turn = await take(id, {
    runner: new ScriptRunner({
      client: lost,
      target: { name: "redis" },
      waitReplicas: 0,
    }),
  });
  gone.kill("SIGKILL");
  await turn.release();
  await lost.close();
});
