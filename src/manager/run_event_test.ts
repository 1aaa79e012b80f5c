import {
  deepStrictEqual,
  match,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { startHttpServer } from "../../tests/support/http_server.ts";
import { memoryStore } from "../datasources/memory/memory.ts";
import { createLogger } from "../util/log.ts";
import type { Mapping } from "../values.ts";
import { CicdStateMgr } from "./manager.ts";

const EVENT = { pipeline: "p", event: "go" };

const APP: Mapping = {
  "jinja2-macros": {
    loud: "{%- macro loud(text) -%}{{ text | upper }}!{%- endmacro -%}",
  },
  "cicd-contexts": {
    stage: {
      pipelines: {
        p: {
          "event-handlers": {
            go: {
              "notify": { message: "{{ loud(state.tag) }} {{ lane }}" },
              "set-values": {
                set: [{ from: "{{ state.tag }}", to: "state.seen" }],
              },
            },
          },
        },
      },
    },
  },
};

async function opened(url: string, lines: string[] = []) {
  const manager = await CicdStateMgr.open({
    config: {
      cicdstatemgr: {
        datasources: {},
        slack: { url },
        templates: { notify: "{{ notify.message | json_dumps }}" },
        http: { retries: 0 },
      },
    },
    secrets: { cicdstatemgr: { slack: { token: "xoxb-tide-4711" } } },
    store: memoryStore(),
    logger: createLogger({
      level: "DEBUG",
      write: (line) => lines.push(line),
      mask: (text) => manager.mask(text),
    }),
  });
  return manager;
}

Deno.test("handleEvent() hands handlers the config, macros, variables and secrets", async () => {
  await using server = startHttpServer();
  const lines: string[] = [];
  await using manager = await opened(server.url, lines);
  const change = [{ op: "set", path: ["state", "tag"], value: "v1" }] as const;
  await manager.init("a1", { appConfig: APP, change });
  const variables = [{ name: "lane", expression: "north" }];
  await manager.handleEvent("a1", EVENT, { variables });
  const [request] = server.requests;
  strictEqual(request!.body, '"V1! north"');
  strictEqual(request!.headers["authorization"], "Bearer xoxb-tide-4711");
  strictEqual(await manager.get("a1", "state.seen"), "v1");
  match(lines.join("\n"), /^debug: notify sends "V1! north"$/m);
  strictEqual(lines.join("\n").includes("tide"), false);
});

Deno.test("previewEvent() shows what a stored or a new document would send", async () => {
  await using server = startHttpServer();
  await using manager = await opened(server.url);
  await manager.init("a1", { appConfig: APP });
  const change = [{ op: "set", path: ["state", "tag"], value: "v2" }] as const;
  const variables = [{ name: "lane", expression: "south" }];
  const stored = await manager.previewEvent("a1", EVENT, { change, variables });
  const created = await manager.previewEvent("b2", EVENT, {
    init: { appConfig: APP, change, variables },
  });
  for (const { requests, operations, failure } of [stored, created]) {
    deepStrictEqual(requests.map(({ body }) => body), ['"V2! south"']);
    deepStrictEqual(operations, [
      ...change,
      { op: "set", path: ["state", "seen"], value: "v2" },
    ]);
    strictEqual(failure, undefined);
  }
  strictEqual(server.requests.length, 0);
  strictEqual(await manager.get("a1", "state.tag"), undefined);
  await rejects(manager.read("b2"), { code: "NOT_FOUND" });
});

Deno.test("mask() hides secrets, and passwords of datasources in the config", async () => {
  const redis = {
    host: "127.0.0.1",
    password: "hunter2hunter2",
    isPrimary: true,
  };
  await using manager = await CicdStateMgr.open({
    config: { cicdstatemgr: { datasources: { redis } } },
    secrets: { cicdstatemgr: { slack: { token: "xoxb-tide-4711" } } },
  });
  strictEqual(
    manager.mask("Bearer xoxb-tide-4711, redis://:hunter2hunter2@cache"),
    "Bearer ***, redis://***@cache",
  );
  strictEqual(manager.mask("hunter2hunter2"), "***");
});
