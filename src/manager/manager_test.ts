import {
  deepStrictEqual,
  match,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { memoryStore } from "../datasources/memory/memory.ts";
import type { Mirror } from "../document/store.ts";
import { CicdStateError } from "../errors.ts";
import type { Document } from "../document/change.ts";
import { Float, type Mapping } from "../values.ts";
import { CicdStateMgr } from "./manager.ts";
import type { OpenOptions } from "./options.ts";

const CONFIG = {
  cicdstatemgr: { datasources: {}, registry: "registry.local" },
};

const APP: Mapping = {
  "jinja2-macros": {
    image: "{%- macro image(tag) -%}{{ tag }}-img{%- endmacro -%}",
  },
  "variables": { app: "shop", port: 8080, where: "{{ configData.registry }}" },
  "cicd-contexts": {
    stage: {
      region: "north",
      version: new Float(1),
    },
    prod: { region: "south" },
  },
};

/** A mirror in memory that a test can look into, or make fail. */
class TestMirror implements Mirror {
  readonly name = "test mirror";
  readonly written: [string, Document][] = [];
  failing: "check" | "write" | undefined;

  check(): Promise<void> {
    return this.#unless("check");
  }

  beforeWrite: (() => Promise<void>) | undefined;

  async write(id: string, document: Document): Promise<void> {
    await this.beforeWrite?.();
    await this.#unless("write");
    this.written.push([id, document]);
  }

  async #unless(step: "check" | "write"): Promise<void> {
    await Promise.resolve();
    if (this.failing === step) {
      throw new CicdStateError("STORE", "Cannot write test mirror", {
        hint: "Fix it",
      });
    }
  }
}

class ReadableMirror extends TestMirror {
  document: Document | undefined;

  override async write(id: string, document: Document): Promise<void> {
    await super.write(id, document);
    this.document = document;
  }

  read(): Promise<Document | undefined> {
    return Promise.resolve(this.document);
  }
}

async function open(options: Partial<OpenOptions> = {}): Promise<CicdStateMgr> {
  const store = memoryStore();
  return await CicdStateMgr.open({ config: CONFIG, store, ...options });
}

async function opened(options: Partial<OpenOptions> = {}) {
  const manager = await open(options);
  await manager.init("a1", { appConfig: APP });
  return manager;
}

function failure(code: string, message: RegExp) {
  return (error: unknown) => {
    strictEqual((error as CicdStateError).code, code);
    match(
      `${(error as Error).message} ${(error as CicdStateError).hint}`,
      message,
    );
    return true;
  };
}

Deno.test("init() makes a document of the context, its macros, state and variables", async () => {
  await using manager = await open();
  const document = await manager.init("a1", {
    appConfig: APP,
    contextName: "prod",
    change: [{ op: "set", path: ["state", "tag"], value: "v1" }],
  });
  deepStrictEqual(Object.keys(document), [
    "region",
    "appPipelinesConfig",
    "jinja2Macros",
    "state",
    "variables",
  ]);
  deepStrictEqual(document["state"], {
    cicdContextDataId: "a1",
    cicdContextName: "prod",
    tag: "v1",
  });
  deepStrictEqual(document["variables"], {
    app: "shop",
    port: 8080,
    where: "registry.local",
  });
});

Deno.test("init() lists the known contexts", async () => {
  await using manager = await open();
  await rejects(
    manager.init("a1", {
      appConfig: APP,
      contextName: "stag",
    }),
    failure(
      "NOT_FOUND",
      /"stag".*Did you mean "stage"\? Known contexts: stage, prod/,
    ),
  );
});

Deno.test("get() renders strings, and returns other values as they are", async () => {
  await using manager = await opened();
  await manager.set("a1", { "state.tag": "v1", "state.t": "{{ image('x') }}" });
  strictEqual(await manager.get("a1", "state.t"), "x-img");
  strictEqual(String(await manager.get("a1", "version")), "1.0");
  strictEqual(await manager.get("a1", "state.none"), undefined);
  deepStrictEqual(await manager.get("a1", "variables.*"), [
    "shop",
    8080,
    "registry.local",
  ]);
});

Deno.test("get() reads the first mirror that can be read, and no other", async () => {
  const [first, second] = [new ReadableMirror(), new ReadableMirror()];
  await using manager = await opened({
    mirrors: [new TestMirror(), first, second],
  });
  const stale = { region: "stale" };
  second.document = stale;
  strictEqual(await manager.get("a1", "region"), "north");
  first.document = undefined;
  second.document = stale;
  strictEqual(await manager.get("a1", "region"), "north");
  strictEqual(first.document?.["region"], "north");
  first.document = stale;
  strictEqual(await manager.get("a1", "region"), "stale");
});

Deno.test("get() lets templates see variables", async () => {
  await using manager = await opened();
  await manager.set("a1", { "state.t": "{{ a.b }} {{ c }} {{ d }}" });
  const variables = [
    { name: "a.b", expression: "variables.app" },
    { name: "c", expression: "no such path" },
    { name: "d", expression: "state.missing" },
  ];
  strictEqual(
    await manager.get("a1", "state.t", { variables }),
    "shop no such path state.missing",
  );
});

Deno.test("get() prints no macros in place of an empty string", async () => {
  await using manager = await open();
  await manager.init("a1", {
    appConfig: {
      "jinja2-macros": { loud: "not a macro" },
      "cicd-contexts": { stage: { empty: "", word: "w" } },
    },
  });
  strictEqual(await manager.get("a1", "empty"), "");
  strictEqual(await manager.get("a1", "word"), "not a macrow");
});

