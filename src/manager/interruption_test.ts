import { ok, rejects, strictEqual } from "node:assert/strict";
import {
  type Answerer,
  hang,
  startHttpServer,
} from "../../tests/support/http_server.ts";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { StateStore } from "../document/store.ts";
import type { Mapping } from "../values.ts";
import { CicdStateMgr } from "./manager.ts";

const EVENT = { pipeline: "p", event: "go" };

const HANDLERS = {
  "set-values": { set: [{ from: "1", to: "state.before" }] },
  "notify": {
    one: {
      message: "a",
      "capture-response-data": [{ from: "{{ body.ts }}", to: "state.ts" }],
    },
    two: { message: "b" },
    three: { message: "c" },
  },
};

function app(handlers: Mapping) {
  const pipelines = { p: { "event-handlers": { go: handlers } } };
  return { "cicd-contexts": { stage: { pipelines } } };
}

async function opened(
  url: string,
  store: StateStore = memoryStore(),
  handlers: Mapping = HANDLERS,
) {
  const manager = await CicdStateMgr.open({
    config: {
      cicdstatemgr: {
        datasources: {},
        slack: { url },
        templates: { notify: "{}" },
      },
    },
    store,
  });
  await manager.init("a1", { appConfig: app(handlers) });
  return manager;
}

/** Interrupts an event at its second request. */
function interrupter(): { signal: AbortSignal; answer: Answerer } {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    answer(_, count) {
      if (count === 1) return Response.json({ ok: true, ts: "7.7" });
      controller.abort("SIGTERM");
      return hang();
    },
  };
}

Deno.test("handleEvent() that is interrupted stores what handlers set, and says what was sent", async () => {
  const { signal, answer } = interrupter();
  await using server = startHttpServer(answer);
  await using manager = await opened(server.url);
  const change = [{ op: "set", path: ["state", "tag"], value: "v1" }] as const;
  const start = performance.now();
  await rejects(manager.handleEvent("a1", EVENT, { change, signal }), {
    code: "INTERRUPTED",
    message: "Interrupted by SIGTERM: sent notify.one (notify.two may have " +
      "been sent); stored state.tag, state.before, state.ts",
  });
  ok(performance.now() - start < 1_000);
  const { document } = await manager.read("a1");
  const { tag, before, ts } = document["state"] as Mapping;
  strictEqual(`${tag} ${before} ${ts}`, "v1 1 7.7");
  strictEqual(server.requests.length, 2);
});

Deno.test("load() that is interrupted stores its change with what handlers set", async () => {
  const { signal, answer } = interrupter();
  await using server = startHttpServer(answer);
  await using manager = await opened(server.url);
  const change = [{ op: "set", path: ["state", "tag"], value: "v1" }] as const;
  await rejects(manager.load("a1", { change, handleEvent: EVENT, signal }), {
    code: "INTERRUPTED",
    message: /; stored state\.tag, state\.before, state\.ts$/,
  });
  const { document, revision } = await manager.read("a1");
  strictEqual((document["state"] as Mapping)["ts"], "7.7");
  strictEqual(revision, "2");
});

Deno.test("init() that is interrupted stores the document", async () => {
  const { signal, answer } = interrupter();
  await using server = startHttpServer(answer);
  await using manager = await opened(server.url);
  await rejects(
    manager.init("b2", {
      appConfig: app(HANDLERS),
      handleEvent: EVENT,
      signal,
    }),
    { code: "INTERRUPTED", message: /; stored state\.before, state\.ts$/ },
  );
  const { document } = await manager.read("b2");
  strictEqual((document["state"] as Mapping)["ts"], "7.7");
});

Deno.test("handleEvent() that is interrupted before it begins does nothing", async () => {
  await using server = startHttpServer();
  await using manager = await opened(server.url);
  const signal = AbortSignal.abort("SIGINT");
  await rejects(manager.handleEvent("a1", EVENT, { signal }), {
    code: "INTERRUPTED",
    message: "Interrupted by SIGINT: sent nothing; stored nothing",
  });
  strictEqual(server.requests.length, 0);
  strictEqual((await manager.read("a1")).revision, "1");
});

Deno.test("handleEvent() that is interrupted waits for no retry", async () => {
  const controller = new AbortController();
  await using server = startHttpServer(() => {
    queueMicrotask(() => controller.abort(new Error("no name")));
    const headers = { "Retry-After": "30" };
    return new Response("", { status: 429, headers });
  });
  await using manager = await opened(server.url);
  const { signal } = controller;
  const start = performance.now();
  await rejects(manager.handleEvent("a1", EVENT, { signal }), {
    code: "INTERRUPTED",
    message:
      "Interrupted: sent nothing (notify.one may have been sent); stored state.before",
  });
  ok(performance.now() - start < 5_000);
});

