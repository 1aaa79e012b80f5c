import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { Mapping } from "../values.ts";
import {
  type Answerer,
  hang,
  startHttpServer,
  type TestServer,
} from "../../tests/support/http_server.ts";
import {
  type FiredOutcome,
  fireEvent,
} from "../../tests/support/fire_event.ts";

interface Failing extends FiredOutcome {
  readonly server: TestServer;
}

/** Notifies, captures, and sets a value afterwards. */
async function notifyThenSet(
  answer: Answerer,
  http: Mapping = {},
  notify: Mapping = {},
): Promise<Failing> {
  await using server = startHttpServer(answer);
  const outcome = await fireEvent({
    url: server.url,
    config: { http },
    handlers: {
      "set-values": { set: [{ from: "1", to: "state.before" }] },
      "notify": {
        one: {
          message: "m",
          "capture-response-data": [{ from: "{{body.ok}}", to: "state.ok" }],
          ...notify,
        },
      },
      "trigger-pipeline": { name: "after" },
    },
  });
  return { ...outcome, server };
}

const REFUSE: Answerer = ({ path }) =>
  new Response("no", { status: path === "/chat" ? 403 : 200 });

Deno.test("post() warns of a failed delivery in one line, and the event goes on", async () => {
  const { failure, log, state, server } = await notifyThenSet(REFUSE);
  strictEqual(failure, undefined);
  deepStrictEqual(log, [
    `warning: Cannot deliver notify.one to ${server.url}/***: ` +
    "HTTP status 403 Forbidden",
  ]);
  deepStrictEqual(state, { before: "1" });
  deepStrictEqual(server.requests.map(({ path }) => path), [
    "/chat",
    "/trigger",
  ]);
});

Deno.test("post() ends the event by on-error: fail, and keeps what was set before", async () => {
  const http = { "on-error": "fail" };
  const { failure, log, state, operations, server } = await notifyThenSet(
    REFUSE,
    http,
  );
  strictEqual(failure?.code, "DELIVERY");
  strictEqual(
    failure?.message,
    `Cannot deliver notify.one to ${server.url}/***: HTTP status 403 Forbidden`,
  );
  deepStrictEqual(log, []);
  deepStrictEqual(state, { before: "1" });
  strictEqual(operations.length, 1);
  deepStrictEqual(server.requests.map(({ path }) => path), ["/chat"]);
});

Deno.test("post() lets a handler's own http override the config's", async () => {
  const { failure, log, server } = await notifyThenSet(
    () => new Response("", { status: 503 }),
    { "on-error": "fail", "retries": 0 },
    { http: { "on-error": "warn", "retries": 1 } },
  );
  strictEqual(log.length, 1);
  match(log[0]!, /in 2 attempts: HTTP status 503 Service Unavailable$/);
  // The trigger has no override.
  match(failure!.message, /^Cannot deliver trigger-pipeline .*: HTTP/);
  strictEqual(server.requests.length, 3);
});

Deno.test("post() lets named handlers share an http beside them", async () => {
  await using server = startHttpServer(() => new Response("", { status: 400 }));
  const { failure } = await fireEvent({
    url: server.url,
    handlers: {
      notify: { http: { "on-error": "fail" }, one: { message: "m" } },
    },
  });
  strictEqual(failure?.code, "DELIVERY");
});

Deno.test("post() takes Slack's ok: false for a failure and names its error", async () => {
  const { log, state, server } = await notifyThenSet(() =>
    Response.json({ ok: false, error: "channel_not_found" })
  );
  deepStrictEqual(log, [
    `warning: Cannot deliver notify.one to ${server.url}/***: ` +
    "the server refused it: channel_not_found",
  ]);
  deepStrictEqual(state, { before: "1" });
  // A CI engine's answer is its own: the trigger counts as delivered.
  strictEqual(server.requests.length, 2);
});

Deno.test("post() lets no hanging server hold up the event", async () => {
  const { failure, log } = await notifyThenSet(hang, {
    "timeout-ms": 60,
    "on-error": "warn",
  });
  strictEqual(failure, undefined);
  strictEqual(log.length, 2);
  match(log[0]!, /notify\.one .*: no complete response within 60 ms$/);
  match(log[1]!, /trigger-pipeline .*: no complete response within 60 ms$/);
});

