import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { Mapping } from "../values.ts";
import { CicdStateMgr } from "./manager.ts";

const APP: Mapping = {
  "jinja2-macros": {
    image: "{%- macro image(tag) -%}{{ tag }}-img{%- endmacro -%}",
  },
  "cicd-contexts": {
    stage: {
      region: "north",
      generators: {
        image: {
          name: {
            if: "{{ state.tag }}",
            set: [
              { key: "state.image", value: "{{ image(state.tag) }}" },
              { key: "state.seen", value: "<{{ state.image }}>" },
            ],
          },
          after: { set: [{ key: "state.last", value: "{{ state.image }}" }] },
        },
      },
    },
  },
};

async function opened() {
  const manager = await CicdStateMgr.open({
    config: { cicdstatemgr: { datasources: {} } },
    store: memoryStore(),
  });
  await manager.init("a1", { appConfig: APP });
  return manager;
}

Deno.test("generate() runs generators in order, each in one context", async () => {
  await using manager = await opened();
  await manager.set("a1", { "state.tag": "v1" });
  const document = await manager.generate("a1", "generators.image");
  const state = document["state"] as Mapping;
  strictEqual(state["image"], "v1-img");
  strictEqual(state["seen"], "<>");
  strictEqual(state["last"], "v1-img");
});

Deno.test("generate() trims values and takes list marks as --set does", async () => {
  await using manager = await opened();
  const set = [
    { key: " state.name ", value: " {{ region }}\n\n" },
    { key: "state.tags[]", value: "a,{{ region }}" },
    { key: "state.tags{}", value: "a,b" },
    { key: "state.count", value: 5 },
    { key: "state.empty", value: "{{ nothing }}" },
    { key: "state.none", value: "" },
  ];
  await manager.set("a1", { makers: { all: { set } } });
  const document = await manager.generate("a1", "makers");
  const { name, tags, count, empty, none } = document["state"] as Mapping;
  deepStrictEqual(
    { name, tags, count, empty, none },
    {
      name: "north",
      tags: ["a", "north", "b"],
      count: 5,
      empty: "",
      none: undefined,
    },
  );
});

Deno.test("generate() says which key a generator lacks", async () => {
  const generators = [
    [{ if: "x" }, /"makers\.one" has no "set"/],
    [{ set: [{ value: "x" }] }, /"makers\.one\.set\[0\]" has no "key"/],
    [{ set: [{ key: "x" }] }, /"makers\.one\.set\[0\]" has no "value"/],
  ] as const;
  await using manager = await opened();
  for (const [one, message] of generators) {
    await manager.set("a1", { makers: { one } as unknown as Mapping });
    await rejects(manager.generate("a1", "makers"), { code: "PATH", message });
  }
});

Deno.test("generate() keeps a file:// template that fails as its error text", async () => {
  await using manager = await opened();
  await manager.change("a1", [{
    op: "set",
    path: ["made"],
    value: { a: { set: [{ key: "state.f", value: "file://{{ no.such }}" }] } },
  }]);
  const document = await manager.generate("a1", "made");
  strictEqual(
    (document["state"] as Mapping)["f"],
    "<jinja2 parse error> file://{{ no.such }}",
  );
});

Deno.test("generate() wants exactly one mapping", async () => {
  await using manager = await opened();
  await rejects(
    manager.generate("a1", "generators.none"),
    { code: "NOT_FOUND", message: /finds nothing/ },
  );
  await rejects(
    manager.generate("a1", "region"),
    { code: "PATH", message: /"region" is a string/ },
  );
});

for (
  const [generators, message, hint] of [
    [{ one: "x" }, '"makers.one" is a string', "It must be a mapping"],
    [
      { one: { set: {} } },
      '"makers.one.set" is a mapping',
      "It must be a list",
    ],
    [
      { one: { set: ["x"] } },
      '"makers.one.set[0]" is a string',
      "It must be a mapping",
    ],
    [
      { one: { set: [{ key: 1, value: "x" }] } },
      '"makers.one.set[0].key" is an integer',
      "It must be a string",
    ],
  ] as [Mapping, string, string][]
) {
  Deno.test(`generate() refuses ${JSON.stringify(generators)}`, async () => {
    await using manager = await opened();
    await manager.set("a1", { makers: generators });
    await rejects(manager.generate("a1", "makers"), {
      code: "PATH",
      message: `Cannot generate: ${message}`,
      hint,
    });
  });
}

Deno.test("generate() writes nothing if nothing is set", async () => {
  await using manager = await opened();
  const set = [{ key: "{{ nothing }}", value: "x" }];
  await manager.set("a1", { makers: { one: { if: " ", set }, two: { set } } });
  const { revision } = await manager.read("a1");
  await manager.generate("a1", "makers");
  strictEqual((await manager.read("a1")).revision, revision);
});
