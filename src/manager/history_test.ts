import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { StateStore } from "../document/store.ts";
import type { Mapping } from "../values.ts";
import { CicdStateMgr } from "./manager.ts";

const APP = { "cicd-contexts": { stage: {} } };

async function workplace() {
  const path = await Deno.makeTempDir({ prefix: "cicdstatemgr-" });
  const sqlite = { path: `${path}/state.db`, isPrimary: true };
  const manager = await CicdStateMgr.open({
    config: { cicdstatemgr: { datasources: { sqlite } } },
    actor: "bosun",
  });
  await manager.init("a1", { appConfig: APP });
  await manager.set("a1", { "state.tag": "v1" });
  await manager.set("a1", { "state.tag": "v2", "state.new": 1 });
  return {
    manager,
    [Symbol.asyncDispose]: async () => {
      await manager.close();
      await Deno.remove(path, { recursive: true });
    },
  };
}

Deno.test("history() lists changes, newest first, up to a limit", async () => {
  await using place = await workplace();
  const { manager } = place;
  const entries = await manager.history("a1");
  deepStrictEqual(
    entries.map(({ revision, actor }) => [revision, actor]),
    [[3, "bosun"], [2, "bosun"], [1, "bosun"]],
  );
  const [latest, ...others] = await manager.history("a1", 1);
  deepStrictEqual([latest?.revision, others], [3, []]);
  await rejects(manager.history("b2"), { code: "NOT_FOUND" });
});

Deno.test("diff() compares two revisions, or one with the current document", async () => {
  await using place = await workplace();
  const { manager } = place;
  const added = { path: ["state", "new"], after: 1 };
  deepStrictEqual(await manager.diff("a1", 1, 2), [
    { path: ["state", "tag"], after: "v1" },
  ]);
  deepStrictEqual(await manager.diff("a1", 2), [
    { path: ["state", "tag"], before: "v1", after: "v2" },
    added,
  ]);
  await rejects(manager.diff("a1", 99), {
    code: "NOT_FOUND",
    message: /^No revision 99 of document "a1" in sqlite /,
  });
  await rejects(manager.diff("b2", 1), { code: "NOT_FOUND", message: /"b2"/ });
});

Deno.test("rollback() restores a revision as a change of its own", async () => {
  await using place = await workplace();
  const { manager } = place;
  const document = await manager.rollback("a1", 2);
  deepStrictEqual((document["state"] as Mapping)["tag"], "v1");
  const [latest] = await manager.history("a1");
  deepStrictEqual(
    [latest?.revision, latest?.action, latest?.actor],
    [4, "rollback to 2", "bosun"],
  );
  await rejects(manager.rollback("a1", 99), { code: "NOT_FOUND" });
  strictEqual((await manager.history("a1")).length, 4);
});

Deno.test("handleEvent() with ifRevision and no change says in the history what for", async () => {
  await using place = await workplace();
  const { manager } = place;
  await manager.set("a1", { "pipelines.p": {} });
  const event = { pipeline: "p", event: "go" };
  await manager.handleEvent("a1", event, { ifRevision: "4" });
  const [latest] = await manager.history("a1");
  deepStrictEqual([latest?.revision, latest?.action], [5, "event p=go"]);
});

const { history: _, list: __, remove: ___, ...BARE } = memoryStore();

for (
  const [call, message] of [
    [
      (m) => m.history("a1"),
      "Cannot read old revisions: memory keeps no history",
    ],
    [
      (m) => m.diff("a1", 1),
      "Cannot read old revisions: memory keeps no history",
    ],
    [
      (m) => m.rollback("a1", 1),
      "Cannot read old revisions: memory keeps no history",
    ],
    [
      (m) => Array.fromAsync(m.list()),
      "Cannot list documents: memory does not support it",
    ],
    [
      (m) => m.remove("a1"),
      "Cannot remove documents: memory does not support it",
    ],
  ] as [(manager: CicdStateMgr) => Promise<unknown>, string][]
) {
  Deno.test(`${call} names the kinds of stores that can`, async () => {
    const store: StateStore = BARE;
    await using manager = await CicdStateMgr.open({
      config: { cicdstatemgr: { datasources: {} } },
      store,
    });
    await rejects(call(manager), {
      code: "CONFIG",
      message,
      hint: /^Make .*redis.* the primary/,
    });
  });
}