Deno.test("load() stores nothing if the event cannot run, and handleEvent() its change", async () => {
  await using manager = await opened();
  const change = [{ op: "set", path: ["state", "x"], value: 1 }] as const;
  const event = { pipeline: "none", event: "e" };
  const notFound = failure("NOT_FOUND", /no pipeline "none"/);
  await rejects(
    manager.load("a1", { change, handleEvent: event }),
    notFound,
  );
  strictEqual(await manager.get("a1", "state.x"), undefined);
  await rejects(manager.handleEvent("a1", event, { change }), notFound);
  strictEqual(await manager.get("a1", "state.x"), 1);
});

Deno.test("load() stores its change and what the event sets as one change", async () => {
  const set = [{ from: "{{ state.tags[0] }}!", to: "state.seen" }];
  const handlers = { go: { "set-values": { set } } };
  await using manager = await opened();
  await manager.set("a1", { pipelines: { p: { "event-handlers": handlers } } });
  const { state } = await manager.load("a1", {
    change: [{ op: "append", path: ["state", "tags"], items: ["v1"] }],
    handleEvent: { pipeline: "p", event: "go" },
  });
  const { tags, seen } = state as Mapping;
  deepStrictEqual({ tags, seen }, { tags: ["v1"], seen: "v1!" });
});

Deno.test("change() keeps what others change at the same moment", async () => {
  await using manager = await opened();
  await Promise.all(
    Array.from(
      { length: 50 },
      (_, index) => manager.set("a1", { [`state.k${index}`]: index }),
    ),
  );
  const state = await manager.get("a1", "state") as Mapping;
  strictEqual(Object.keys(state).length, 52);
});

Deno.test("change() writes nothing if its condition does not hold", async () => {
  await using manager = await opened();
  await manager.set("a1", { "state.tag": "v1" });
  await rejects(
    manager.change("a1", [
      { op: "set", path: ["state", "new"], value: 1 },
      { op: "set", path: ["state", "tag"], value: "v2" },
    ], { ifAbsent: true }),
    failure("CONFLICT", /"state\.tag": it already has a value/),
  );
  strictEqual(await manager.get("a1", "state.new"), undefined);
  await rejects(
    manager.change("a1", [], { ifRevision: "99" }),
    failure("CONFLICT", /not 99/),
  );
});

Deno.test("change() stores nothing if a mirror could not be written", async () => {
  const mirror = new TestMirror();
  await using manager = await opened({ mirrors: [mirror] });
  mirror.failing = "check";
  await rejects(
    manager.set("a1", { "state.tag": "v1" }),
    failure("STORE", /Fix/),
  );
  strictEqual(await manager.get("a1", "state.tag"), undefined);
});

Deno.test("change() reports a mirror that failed after the store accepted", async () => {
  const failing = new TestMirror();
  const other = new TestMirror();
  await using manager = await opened({ mirrors: [failing, other] });
  failing.failing = "write";
  await rejects(
    manager.set("a1", { "state.tag": "v1" }),
    failure(
      "STORE",
      /"a1" is in the store, but not in every mirror: Cannot write test mirror Fix it$/,
    ),
  );
  strictEqual(await manager.get("a1", "state.tag"), "v1");
  strictEqual(other.written.length, 2);
});

Deno.test("change() leaves in a mirror what was stored last, not what was written last", async () => {
  const store = memoryStore();
  const mirror = new TestMirror();
  await using first = await opened({ store, mirrors: [mirror] });
  await using second = await open({ store });
  // Another task is faster, between the store's answer and the mirror.
  mirror.beforeWrite = async () => {
    mirror.beforeWrite = undefined;
    await second.set("a1", { "state.tag": "v2" });
  };
  await first.set("a1", { "state.tag": "v1" });
  const [, document] = mirror.written.at(-1)!;
  strictEqual((document["state"] as Mapping)["tag"], "v2");
});

Deno.test("remove() and list() know the documents of the store", async () => {
  await using manager = await opened();
  await manager.init("b2", { appConfig: { "cicd-contexts": { stage: {} } } });
  const ids = await Array.fromAsync(manager.list(), ({ id }) => id);
  deepStrictEqual(ids.toSorted(), ["a1", "b2"]);
  await manager.remove("a1");
  await rejects(manager.get("a1", "state"), failure("NOT_FOUND", /"a1"/));
  await rejects(
    manager.remove("a1"),
    failure("NOT_FOUND", /cicdstatemgr init a1/),
  );
});

Deno.test("remove() removes what only a mirror still holds", async () => {
  const removed: string[] = [];
  await using manager = await opened({
    mirrors: [{
      name: "last",
      write: () => Promise.resolve(),
      remove: (id) => Promise.resolve(void removed.push(id)),
    }],
  });
  await rejects(manager.remove("gone"), failure("NOT_FOUND", /"gone"/));
  deepStrictEqual(removed, ["gone"]);
});

Deno.test("every method refuses an id with a control character", async () => {
  await using manager = await opened();
  const id = "a\n\x1b[31mb";
  const appConfig = { "cicd-contexts": { stage: {} } };
  for (
    const use of [
      () => manager.init(id, { appConfig }),
      () => manager.read(id),
      () => manager.get(id, "state"),
      () => manager.set(id, { "state.a": 1 }),
      () => manager.load(id),
      () => manager.history(id),
    ]
  ) {
    await rejects(
      use(),
      failure("USAGE", /^Cannot use the id "a\\n\\u001b\[31mb": it has a /),
    );
  }
});

Deno.test("history() says that a store keeps no history", async () => {
  await using manager = await opened();
  await rejects(
    manager.history("a1"),
    failure("CONFIG", /memory keeps no history/),
  );
});
