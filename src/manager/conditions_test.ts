import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { Document } from "../document/change.ts";
import type { Snapshot, StateStore, SwapOptions } from "../document/store.ts";
import { createLogger } from "../util/log.ts";
import type { Mapping } from "../values.ts";
import { startHttpServer } from "../../tests/support/http_server.ts";
import { CicdStateMgr } from "./manager.ts";

const APP = {
  "cicd-contexts": {
    stage: {
      generators: { g: { set: [{ key: "state.made", value: "x" }] } },
      pipelines: {
        p: {
          "event-handlers": {
            go: {
              notify: {
                message: "m",
                "capture-response-data": [{
                  from: "{{ body.ts }}",
                  to: "state.ts",
                }],
              },
            },
          },
        },
      },
    },
  },
};

const EVENT = { pipeline: "p", event: "go" };
const TAG = [{ op: "set", path: ["state", "tag"], value: "v2" }] as const;
const CONFLICT = { code: "CONFLICT" };

/** A memory store that remembers the ttl of each write. */
function recordingStore() {
  const store = memoryStore();
  const ttls: (number | undefined)[] = [];
  const recording: StateStore = {
    ...store,
    swap(
      id: string,
      next: Document,
      before: Snapshot | undefined,
      options?: SwapOptions,
    ) {
      ttls.push(options?.ttlMs);
      return store.swap(id, next, before, options);
    },
  };
  return { store: recording, ttls };
}

async function opened(store: StateStore, url = "http://127.0.0.1:9") {
  const manager = await CicdStateMgr.open({
    config: {
      cicdstatemgr: {
        datasources: {},
        slack: { url },
        templates: { notify: "{}" },
      },
    },
    store,
    ttlMs: 5_000,
  });
  await manager.init("a1", { appConfig: APP });
  await manager.set("a1", { "state.tag": "v1" });
  return manager;
}

async function tempFolder() {
  const path = await Deno.makeTempDir({ prefix: "cicdstatemgr-" });
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

async function stateOf(manager: CicdStateMgr): Promise<Mapping> {
  return (await manager.read("a1")).document["state"] as Mapping;
}

Deno.test("read() returns the document and the revision that ifRevision accepts", async () => {
  await using manager = await opened(memoryStore());
  const { document, revision } = await manager.read("a1");
  strictEqual((document["state"] as Mapping)["tag"], "v1");
  await manager.change("a1", TAG, { ifRevision: revision });
  await rejects(manager.change("a1", TAG, { ifRevision: revision }), CONFLICT);
});

for (
  const [name, run] of [
    ["load", (m, o) => m.load("a1", { change: TAG, ...o })],
    ["load without a change", (m, o) => m.load("a1", o)],
    ["change without operations", (m, o) => m.change("a1", [], o)],
    ["generate", (m, o) => m.generate("a1", "generators", o)],
    ["handleEvent", (m, o) => m.handleEvent("a1", EVENT, o)],
    [
      "handleEvent with a change",
      (m, o) => m.handleEvent("a1", EVENT, { change: TAG, ...o }),
    ],
    [
      "load with an event",
      (m, o) => m.load("a1", { handleEvent: EVENT, ...o }),
    ],
    ["init", (m, o) => m.init("a1", { appConfig: APP, ...o })],
    [
      "init with an event",
      (m, o) => m.init("a1", { appConfig: APP, handleEvent: EVENT, ...o }),
    ],
  ] as readonly [
    string,
    (
      manager: CicdStateMgr,
      options: { ifRevision: string },
    ) => Promise<unknown>,
  ][]
) {
  Deno.test(`${name} with ifRevision sends and writes nothing at another revision`, async () => {
    await using server = startHttpServer(() =>
      Response.json({ ok: true, ts: "7" })
    );
    await using manager = await opened(memoryStore(), server.url);
    const before = await manager.read("a1");
    await rejects(run(manager, { ifRevision: "99" }), CONFLICT);
    deepStrictEqual(await manager.read("a1"), before);
    strictEqual(server.requests.length, 0);
    await run(manager, { ifRevision: before.revision });
    strictEqual(server.requests.length, name.includes("vent") ? 1 : 0);
  });
}

for (
  const [name, run] of [
    [
      "load",
      (m) => m.load("a1", { change: TAG, ifAbsent: true, handleEvent: EVENT }),
    ],
    [
      "handleEvent",
      (m) => m.handleEvent("a1", EVENT, { change: TAG, ifAbsent: true }),
    ],
  ] as readonly [string, (manager: CicdStateMgr) => Promise<unknown>][]
) {
  Deno.test(`${name} with ifAbsent checks the paths of the change only`, async () => {
    await using server = startHttpServer(() =>
      Response.json({ ok: true, ts: "7" })
    );
    await using manager = await opened(memoryStore(), server.url);
    await manager.set("a1", { "state.ts": "6" });
    await rejects(run(manager), CONFLICT);
    strictEqual(server.requests.length, 0);
    await manager.change("a1", [{ op: "delete", path: ["state", "tag"] }]);
    await run(manager);
    const { tag, ts } = await stateOf(manager);
    deepStrictEqual([tag, ts], ["v2", "7"]);
  });
}

for (const change of [[], TAG]) {
  Deno.test(`handleEvent() with ifRevision and ${change.length} operations lets one of several tasks send`, async () => {
    const store = memoryStore();
    await using server = startHttpServer(async () => {
      await other.set("a1", { "state.other": "kept" });
      return Response.json({ ok: true, ts: "7" });
    });
    await using other = await opened(store, server.url);
    const { revision: ifRevision } = await other.read("a1");
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map(() =>
        other.handleEvent("a1", EVENT, { change, ifRevision })
      ),
    );
    const won = results.filter(({ status }) => status === "fulfilled");
    deepStrictEqual([won.length, server.requests.length], [1, 1]);
    // What the handler captured is not lost to the write meanwhile.
    const { ts, other: kept } = await stateOf(other);
    deepStrictEqual([ts, kept], ["7", "kept"]);
  });
}

