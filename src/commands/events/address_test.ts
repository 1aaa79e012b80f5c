import { match, ok } from "node:assert/strict";
import { startHttpServer } from "../../../tests/support/http_server.ts";
import { CliSession } from "../../../tests/support/cli_session.ts";

const CONTEXT = {
  pipelines: {
    build: {
      "event-handlers": {
        go: {
          "notify": { message: "m" },
          "trigger-pipeline": { name: "n" },
          "respond": { message: "m", url: "{{ state.url }}" },
          "set-values": { set: [{ from: "HOOK-slack", to: "state.seen" }] },
        },
      },
    },
  },
};

/** A workspace whose event sends to addresses that are secret. */
async function secretAddresses(url: string): Promise<CliSession> {
  const session = await CliSession.create(CONTEXT);
  const more = `  slack: {url: "${url}/errtok?hook=HOOK-slack"}\n` +
    `  trigger: {url: "${url}/start/HOOK-trigger?sure=true"}\n` +
    "  templates: {notify: '{}', respond: '{}'}\n" +
    "  http: {retries: 0, record: state.sent}\n";
  await Deno.writeTextFile(`${session.path}/config.yaml`, more, {
    append: true,
  });
  const to = `state.url=${url}/answer/HOOK-respond`;
  await session.run("set", to);
  return session;
}

Deno.test("event hides the addresses that servers repeat in errors", async () => {
  await using server = startHttpServer(({ path }) =>
    Response.json({ ok: false, error: `cannot POST ${path}` })
  );
  await using session = await secretAddresses(server.url);
  const fired = await session.run(
    "event",
    "build",
    "go",
    "--log-level",
    "DEBUG",
  );
  match(fired.stderr, /warning: Cannot deliver notify.*: cannot POST \*\*\*/);
  match(fired.stderr, /warning: Cannot deliver respond.*: cannot POST \*\*\*/);
  const sent = await session.run("get", "state.sent");
  match(sent.stdout, /cannot POST \*\*\*/);
  const history = await session.run("history", "--limit", "1");
  for (const text of [fired.stderr, sent.stdout, history.stdout]) {
    ok(!text.includes("HOOK"), text);
  }
});

Deno.test("event --dry-run hides addresses in what would be set", async () => {
  await using session = await secretAddresses("http://127.0.0.1:2");
  const { stdout } = await session.run("event", "build", "go", "--dry-run");
  match(stdout, /^Would set state\.seen to "\*\*\*"$/m);
  ok(!stdout.includes("HOOK"), stdout);
});