Deno.test("post() ends the event when a server does not answer", async () => {
  const { failure, log, state, server } = await notifyThenSet(hang, {
    "timeout-ms": 60,
  });
  strictEqual(failure?.code, "DELIVERY");
  match(failure.message, /notify\.one .*: no complete response within 60 ms$/);
  match(failure.hint!, /on-error: warn/);
  deepStrictEqual(log, []);
  deepStrictEqual(state, { before: "1" });
  deepStrictEqual(server.requests.map(({ path }) => path), ["/chat"]);
});

Deno.test("post() only warns of an answer that breaks off", async () => {
  const { failure, log } = await notifyThenSet(() =>
    new Response(
      new ReadableStream({
        pull(controller) {
          controller.enqueue(new Uint8Array(8));
          controller.error(new Error("cut"));
        },
      }),
    )
  );
  strictEqual(failure, undefined);
  strictEqual(log.length, 2);
});

Deno.test("post() warns of a response beyond the limit, which is still a success", async () => {
  const { failure, log } = await notifyThenSet(
    () => new Response("x".repeat(100)),
    { "max-response-bytes": 99 },
  );
  strictEqual(failure, undefined);
  deepStrictEqual(log, [
    "warning: Ignored the response to notify.one: it exceeds 99 bytes",
    "warning: Captured nothing from the response to notify.one: it is not JSON",
    "warning: Ignored the response to trigger-pipeline: it exceeds 99 bytes",
  ]);
});

Deno.test("post() records deliveries and failures where the config says", async () => {
  await using server = startHttpServer((_, count) =>
    new Response("{}", { status: [200, 500, 200, 400][count - 1]! })
  );
  const { state, failure } = await fireEvent({
    url: server.url.replace("//", "//user:pass@"),
    config: {
      http: { record: "state.ci.deliveries", retries: 1, "on-error": "fail" },
    },
    handlers: {
      "trigger-pipeline": { one: { name: "a" }, two: { name: "b" } },
      "respond": {
        message: "m",
        url: `${server.url}/x/xoxb-tide-4711?token=abc`,
      },
    },
  });
  strictEqual(failure?.code, "DELIVERY");
  // deno-lint-ignore no-explicit-any -- any JSON
  const records = (state as any).ci.deliveries;
  for (const record of records) {
    match(record.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    strictEqual(Number.isSafeInteger(record.durationMs), true);
    delete record.at;
    delete record.durationMs;
  }
  const url = `${server.url}/***`;
  deepStrictEqual(records, [
    {
      handler: "trigger-pipeline.one",
      url,
      delivered: true,
      status: 200,
      attempts: 1,
    },
    {
      handler: "trigger-pipeline.two",
      url,
      delivered: true,
      status: 200,
      attempts: 2,
    },
    {
      handler: "respond",
      url,
      delivered: false,
      status: 400,
      attempts: 1,
      problem: "HTTP status 400 Bad Request",
    },
  ]);
});

for (
  const [policy, sent, logged, code] of [
    ["warn", 1, 1, undefined],
    ["send", 1, 0, undefined],
    ["fail", 0, 0, "DELIVERY"],
  ] as const
) {
  Deno.test(`post() obeys invalid-json: ${policy}`, async () => {
    await using server = startHttpServer();
    const { failure, log } = await fireEvent({
      url: server.url,
      config: {
        http: { "invalid-json": policy },
        templates: { notify: '{\n  "text": "{{notify.message}}"\n}' },
      },
      handlers: { notify: { message: 'Fix "quotes" xoxb-tide-4711' } },
    });
    strictEqual(server.requests.length, sent);
    strictEqual(log.length, logged);
    strictEqual(failure?.code, code);
    const said = failure?.message ?? log[0];
    if (policy === "send") return;
    match(
      said!,
      /The body of notify is not JSON: Cannot parse JSON at line 2, column 17: expected "," or "}"/,
    );
  });
}
