import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { handleEvent } from "../../src/events/dispatch.ts";
import type { EventServices } from "../../src/events/types.ts";
import { startHttpServer } from "../support/http_server.ts";
import { fireEvent } from "./fire_event.ts";

function set(from: string, to: string) {
  return { set: [{ from, to }] };
}

Deno.test("handleEvent() runs all kinds in file order, each seeing what those before set", async () => {
  await using server = startHttpServer(() =>
    Response.json({ ok: true, ts: "5.5" })
  );
  const { state, log, operations } = await fireEvent({
    url: server.url,
    handlers: {
      "notify": {
        message: "Landed",
        "capture-response-data": [{ from: "{{body.ts}}", to: "state.thread" }],
      },
      "set-values": set("thread-{{state.thread}}", "state.link"),
      "trigger-pipeline": { name: "sail", args: { link: "{{state.link}}" } },
      "respond": { message: "see {{state.link}}", url: `${server.url}/r` },
      "manual-choice": { title: "{{state.link}}?", choices: {} },
    },
  });
  deepStrictEqual(state, { thread: "5.5", link: "thread-5.5" });
  deepStrictEqual(operations, [
    { op: "set", path: ["state", "thread"], value: "5.5" },
    { op: "set", path: ["state", "link"], value: "thread-5.5" },
  ]);
  deepStrictEqual(
    server.requests.map(({ path, body }) => [path, JSON.parse(body)]),
    [
      ["/chat", { text: "Landed" }],
      ["/trigger", { link: "thread-5.5" }],
      ["/r", { message: "see thread-5.5", url: `${server.url}/r` }],
      ["/chat", { title: "thread-5.5?", choices: {} }],
    ],
  );
  deepStrictEqual(log, []);
});

for (
  const [about, handlers] of [
    ["an event without handlers", {}],
    ["a kind without named configs", { notify: {} }],
  ] as const
) {
  Deno.test(`handleEvent() does nothing for ${about}`, async () => {
    const { operations, failure, log } = await fireEvent({ handlers });
    deepStrictEqual([operations, failure, log], [[], undefined, []]);
  });
}

const NO_SERVICES = { log: {} } as EventServices;

for (
  const [about, document] of [
    ["an unknown event", { pipelines: { p: { "event-handlers": { a: {} } } } }],
    ["an empty event", {
      pipelines: { p: { "event-handlers": { go: null } } },
    }],
    ["no event-handlers", { pipelines: { p: {} } }],
    ["an empty pipeline", { pipelines: { p: null } }],
  ] as const
) {
  Deno.test(`handleEvent() does nothing for ${about}`, async () => {
    const outcome = await handleEvent(document, "p", "go", NO_SERVICES);
    strictEqual(outcome.document, document);
    deepStrictEqual(outcome.operations, []);
  });
}

for (const name of ["q", "constructor", "__proto__"]) {
  Deno.test(`handleEvent() names the known pipelines when there is no "${name}"`, async () => {
    await rejects(
      handleEvent({ pipelines: { board: {} } }, name, "go", NO_SERVICES),
      {
        code: "NOT_FOUND",
        message: `No pipeline "${name}" in the document`,
        hint: "Known are board",
      },
    );
  });
}

Deno.test("handleEvent() suggests a pipeline that is spelt alike", async () => {
  await rejects(
    handleEvent({ pipelines: { board: {} } }, "bord", "go", NO_SERVICES),
    {
      hint: 'Did you mean "board"? Known are board',
    },
  );
});

Deno.test("handleEvent() skips a disabled kind and says so", async () => {
  const { state, log } = await fireEvent({
    handlers: {
      "notify": { enabled: false, message: "never" },
      "set-values": { enabled: true, ...set("1", "state.ran") },
      "respond": { enabled: false },
      "unknown-kind": { enabled: false },
    },
  });
  deepStrictEqual(state, { ran: "1" });
  deepStrictEqual(log, [
    "notify enabled:False skipping",
    "respond enabled:False skipping",
    "unknown-kind enabled:False skipping",
  ]);
});