Deno.test("generate() with ifAbsent refuses to replace a value", async () => {
  await using manager = await opened(memoryStore());
  const ifAbsent = true;
  await manager.generate("a1", "generators", { ifAbsent });
  await rejects(manager.generate("a1", "generators", { ifAbsent }), {
    code: "CONFLICT",
    message: /"state\.made"/,
  });
});

Deno.test('init() with ifExists "fail" creates a document once', async () => {
  await using server = startHttpServer();
  await using manager = await opened(memoryStore(), server.url);
  const options = {
    appConfig: APP,
    handleEvent: EVENT,
    ifExists: "fail",
  } as const;
  await rejects(manager.init("a1", options), {
    code: "CONFLICT",
    message: 'Document "a1" already exists, at revision 2',
  });
  strictEqual(server.requests.length, 0);
  await manager.init("b2", options);
  strictEqual(server.requests.length, 1);
});

Deno.test('init() with ifExists "keep" returns the stored document and sends nothing', async () => {
  await using server = startHttpServer();
  await using manager = await opened(memoryStore(), server.url);
  const kept = await manager.init("a1", {
    appConfig: "no/such/file.yaml",
    handleEvent: EVENT,
    ifExists: "keep",
  });
  strictEqual((kept["state"] as Mapping)["tag"], "v1");
  strictEqual((await manager.read("a1")).revision, "2");
  strictEqual(server.requests.length, 0);
});

for (const [ifExists, winners] of [["fail", 1], ["keep", 8]] as const) {
  Deno.test(`init() with ifExists "${ifExists}" writes once for several writers`, async () => {
    await using manager = await opened(memoryStore());
    const options = { appConfig: APP, ifExists };
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => manager.init("c3", options)),
    );
    const won = results.filter(({ status }) => status === "fulfilled");
    strictEqual(won.length, winners);
    strictEqual((await manager.read("c3")).revision, "3");
  });
}

Deno.test("rollback() with ifRevision restores a revision only at another one", async () => {
  await using folder = await tempFolder();
  const path = `${folder.path}/state.db`;
  const sqlite = { path, isPrimary: true };
  await using manager = await CicdStateMgr.open({
    config: { cicdstatemgr: { datasources: { sqlite } } },
  });
  await manager.init("a1", { appConfig: APP });
  await manager.set("a1", { "state.tag": "v1" });
  await rejects(manager.rollback("a1", 1, { ifRevision: "1" }), CONFLICT);
  strictEqual((await stateOf(manager))["tag"], "v1");
  await manager.rollback("a1", 1, { ifRevision: "2" });
  strictEqual((await stateOf(manager))["tag"], undefined);
});

Deno.test("ttlMs of a call wins over the manager's", async () => {
  const { store, ttls } = recordingStore();
  await using server = startHttpServer();
  await using manager = await opened(store, server.url);
  await manager.change("a1", TAG, { ttlMs: 1 });
  await manager.load("a1", { change: TAG, ttlMs: 2 });
  await manager.handleEvent("a1", EVENT, { change: TAG, ttlMs: 3 });
  await manager.generate("a1", "generators", { ttlMs: 4 });
  await manager.init("a1", { appConfig: APP, ttlMs: 0 });
  deepStrictEqual(ttls, [5_000, 5_000, 1, 2, 3, 4, 0]);
});

Deno.test("ttlMs is refused where the primary is a file", async () => {
  await using folder = await tempFolder();
  const path = `${folder.path}/state.json`;
  const config = {
    cicdstatemgr: { datasources: { jsonfile: { path, isPrimary: true } } },
  };
  const refused = {
    code: "CONFIG",
    message: "Cannot let documents expire: the primary is a jsonfile",
  };
  await rejects(CicdStateMgr.open({ config, ttlMs: 1_000 }), refused);
  await using manager = await CicdStateMgr.open({ config });
  await rejects(
    manager.init("a1", { appConfig: APP, ttlMs: 1_000 }),
    refused,
  );
  await manager.init("a1", { appConfig: APP, ttlMs: 0 });
});

Deno.test("init() says which revision it replaced", async () => {
  const lines: string[] = [];
  const logger = createLogger({
    level: "INFO",
    write: (line) => lines.push(line),
    mask: (text) => text,
  });
  await using manager = await CicdStateMgr.open({
    config: { cicdstatemgr: { datasources: {} } },
    store: memoryStore(),
    logger,
  });
  await manager.init("a1", { appConfig: APP });
  await manager.set("a1", { "state.tag": "v1" });
  deepStrictEqual(lines, []);
  await manager.init("a1", { appConfig: APP });
  deepStrictEqual(lines, ['Replaced document "a1", which was at revision 2']);
});
