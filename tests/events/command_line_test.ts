import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { createEventWorkspace } from "../support/event_workspace.ts";
import { type Answerer, startHttpServer } from "../support/http_server.ts";
import { killEvents } from "../support/killed_events.ts";
import type { Workspace } from "../support/workspace.ts";

const PRIMARIES = {
  sqlite: { path: "state.db", isPrimary: true },
  jsonfile: { path: "primary.json", isPrimary: true },
};

/** Prepares a document whose event `board=go` runs the handlers. */
async function prepare(
  url: string,
  handlers: Record<string, unknown>,
  { primary = "sqlite" as keyof typeof PRIMARIES, http = {} } = {},
): Promise<Workspace> {
  return await createEventWorkspace(handlers, {
    datasources: {
      [primary]: PRIMARIES[primary],
      yamlfile: { path: "mirror.yaml" },
    },
    slack: { url: `${url}/chat` },
    trigger: { url: `${url}/trigger` },
    templates: { notify: '{"text": {{notify.message | json_dumps}}}' },
    http: { retries: 0, ...http },
  });
}

const NOTIFY = {
  message: "hello",
  "capture-response-data": [{ from: "{{body.ts}}", to: "state.ts" }],
};

const ANSWER: Answerer = () => Response.json({ ok: true, ts: "7.7" });

for (const primary of ["sqlite", "jsonfile"] as const) {
  Deno.test(`--handle-event on ${primary} keeps what others write meanwhile, and sends once`, async () => {
    let meanwhile: () => Promise<void> = () => Promise.resolve();
    await using server = startHttpServer(async () => {
      await meanwhile();
      return Response.json({ ok: true, ts: "7.7" });
    });
    await using workspace = await prepare(server.url, { notify: NOTIFY }, {
      primary,
    });
    meanwhile = async () => {
      const set = await workspace.run("--set", "state.other=kept");
      deepStrictEqual(set, { code: 0, stdout: "", stderr: "" });
    };
    const fired = await workspace.run("--handle-event", "board=go");
    deepStrictEqual(fired, { code: 0, stdout: "", stderr: "" });
    strictEqual(server.requests.length, 1);
    const got = await workspace.run("--load", "--get", "state");
    strictEqual(got.code, 0);
    const state = await workspace.run("--get", "state.ts,other");
    strictEqual(state.stdout, '["7.7", "kept"]\n');
  });
}

Deno.test("--handle-event exits 6 when a delivery must not fail, and keeps what was set before", async () => {
  await using server = startHttpServer(() => new Response("", { status: 404 }));
  await using workspace = await prepare(server.url, {
    "set-values": { set: [{ from: "1", to: "state.before" }] },
    "notify": NOTIFY,
    "trigger-pipeline": { name: "never" },
  }, { http: { "on-error": "fail" } });
  const { code, stdout, stderr } = await workspace.run(
    "--handle-event",
    "board=go",
  );
  strictEqual(code, 6);
  strictEqual(stdout, "");
  match(
    stderr,
    /Cannot deliver notify to .*\/\*\*\*: HTTP status 404 Not Found\.\n/,
  );
  strictEqual(server.requests.length, 1);
  strictEqual((await workspace.run("--get", "state.before")).stdout, "1\n");
});

Deno.test("--handle-event exits 0 with one line on stderr when a delivery fails", async () => {
  await using server = startHttpServer(() => new Response("", { status: 404 }));
  await using workspace = await prepare(server.url, { notify: NOTIFY });
  const { code, stdout, stderr } = await workspace.run(
    "--handle-event",
    "board=go",
  );
  deepStrictEqual([code, stdout], [0, ""]);
  strictEqual(stderr.trim().split("\n").length, 1);
  match(stderr, /warning: Cannot deliver notify to .*: HTTP status 404/);
});

/** Where nobody listens, and where no name leads: it has an empty label. */
const CLOSED_PORT = "http://127.0.0.1:2";
const UNKNOWN_HOST = "http://no..such";

for (
  const [about, url, problem] of [
    ["a closed port", CLOSED_PORT, /refused/],
    ["an unknown host", UNKNOWN_HOST, /invalid host|not known/],
  ] as const
) {
  Deno.test(`--handle-event exits 6 at ${about}, and keeps what was set before`, async () => {
    await using workspace = await prepare(url, {
      "set-values": { set: [{ from: "1", to: "state.before" }] },
      "notify": NOTIFY,
      "trigger-pipeline": { name: "never" },
    });
    const fired = await workspace.run("--handle-event", "board=go");
    deepStrictEqual([fired.code, fired.stdout], [6, ""]);
    match(fired.stderr, /^cicdstatemgr: Cannot deliver notify to [^\n]*\n$/);
    match(fired.stderr, problem);
    strictEqual((await workspace.run("--get", "state.before")).stdout, "1\n");
  });
}

Deno.test("--handle-event goes on after a closed port by on-error: warn", async () => {
  await using workspace = await prepare(CLOSED_PORT, {
    "notify": NOTIFY,
    "set-values": { set: [{ from: "1", to: "state.after" }] },
  }, { http: { "on-error": "warn" } });
  const fired = await workspace.run("--handle-event", "board=go");
  strictEqual(fired.code, 0);
  match(fired.stderr, /^cicdstatemgr: Warning: Cannot deliver notify/i);
  strictEqual((await workspace.run("--get", "state.after")).stdout, "1\n");
});

Deno.test("event --dry-run sends and stores nothing", async () => {
  await using server = startHttpServer(ANSWER);
  await using workspace = await prepare(server.url, {
    "notify": NOTIFY,
    "set-values": { set: [{ from: "1", to: "state.never" }] },
  });
  const { code, stdout, stderr } = await workspace.run(
    "event",
    "board",
    "go",
    "--dry-run",
    "--set",
    "state.also=never",
  );
  deepStrictEqual([code, stderr], [0, ""]);
  match(stdout, /^notify would send POST http:\/\/127\.0\.0\.1:\d+\/\*\*\*$/m);
  match(stdout, /^ {2}Idempotency-Key: \*{3}$/m);
  match(stdout, /^ {2}\{"text": "hello"\}$/m);
  match(stdout, /^Would set state\.also to "never"$/m);
  match(stdout, /^Would set state\.never to "1"$/m);
  strictEqual(server.requests.length, 0);
  const state = await workspace.run("--get", "state.never,also");
  deepStrictEqual(state, { code: 0, stdout: "", stderr: "" });
});

Deno.test("--handle-event sends through the proxy of the environment", async () => {
  await using proxy = startHttpServer(ANSWER);
  await using workspace = await prepare("http://chat.invalid", {
    notify: NOTIFY,
  });
  workspace.env = { HTTP_PROXY: proxy.url };
  const fired = await workspace.run("--handle-event", "board=go");
  deepStrictEqual(fired, { code: 0, stdout: "", stderr: "" });
  strictEqual(proxy.requests[0]!.headers["host"], "chat.invalid");
  strictEqual((await workspace.run("--get", "state.ts")).stdout, "7.7\n");
});

for (const kind of ["sqlite", "jsonfile"] as const) {
  Deno.test(`--handle-event on ${kind} killed at any moment leaves all or nothing`, () =>
    killEvents({ kind, section: { path: "primary" } }, 12));
}