for (const enabled of [true, "false", 0, null]) {
  Deno.test(`handleEvent() runs a kind whose enabled is ${JSON.stringify(enabled)}`, async () => {
    const { state } = await fireEvent({
      handlers: { "set-values": { enabled, one: set("1", "state.ran") } },
    });
    deepStrictEqual(state, { ran: "1" });
  });
}

Deno.test("handleEvent() warns of an enabled that does nothing", async () => {
  const { state, log } = await fireEvent({
    handlers: {
      "set-values": { one: { enabled: false, ...set("1", "state.ran") } },
    },
  });
  deepStrictEqual(state, { ran: "1" });
  deepStrictEqual(log, [
    'warning: "pipelines.p.event-handlers.go.set-values.one.enabled" does ' +
    'nothing: use "if", or disable all of set-values',
  ]);
});

Deno.test("handleEvent() passes over an unknown kind with a warning", async () => {
  const { state, log } = await fireEvent({
    handlers: { "notfy": { message: "x" }, "set-values": set("1", "state.a") },
  });
  deepStrictEqual(state, { a: "1" });
  deepStrictEqual(log, [
    'warning: Passed over "pipelines.p.event-handlers.go.notfy": known ' +
    "handlers are notify, manual-choice, trigger-pipeline, respond, set-values",
  ]);
});

for (
  const [condition, runs] of [
    ["1", true],
    ["{{ state.ship }}", true],
    ["{{ state.ship == 'tarn' }}", true],
    ["  \n", false],
    ["{{ state.nothing }}  ", false],
    ["{{ state.none.such }}", false],
    ["{% broken", false],
    [true, true],
    [1, true],
    [false, false],
    [null, false],
  ] as const
) {
  Deno.test(`handleEvent() ${runs ? "obeys" : "skips by"} if: ${JSON.stringify(condition)}`, async () => {
    const one = { if: condition, ...set("1", "state.ran") };
    const { state } = await fireEvent({
      state: { ship: "runa" },
      handlers: { "set-values": { one } },
    });
    deepStrictEqual(state, { ship: "runa", ...(runs && { ran: "1" }) });
  });
}

for (
  const [wrong, message, hint] of [
    [
      { notify: null },
      'Cannot use "pipelines.p.event-handlers.go.notify": it is null',
      "It must be a mapping",
    ],
    [
      { notify: { one: {} } },
      'Cannot use "pipelines.p.event-handlers.go.notify.one": it has no "message"',
      "Add message: to it",
    ],
    [
      { notify: { if: "1", text: "x" } },
      'Cannot use "pipelines.p.event-handlers.go.notify.if": it is a string',
      'It must be a named notify, or needs "message" beside it',
    ],
    [
      { "set-values": { set: [{ from: "x" }] } },
      'Cannot use "pipelines.p.event-handlers.go.set-values.set[0]": it has from',
      'Write a list of {from: "TEMPLATE", to: "PATH"}',
    ],
    [
      { "set-values": { set: { from: "x", to: "state.x" } } },
      'Cannot use "pipelines.p.event-handlers.go.set-values.set": it has from, to',
      'Write a list of {from: "TEMPLATE", to: "PATH"}',
    ],
    [
      { "trigger-pipeline": { name: "n", args: ["a"] } },
      'Cannot use "pipelines.p.event-handlers.go.trigger-pipeline.args": it is a list',
      "It must be a mapping",
    ],
    [
      { notify: { message: "m", http: { "on-error": "stop" } } },
      'Cannot use "pipelines.p.event-handlers.go.notify.http": "on-error" is "stop"',
      "It must be warn or fail",
    ],
  ] as const
) {
  Deno.test(`handleEvent() refuses ${JSON.stringify(wrong)} before it sends anything`, async () => {
    await using server = startHttpServer();
    const fired = fireEvent({
      url: server.url,
      handlers: {
        "trigger-pipeline": { name: "first" },
        // deno-lint-ignore no-explicit-any -- wrong on purpose
        ...wrong as any,
      },
    });
    await rejects(fired, { code: "CONFIG", message, hint });
    strictEqual(server.requests.length, 0);
  });
}