Deno.test("handleEvent() that is interrupted waits less than a second for a store that hangs", async () => {
  const { signal, answer } = interrupter();
  await using server = startHttpServer(answer);
  const store = memoryStore();
  const never = Promise.withResolvers<never>();
  let hangs = false;
  await using manager = await opened(server.url, {
    ...store,
    swap: (...args) => hangs ? never.promise : store.swap(...args),
  });
  hangs = true;
  const start = performance.now();
  await rejects(manager.handleEvent("a1", EVENT, { signal }), {
    message: "Interrupted by SIGTERM: sent notify.one (notify.two may have " +
      "been sent); stored nothing (state.before, state.ts may have been " +
      "stored: no answer within 800 ms)",
  });
  ok(performance.now() - start < 2_000);
});

Deno.test("handleEvent() that is interrupted says why nothing could be stored", async () => {
  const { signal, answer } = interrupter();
  await using server = startHttpServer(async (request, count) => {
    // Somebody removes the document meanwhile.
    if (count === 2) await manager.remove("a1");
    return await answer(request, count);
  });
  await using manager = await opened(server.url);
  await rejects(manager.handleEvent("a1", EVENT, { signal }), {
    message: /; stored nothing, not state\.before, state\.ts: No document "a1"/,
  });
});

Deno.test("handleEvent() that is interrupted names ten paths and counts the others", async () => {
  const { signal, answer } = interrupter();
  await using server = startHttpServer(answer);
  const set = Array.from({ length: 12 }, (_, index) => (
    { from: "1", to: `state.k${index}` }
  ));
  await using manager = await opened(server.url, memoryStore(), {
    ...HANDLERS,
    "set-values": { set },
  });
  await rejects(manager.handleEvent("a1", EVENT, { signal }), {
    message: /; stored state\.k0, .*state\.k9 and 3 more$/,
  });
});

/** Wraps a memory store so that a call of `gate` comes before each access. */
function gated(gate: (access: "read" | "swap") => Promise<void>): StateStore {
  const store = memoryStore();
  return {
    ...store,
    async read(...args) {
      await gate("read");
      return await store.read(...args);
    },
    async swap(...args) {
      await gate("swap");
      return await store.swap(...args);
    },
  };
}

const CHANGE = [
  { op: "set", path: ["state", "tag"], value: "v1" },
] as const;

for (
  const [about, freezeAt, message] of [
    ["reads", ["swap", "read"], /sent nothing; stored state\.tag$/],
    [
      "stores a change",
      ["swap"],
      /sent nothing; stored nothing \(state\.tag may have been stored: no answer/,
    ],
    [
      "stores what handlers set",
      ["swap", "read", "swap"],
      /sent notify\.one,? .*; stored state\.tag \(state\.before/,
    ],
  ] as const
) {
  Deno.test(`handleEvent() that is interrupted while a store ${about} says what is known`, async () => {
    const controller = new AbortController();
    // Accesses of one kind in a row count as one.
    const accesses: string[] = [];
    let isArmed = false;
    await using server = startHttpServer();
    await using manager = await opened(
      server.url,
      gated(async (access) => {
        if (!isArmed) return;
        if (access !== accesses.at(-1)) accesses.push(access);
        if (accesses.join() !== ["read", ...freezeAt].join()) return;
        controller.abort("SIGTERM");
        await Promise.withResolvers<never>().promise;
      }),
    );
    isArmed = true;
    const { signal } = controller;
    await rejects(
      manager.handleEvent("a1", EVENT, { change: CHANGE, signal }),
      { code: "INTERRUPTED", message },
    );
  });
}

Deno.test("handleEvent() that is interrupted while it stores waits for the store", async () => {
  const controller = new AbortController();
  await using server = startHttpServer();
  const handlers = { "set-values": { set: [{ from: "1", to: "state.a" }] } };
  let isArmed = false;
  await using manager = await opened(
    server.url,
    gated((access) => {
      if (isArmed && access === "swap") controller.abort("SIGINT");
      return Promise.resolve();
    }),
    handlers,
  );
  isArmed = true;
  const { signal } = controller;
  await rejects(manager.handleEvent("a1", EVENT, { signal }), {
    code: "INTERRUPTED",
    message: "Interrupted by SIGINT: sent nothing; stored state.a",
  });
  const { document } = await manager.read("a1");
  strictEqual((document["state"] as Mapping)["a"], "1");
});
