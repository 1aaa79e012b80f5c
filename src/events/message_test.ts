import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { startHttpServer } from "../../tests/support/http_server.ts";
import { fireEvent } from "../../tests/support/fire_event.ts";

Deno.test("slackRequest() keeps the token from a host that a document names", async () => {
  await using chat = startHttpServer();
  await using other = startHttpServer();
  const url = other.url.replace("127.0.0.1", "localhost");
  const { log } = await fireEvent({
    url: chat.url,
    state: { replyUrl: `${url}/steal` },
    handlers: {
      notify: { message: "m" },
      respond: { message: "m", url: "{{ state.replyUrl }}" },
    },
  });
  const [home] = chat.requests;
  strictEqual(home!.headers["authorization"], "Bearer xoxb-tide-4711");
  const [stolen] = other.requests;
  strictEqual(stolen!.path, "/steal");
  strictEqual(stolen!.headers["authorization"], undefined);
  strictEqual(log.length, 1);
  match(
    log[0]!,
    /^warning: respond goes to localhost:\d+ without slack\.token, which is for slack\.com and the hosts of slack\.url and slack\.token-hosts, by https or on this machine$/,
  );
});

Deno.test("slackRequest() sends the token to slack.token-hosts", async () => {
  await using other = startHttpServer();
  const url = other.url.replace("127.0.0.1", "localhost");
  const { log } = await fireEvent({
    config: {
      slack: { url: "https://chat.example/", "token-hosts": ["localhost"] },
    },
    handlers: { respond: { message: "m", url } },
  });
  const [request] = other.requests;
  strictEqual(request!.headers["authorization"], "Bearer xoxb-tide-4711");
  deepStrictEqual(log, []);
});

Deno.test("slackRequest() does not mention a token that does not exist", async () => {
  await using other = startHttpServer();
  const { log } = await fireEvent({
    secrets: {},
    config: { slack: { url: "https://chat.example/" } },
    handlers: { respond: { message: "m", url: other.url } },
  });
  strictEqual(other.requests.length, 1);
  deepStrictEqual(log, []);
});

Deno.test("slackRequest() shows in a dry run where the token goes", async () => {
  const { requests } = await fireEvent({
    dryRun: true,
    url: "https://chat.example",
    handlers: {
      notify: { message: "m" },
      respond: { message: "m", url: "https://evil.example" },
    },
  });
  deepStrictEqual(
    requests.map(({ headers }) =>
      headers.some(([name]) => name === "Authorization")
    ),
    [true, false],
  );
});
