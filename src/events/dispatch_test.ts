import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { handleEvent } from "./dispatch.ts";
import type { EventServices } from "./types.ts";
import { createLogger } from "../util/log.ts";
import type { Mapping } from "../values.ts";
import { startHttpServer } from "../../tests/support/http_server.ts";
import { fireEvent } from "../../tests/support/fire_event.ts";

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
  const [about, pipeline, hint] of [
    ["an empty event", { "event-handlers": { go: null } }, undefined],
    [
      "an unknown event",
      { "event-handlers": { started: {}, done: {} } },
      "Known events: started, done",
    ],
    [
      "a misspelt event",
      { "event-handlers": { started: {}, gon: {} } },
      'Did you mean "gon"?',
    ],
    ["no event-handlers", {}, "It has no event-handlers"],
    ["an empty pipeline", null, "It has no event-handlers"],
  ] as const
) {
  Deno.test(`handleEvent() does nothing for ${about}`, async () => {
    const lines: string[] = [];
    const log = createLogger({
      level: "INFO",
      write: (line) => lines.push(line),
      mask: (text) => text,
    });
    const document = { pipelines: { p: pipeline } };
    const outcome = await handleEvent(document, "p", "go", {
      ...NO_SERVICES,
      log,
    });
    strictEqual(outcome.document, document);
    deepStrictEqual(outcome.operations, []);
    const line = `Pipeline "p" has no event "go", so no handler ran. ${
      hint?.replace(/[^?]$/, "$&.")
    }`;
    deepStrictEqual(lines, hint === undefined ? [] : [line]);
  });
}

for (const name of ["q", "constructor", "__proto__"]) {
  Deno.test(`handleEvent() names the known pipelines when there is no "${name}"`, async () => {
    await rejects(
      handleEvent({ pipelines: { board: {} } }, name, "go", NO_SERVICES),
      {
        code: "NOT_FOUND",
        message: `The document has no pipeline "${name}"`,
        hint: "Known pipelines: board",
      },
    );
  });
}

Deno.test("handleEvent() says that a document has no pipelines", async () => {
  await rejects(handleEvent({}, "p", "go", NO_SERVICES), {
    code: "NOT_FOUND",
    hint: "It has no pipelines",
  });
});

for (
  const [document, path, problem] of [
    [{ pipelines: [] }, "pipelines", "is a list"],
    [{ pipelines: { p: "x" } }, "pipelines.p", 'is "x"'],
    [
      { pipelines: { p: { "event-handlers": 5 } } },
      "pipelines.p.event-handlers",
      "is 5",
    ],
    [
      { pipelines: { p: { "event-handlers": { go: true } } } },
      "pipelines.p.event-handlers.go",
      "is true",
    ],
  ] as [Mapping, string, string][]
) {
  Deno.test(`handleEvent() refuses ${path} that ${problem}`, async () => {
    await rejects(handleEvent(document, "p", "go", NO_SERVICES), {
      code: "CONFIG",
      message: `Cannot use the document: "${path}" ${problem}`,
      hint: "It must be a mapping",
    });
  });
}

Deno.test("handleEvent() suggests a pipeline that is spelt alike", async () => {
  await rejects(
    handleEvent({ pipelines: { board: {} } }, "bord", "go", NO_SERVICES),
    {
      hint: 'Did you mean "board"? Known pipelines: board',
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
    'warning: "pipelines.p.event-handlers.go.set-values.one.enabled" has ' +
    'no effect: use "if", or disable all of set-values',
  ]);
});

Deno.test("handleEvent() skips an unknown kind with a warning", async () => {
  const { state, log } = await fireEvent({
    handlers: {
      "notfy": { message: "x" },
      "dance": null,
      "set-values": set("1", "state.a"),
    },
  });
  deepStrictEqual(state, { a: "1" });
  deepStrictEqual(log, [
    'warning: Skipped "pipelines.p.event-handlers.go.notfy": did you mean "notify"?',
    'warning: Skipped "pipelines.p.event-handlers.go.dance": known handlers: ' +
    "notify, manual-choice, trigger-pipeline, respond, set-values",
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
  const [wrong, at, problem, hint] of [
    [{ notify: null }, ".notify", "is null", "It must be a mapping"],
    [
      { notify: { one: {} } },
      ".notify.one.message",
      "is missing",
      "Write message: here",
    ],
    [
      { notify: { if: "1", text: "x" } },
      ".notify",
      'has no "message"',
      'Add message:, or make "if" a mapping: a named notify',
    ],
    [
      { notify: { mesage: "x" } },
      ".notify.mesage",
      "is not a known key",
      'Did you mean "message"?',
    ],
    [
      { notify: { message: "m", "capture-response": [] } },
      ".notify.capture-response",
      "is not a known key",
      'Did you mean "capture-response-data"? A key of your own needs another name',
    ],
    [
      { notify: { message: "m", "capture-response-data": [{ form: "x" }] } },
      ".notify.capture-response-data[0].form",
      "is not a known key (and 1 more problem)",
      'Did you mean "from"? A key of your own needs another name',
    ],
    [
      { "set-values": { set: [{ from: "x" }] } },
      ".set-values.set[0].to",
      "is missing",
      "Write to: here",
    ],
    [
      { "set-values": { set: { from: "x", to: "state.x" } } },
      ".set-values.set",
      "is a mapping",
      "It must be a list",
    ],
    [
      { "set-values": { set: [5] } },
      ".set-values.set[0]",
      "is 5",
      "It must be a mapping",
    ],
    [
      { "trigger-pipeline": { name: "n", args: ["a"] } },
      ".trigger-pipeline.args",
      "is a list",
      "It must be a mapping",
    ],
    [
      { notify: { message: "m", http: { "on-error": "stop" } } },
      ".notify.http.on-error",
      'is "stop"',
      "It must be warn or fail",
    ],
    [
      { notify: { http: { retries: 99 }, one: { message: "m" } } },
      ".notify.http.retries",
      "is 99",
      "It must be an integer from 0 to 10",
    ],
  ] as [Mapping, string, string, string][]
) {
  Deno.test(`handleEvent() refuses ${JSON.stringify(wrong)} before it sends anything`, async () => {
    await using server = startHttpServer();
    const fired = fireEvent({
      url: server.url,
      handlers: { "trigger-pipeline": { name: "first" }, ...wrong },
    });
    const path = `pipelines.p.event-handlers.go${at}`;
    await rejects(fired, {
      code: "CONFIG",
      message: `Cannot use the document: "${path}" ${problem}`,
      hint,
    });
    strictEqual(server.requests.length, 0);
  });
}
