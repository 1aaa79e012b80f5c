import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { formatDryRun } from "./dry_run.ts";
import type { EventOutcome } from "./types.ts";
import { createMask } from "../util/mask/mask.ts";
import { collectSecrets } from "../util/mask/credentials.ts";
import { startHttpServer } from "../../tests/support/http_server.ts";
import { fireEvent, SECRETS } from "../../tests/support/fire_event.ts";

const MASK = createMask(collectSecrets(SECRETS));

Deno.test("formatDryRun() prints what would be sent and set, without secrets", async () => {
  await using server = startHttpServer();
  const outcome = await fireEvent({
    url: server.url,
    dryRun: true,
    config: {
      trigger: {
        url: `${server.url}/t/{{x}}?key=gull/wing=88`.replace("//", "//me:pw@"),
        headers: [{ name: "X-Lane", value: "b{{ secretData.trigger.token }}" }],
      },
    },
    handlers: {
      "notify": {
        message: "line 1\nxoxb-tide-4711\u001b[2J",
        "capture-response-data": [{ from: "{{body.ts}}", to: "state.ts" }],
      },
      "set-values": {
        set: [
          { from: "{{ state.ts }}-", to: "state.link" },
          { from: "a,b", to: "state.list[]" },
          { from: "[]", to: "state.none[]" },
          { from: "gull/wing=88", to: "state.seen" },
        ],
      },
      "trigger-pipeline": { name: "n", args: { a: "1" } },
    },
  });
  strictEqual(server.requests.length, 0);
  strictEqual(
    formatDryRun(outcome, MASK).replaceAll(server.url.slice(7), "HOST"),
    `notify would send POST http://HOST/***
  Content-Type: application/json; charset=UTF-8
  Accept: */*
  Cache-Control: no-cache
  Authorization: ***
  Idempotency-Key: ***

  {"text": "line 1\\n***\\u001b[2J"}

notify would set from the response, which is not known:
  state.ts

trigger-pipeline would send POST http://HOST/***
  Content-Type: application/json
  Accept: */*
  Cache-Control: no-cache
  X-Lane: b***
  Idempotency-Key: ***

  {"a":"1"}

Would set state.link to "-"

Would add ["a","b"] to state.list

Would empty state.none

Would set state.seen to "***"
`,
  );
});

Deno.test("formatDryRun() prints no character that steers a terminal", async () => {
  const evil = "a\u001b[2J\u0085\u007f\u202eb\u2066c\u200fd";
  const outcome = await fireEvent({
    dryRun: true,
    state: { evil },
    config: { templates: { notify: "{{ notify.message }}" } },
    handlers: {
      "notify": { message: "{{ state.evil }}" },
      "set-values": { set: [{ from: "{{ state.evil }}", to: "state.x" }] },
    },
  });
  const text = formatDryRun(outcome, MASK);
  strictEqual(
    /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069\u200f]/u.test(text),
    false,
  );
  match(text, /^ {2}a\\x1b\[2J/m);
});

Deno.test("formatDryRun() prints every kind of operation", () => {
  const path = ["state", "x"];
  const outcome: EventOutcome = {
    document: {},
    failure: undefined,
    sent: [],
    requests: [],
    operations: [
      { op: "addUnique", path, items: ["a"] },
      { op: "delete", path },
      { op: "increment", path, by: 2 },
    ],
  };
  strictEqual(
    formatDryRun(outcome, MASK),
    'Would add ["a"] to state.x\n\nWould delete state.x\n\n' +
      "Would add 2 to state.x\n",
  );
});

Deno.test("formatDryRun() says when nothing would happen", async () => {
  const outcome = await fireEvent({ dryRun: true, handlers: {} });
  strictEqual(formatDryRun(outcome, MASK), "Nothing would be sent or set.\n");
});

Deno.test("handleEvent() of a dry run records nothing and warns of bodies that are not JSON", async () => {
  const { state, log, requests } = await fireEvent({
    dryRun: true,
    config: {
      http: { record: "state.deliveries" },
      templates: { notify: '{"a":\u0007' },
    },
    handlers: { notify: { message: "m" } },
  });
  deepStrictEqual(state, {});
  strictEqual(requests.length, 1);
  strictEqual(log.length, 1);
  match(
    log[0]!,
    /^warning: The body of notify is not JSON: .*line 1, column 6/,
  );
});

const HOOK = "https://ntfy.example/harbour-topic-one";
const TO_HOOK = {
  dryRun: true,
  config: { templates: { respond: "{{ respond | json_dumps }}" } },
  handlers: { respond: { message: "m", url: HOOK } },
} as const;

Deno.test("formatDryRun() shows the address of a webhook only if asked to", async () => {
  const hidden = await fireEvent(TO_HOOK);
  const text = formatDryRun(hidden, MASK);
  match(text, /^respond would send POST https:\/\/ntfy\.example\/\*\*\*$/m);
  strictEqual(text.includes("harbour"), false);
  const shown = await fireEvent({ ...TO_HOOK, showUrls: true });
  const whole = formatDryRun(shown, MASK);
  strictEqual(whole.split(HOOK).length, 3, whole);
});

for (
  const [about, handler, url, problem] of [
    ["an address that is not http", "respond", "file:///etc/passwd", "URL"],
    ["an empty scheme", "respond", "//host/x", "URL"],
    ["a line break in a header", "trigger-pipeline", "http://h", "line break"],
  ] as const
) {
  Deno.test(`handleEvent() of a dry run refuses ${about} as the event does`, async () => {
    const fired = {
      url: "http://127.0.0.1:2",
      config: {
        trigger: {
          url: "http://127.0.0.1:2",
          headers: [{ name: "X-A", value: "a\r\nX-B: {{ 1 }}" }],
        },
        templates: { respond: "{}" },
      },
      handlers: { [handler]: { name: "n", message: "m", url } },
    };
    const [real, dry] = [
      await fireEvent(fired),
      await fireEvent({ ...fired, dryRun: true }),
    ];
    strictEqual(real.failure?.code, "DELIVERY");
    match(real.failure.message, new RegExp(problem));
    strictEqual(dry.failure?.message, real.failure.message);
    deepStrictEqual(dry.requests, []);
  });
}
