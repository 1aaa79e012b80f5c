import {
  deepStrictEqual,
  match,
  ok,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { startRedis } from "../../../tests/support/redis_server.ts";
import { documentKeys, ScriptRunner } from "./runner.ts";
import {
  HISTORY_SCRIPT,
  INSPECT_SCRIPT,
  LEAVE_SCRIPT,
  READ_SCRIPT,
  REMOVE_SCRIPT,
  REVISION_SCRIPT,
  TURN_SCRIPT,
} from "./scripts.ts";
import { SWAP_SCRIPT } from "./swap_script.ts";

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

/** What a swap is given, by name. */
interface Swap {
  text: string;
  expected?: string;
  overwrite?: boolean;
  write?: string;
  turn?: string;
  ttlMs?: number;
  context?: string;
  keep?: number;
  most?: number;
  entry?: string;
  outside?: string;
}

function swap(id: string, swap: Swap): Promise<string | undefined> {
  const {
    text,
    expected = "",
    overwrite = false,
    write = crypto.randomUUID(),
    turn = "",
    ttlMs,
    context = "",
    keep = 100,
    most = 1e9,
    entry = "",
    outside = "",
  } = swap;
  return runner.run(SWAP_SCRIPT, id, [
    ...[text, expected, overwrite ? "1" : "0", write, turn],
    ...[ttlMs === undefined ? "" : ttlMs, 1234, context],
    ...[keep, most, entry, outside, 3, 44],
  ]);
}

function test(what: string, run: (id: string) => Promise<void>): void {
  Deno.test(what, { sanitizeResources: false }, () => run(crypto.randomUUID()));
}

async function raw(command: string, ...args: (string | number)[]) {
  return await client.sendCommand(command, args);
}

test("SWAP_SCRIPT creates a document where there is none", async (id) => {
  const revision = await swap(id, { text: "{}" });
  match(revision!, /^1-[0-9a-f]{40}$/);
  strictEqual(await swap(id, { text: "{}" }), undefined);
  strictEqual(await raw("GET", id), "{}");
});

test("SWAP_SCRIPT compares the revision, not only its number", async (id) => {
  const first = (await swap(id, { text: "1" }))!;
  const wrong = first.replace(/.$/, (digit) => digit === "0" ? "1" : "0");
  strictEqual(await swap(id, { text: "2", expected: wrong }), undefined);
  strictEqual(await swap(id, { text: "2", expected: "1" }), undefined);
  match((await swap(id, { text: "2", expected: first }))!, /^2-/);
});

test("SWAP_SCRIPT overwrites whatever there is", async (id) => {
  await raw("SET", id, "something else");
  match((await swap(id, { text: "1", overwrite: true }))!, /^2-/);
  match((await swap(id, { text: "2", overwrite: true }))!, /^3-/);
});

test("SWAP_SCRIPT recognizes a write that it has done", async (id) => {
  const write = "the same id";
  const first = await swap(id, { text: "1", write });
  const later = await swap(id, { text: "2", expected: first! });
  // The answer was lost: it is sent again, though others wrote since.
  strictEqual(await swap(id, { text: "1", write }), first);
  strictEqual(await runner.run(REVISION_SCRIPT, id, []), later);
  const writes = (await documentKeys(id))[3]!;
  ok(Number(await raw("PTTL", writes)) > 110_000);
});

test("SWAP_SCRIPT remembers only the last writes", async (id) => {
  const writes = (await documentKeys(id))[3]!;
  const old = Array.from({ length: 10_005 }, (_, n) => [n, `w${n}`]).flat();
  await raw("ZADD", writes, ...old);
  await swap(id, { text: "1", overwrite: true });
  strictEqual(await raw("ZCARD", writes), 10_000);
});

test("SWAP_SCRIPT keeps the time to live of the last write that set one", async (id) => {
  const first = await swap(id, { text: "1", ttlMs: 60_000 });
  ok(Number(await raw("PTTL", id)) > 50_000);
  await raw("PEXPIRE", id, 1000);
  const second = await swap(id, { text: "2", expected: first! });
  ok(Number(await raw("PTTL", id)) > 50_000);
  for (const key of (await documentKeys(id)).slice(1, 2)) {
    ok(Number(await raw("PTTL", key)) > 50_000, key);
  }
  await swap(id, { text: "3", expected: second!, ttlMs: 0 });
  strictEqual(await raw("PTTL", id), -1);
  strictEqual(await raw("PTTL", (await documentKeys(id))[1]!), -1);
});

test("SWAP_SCRIPT keeps as many entries as it is told", async (id) => {
  let expected = "";
  for (let n = 1; n <= 6; n++) {
    expected =
      (await swap(id, { text: `${n}`, expected, keep: 4, entry: `e${n}` }))!;
  }
  const { entries } = await runner.run(HISTORY_SCRIPT, id, [-100]);
  deepStrictEqual(entries, ["3:e3", "4:e4", "5:e5", "6:e6"]);
  const last = await runner.run(HISTORY_SCRIPT, id, [-1]);
  deepStrictEqual(last.entries, ["6:e6"]);
  // Without an entry there is a gap, so nothing older can be told any more.
  await swap(id, { text: "7", expected });
  const none = await runner.run(HISTORY_SCRIPT, id, [-100]);
  deepStrictEqual(none.entries, []);
});

test("SWAP_SCRIPT drops the oldest entries of a history that is too large", async (id) => {
  let expected = "";
  async function write(size: number): Promise<readonly string[]> {
    const entry = "x".repeat(size);
    expected = (await swap(id, { text: "t", expected, most: 100, entry }))!;
    const { entries } = await runner.run(HISTORY_SCRIPT, id, [-100]);
    return entries.map((line) => line.split(":")[0]!);
  }
  for (let n = 1; n <= 5; n++) await write(28);
  deepStrictEqual(await write(28), ["4", "5", "6"]);
  // One that is too large itself is kept alone.
  deepStrictEqual(await write(500), ["7"]);
  deepStrictEqual(await write(1), ["8"]);
});

test("SWAP_SCRIPT counts a history again that another version has changed", async (id) => {
  let expected = (await swap(id, { text: "t", entry: "e1" }))!;
  const history = (await documentKeys(id))[2]!;
  for (let n = 0; n < 3; n++) await raw("RPUSH", history, "0:".padEnd(30, "x"));
  expected = (await swap(id, { text: "t", expected, most: 70, entry: "e2" }))!;
  const { entries } = await runner.run(HISTORY_SCRIPT, id, [-100]);
  strictEqual(entries.length, 3);
  // And also one that it has made shorter.
  await raw("LTRIM", history, -1, -1);
  await swap(id, { text: "t", expected, most: 70, entry: "e3" });
  strictEqual(await raw("LLEN", history), 2);
});

test("SWAP_SCRIPT records what another program wrote before it", async (id) => {
  await swap(id, { text: "1", entry: "e1" });
  await raw("SET", id, "theirs");
  const read = await runner.run(READ_SCRIPT, id, []);
  strictEqual(read!.isExternal, true);
  match(read!.revision, /^2-/);
  await swap(id, {
    text: "3",
    expected: read!.revision,
    entry: "e3",
    outside: "e2",
  });
  const { entries } = await runner.run(HISTORY_SCRIPT, id, [-100]);
  deepStrictEqual(entries, ["1:e1", "2:e2", "3:e3"]);
});

test("SWAP_SCRIPT writes nothing if a key beside the document holds another type", async (id) => {
  const names = ["meta", "history", "writes", "queue", "seen"];
  for (const name of names) {
    const key = `{${id}}:cicdstatemgr:${name}`;
    await raw("SET", key, "not ours");
    await rejects(swap(id, { text: "1", entry: "e", turn: "t" }), {
      code: "STORE",
      message: /the key holds another type of value$/,
    });
    strictEqual(await raw("EXISTS", ...await documentKeys(id)), 1, name);
    await raw("DEL", key);
  }
});

test("READ_SCRIPT returns what the next write needs", async (id) => {
  strictEqual(await runner.run(READ_SCRIPT, id, []), undefined);
  const revision = await swap(id, { text: "⚓" });
  deepStrictEqual(await runner.run(READ_SCRIPT, id, []), {
    stored: "⚓",
    revision,
    isExternal: false,
    chain: { count: 3, length: 44 },
  });
});

test("READ_SCRIPT finds no chain where another program wrote", async (id) => {
  await raw("SET", id, "theirs");
  const read = await runner.run(READ_SCRIPT, id, []);
  strictEqual(read?.chain, undefined);
  match(read!.revision, /^1-/);
});

test("REVISION_SCRIPT returns a revision without the document", async (id) => {
  strictEqual(await runner.run(REVISION_SCRIPT, id, []), undefined);
  const revision = await swap(id, { text: "1" });
  strictEqual(await runner.run(REVISION_SCRIPT, id, []), revision);
  await raw("SET", id, "theirs");
  match((await runner.run(REVISION_SCRIPT, id, []))!, /^2-/);
});

test("TURN_SCRIPT lets the first writer go on and others race at first", async (id) => {
  const expected = (await swap(id, { text: "1" }))!;
  for (const turn of ["t1", "t2"]) {
    const place = await runner.run(TURN_SCRIPT, id, [turn]);
    strictEqual(place.ahead, 0);
    strictEqual(place.found?.revision, expected);
  }
  match((await swap(id, { text: "2", expected }))!, /^2-/);
});

test("TURN_SCRIPT holds others back once the first one has waited", async (id) => {
  const expected = (await swap(id, { text: "1" }))!;
  await runner.run(TURN_SCRIPT, id, ["t1"]);
  await new Promise((resolve) => setTimeout(resolve, 1050));
  strictEqual((await runner.run(TURN_SCRIPT, id, ["t2"])).ahead, 1);
  strictEqual((await runner.run(TURN_SCRIPT, id, ["t3"])).ahead, 2);
  strictEqual((await runner.run(TURN_SCRIPT, id, ["t1"])).ahead, 0);
  strictEqual(await swap(id, { text: "2", expected }), undefined);
  strictEqual(await swap(id, { text: "2", expected, turn: "t2" }), undefined);
  match((await swap(id, { text: "2", expected, turn: "t1" }))!, /^2-/);
  // Winning ended its turn.
  strictEqual(await raw("ZSCORE", (await documentKeys(id))[4]!, "t1"), null);
});

test("TURN_SCRIPT passes a writer that has fallen silent", async (id) => {
  await runner.run(TURN_SCRIPT, id, ["dead"]);
  const [queue, seen] = (await documentKeys(id)).slice(4) as [string, string];
  await raw("ZADD", queue, 1, "dead");
  await raw("HSET", seen, "dead", "1");
  strictEqual((await runner.run(TURN_SCRIPT, id, ["t2"])).ahead, 0);
  strictEqual(await raw("ZSCORE", queue, "dead"), null);
  strictEqual(await raw("HEXISTS", seen, "dead"), 0);
});

test("TURN_SCRIPT reports a document that is not there", async (id) => {
  const place = await runner.run(TURN_SCRIPT, id, ["t1"]);
  deepStrictEqual(place, { ahead: 0, found: undefined });
});

test("LEAVE_SCRIPT leaves the queue", async (id) => {
  await runner.run(TURN_SCRIPT, id, ["t1"]);
  await runner.run(LEAVE_SCRIPT, id, ["t1"]);
  await runner.run(LEAVE_SCRIPT, id, ["t1"]);
  strictEqual(await raw("EXISTS", ...(await documentKeys(id)).slice(4)), 0);
});

test("INSPECT_SCRIPT returns what a list shows", async (id) => {
  strictEqual(await runner.run(INSPECT_SCRIPT, id, []), undefined);
  const revision = await swap(id, { text: "⚓", context: "stage" });
  deepStrictEqual(await runner.run(INSPECT_SCRIPT, id, []), {
    revision,
    size: 3,
    updatedAt: 1234,
    context: "stage",
    external: undefined,
  });
  await raw("SET", id, "theirs");
  const foreign = await runner.run(INSPECT_SCRIPT, id, []);
  strictEqual(foreign?.external, "theirs");
  strictEqual(foreign?.size, 6);
});

test("HISTORY_SCRIPT adds what another program has written since", async (id) => {
  await swap(id, { text: "1", entry: "e:1" });
  await raw("SET", id, "theirs");
  deepStrictEqual(await runner.run(HISTORY_SCRIPT, id, [-5]), {
    entries: ["1:e:1"],
    external: { revision: 2, stored: "theirs" },
  });
});

test("REMOVE_SCRIPT removes every key", async (id) => {
  await swap(id, { text: "1", entry: "e1" });
  await runner.run(TURN_SCRIPT, id, ["t1"]);
  strictEqual(await runner.run(REMOVE_SCRIPT, id, []), true);
  strictEqual(await raw("EXISTS", ...(await documentKeys(id))), 0);
  strictEqual(await runner.run(REMOVE_SCRIPT, id, []), false);
});
