import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { startHttpServer } from "../../tests/support/http_server.ts";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { Document } from "../document/change.ts";
import type { Mirror } from "../document/store.ts";
import type { Mapping } from "../values.ts";
import { CicdStateMgr } from "./manager.ts";

async function opened(mirrors: readonly Mirror[] = []) {
  const manager = await CicdStateMgr.open({
    config: {
      cicdstatemgr: { datasources: {}, templates: { respond: "{}" } },
    },
    store: memoryStore(),
    mirrors,
  });
  const appConfig = { "cicd-contexts": { stage: { lane: "north" } } };
  await manager.init("a1", { appConfig });
  return manager;
}

Deno.test("get() with fresh reads the primary, whatever a mirror holds", async () => {
  const stale: Document = { lane: "stale" };
  const mirror: Mirror = {
    name: "stale mirror",
    read: () => Promise.resolve(stale),
    write: () => Promise.resolve(),
  };
  await using manager = await opened([mirror]);
  strictEqual(await manager.get("a1", "lane"), "stale");
  strictEqual(await manager.get("a1", "lane", { fresh: true }), "north");
});

Deno.test("get() with raw returns a string as it is stored", async () => {
  await using manager = await opened();
  await manager.set("a1", { "state.t": "{{ lane }}" });
  strictEqual(await manager.get("a1", "state.t", { raw: true }), "{{ lane }}");
  strictEqual(await manager.get("a1", "state.t"), "north");
});

Deno.test("get() with onTemplateError fail names the path", async () => {
  await using manager = await opened();
  await manager.set("a1", { "state.t": "{{ no.such }}" });
  strictEqual(
    await manager.get("a1", "state.t"),
    "<jinja2 parse error> {{ no.such }}",
  );
  await rejects(manager.get("a1", "state.t", { onTemplateError: "fail" }), {
    code: "TEMPLATE",
    message: /^Cannot render "state\.t": (?!Cannot)/,
  });
});

const onTemplateError = "fail";

Deno.test("generate() with onTemplateError fail names the generator and stores nothing", async () => {
  await using manager = await opened();
  const generators: Mapping = {
    good: { set: [{ key: "state.a", value: "1" }] },
    bad: { set: [{ key: "state.b", value: "{{ no.such }}" }] },
  };
  await manager.set("a1", { generators });
  await rejects(manager.generate("a1", "generators", { onTemplateError }), {
    code: "TEMPLATE",
    message: /^Cannot render "generators\.bad": /,
  });
  strictEqual(await manager.get("a1", "state.a"), undefined);
});

Deno.test("init() with onTemplateError fail names the variable", async () => {
  await using manager = await opened();
  await rejects(
    manager.init("b2", {
      appConfig: {
        "cicd-contexts": { stage: {} },
        "variables": { lane: "{{ no.such }}" },
      },
      onTemplateError,
    }),
    { code: "TEMPLATE", message: /^Cannot render "variables\.lane": / },
  );
});

for (const broken of [{ if: "{{ no.such }}" }, {}]) {
  Deno.test(`handleEvent() with onTemplateError fail names the handler with ${JSON.stringify(broken)}`, async () => {
    await using manager = await opened();
    const handlers = {
      "set-values": {
        one: { set: [{ from: "1", to: "state.a" }] },
        two: { ...broken, set: [{ from: "{{ no.such }}", to: "state.b" }] },
        three: { set: [{ from: "3", to: "state.c" }] },
      },
    };
    await manager.set("a1", {
      pipelines: { p: { "event-handlers": { go: handlers } } },
    });
    const event = { pipeline: "p", event: "go" };
    await rejects(manager.handleEvent("a1", event, { onTemplateError }), {
      code: "TEMPLATE",
      message: /^Cannot run set-values\.two: /,
    });
    // Nothing was sent, so nothing needs to be kept.
    strictEqual(await manager.get("a1", "state.a"), undefined);
    strictEqual(await manager.get("a1", "state.c"), undefined);
  });
}

Deno.test("strictUndefined makes undefined variables errors wherever templates are rendered", async () => {
  await using manager = await opened();
  await manager.set("a1", {
    "state.t": "a{{ lnae }}b{{ x | default('c') }}",
    generators: { g: { set: [{ key: "state.g", value: "{{ lnae }}" }] } },
    pipelines: {
      p: {
        "event-handlers": {
          go: {
            "set-values": { set: [{ from: "{{ lnae }}", to: "state.e" }] },
          },
        },
      },
    },
  });
  const options = { onTemplateError, strictUndefined: true } as const;
  const refused = { code: "TEMPLATE", message: /'lnae' is undefined/ };
  strictEqual(await manager.get("a1", "state.t"), "abc");
  await rejects(manager.get("a1", "state.t", options), refused);
  await rejects(manager.render("a1", "{{ lnae }}", options), refused);
  await rejects(manager.generate("a1", "generators", options), refused);
  const event = { pipeline: "p", event: "go" };
  await rejects(manager.handleEvent("a1", event, options), refused);
  await rejects(
    manager.init("b2", {
      appConfig: {
        "cicd-contexts": { stage: {} },
        "variables": { v: "{{ lnae }}" },
      },
      ...options,
    }),
    refused,
  );
});

Deno.test("handleEvent() with onTemplateError fail keeps what was set before a request was sent", async () => {
  await using server = startHttpServer(() => new Response("", { status: 400 }));
  await using manager = await opened();
  const handlers = {
    "set-values": { set: [{ from: "1", to: "state.a" }] },
    "respond": {
      one: { message: "m", url: server.url },
      two: { message: "{{ no.such }}", url: server.url },
    },
  };
  await manager.set("a1", {
    pipelines: { p: { "event-handlers": { go: handlers } } },
  });
  const event = { pipeline: "p", event: "go" };
  await rejects(manager.handleEvent("a1", event, { onTemplateError }), {
    code: "TEMPLATE",
    message: /^Cannot run respond\.two: /,
  });
  strictEqual(await manager.get("a1", "state.a"), "1");
  strictEqual(server.requests.length, 1);
});

for (const call of ["handleEvent", "previewEvent"] as const) {
  Deno.test(`${call}() with requireEvent refuses an unknown event`, async () => {
    await using manager = await opened();
    await manager.set("a1", {
      pipelines: { p: { "event-handlers": { started: {} } } },
    });
    const event = { pipeline: "p", event: "strated" };
    await manager[call]("a1", event);
    await rejects(manager[call]("a1", event, { requireEvent: true }), {
      code: "NOT_FOUND",
      message: 'Pipeline "p" has no event "strated"',
      hint: 'Did you mean "started"?',
    });
  });
}

Deno.test("get() reads keys joined by dots as JSONPath does", async () => {
  await using manager = await opened();
  await manager.set("a1", {
    "state.list": [{ key: 1 }],
    "state.a-b": { _c: "found" },
    "state.text": "text",
  });
  const pairs = [
    ["state.a-b._c", "$.state['a-b']['_c']"],
    ["state.list.key", "$.state.list.key"],
    ["state.text.length", "$.state.text.length"],
    ["state.constructor", "$.state.constructor"],
    ["state.nothing.at.all", "$.state.nothing.at.all"],
  ] as const;
  for (const [keys, path] of pairs) {
    deepStrictEqual(
      await manager.get("a1", keys),
      await manager.get("a1", path),
      keys,
    );
  }
  strictEqual(await manager.get("a1", "state.a-b._c"), "found");
  await rejects(manager.get("a1", "state.where.text"), { code: "PATH" });
});
