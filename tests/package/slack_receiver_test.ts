import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { hmac } from "../../examples/tekton/local/event_listener.ts";
import { receive } from "../../examples/tekton/slack_receiver.ts";

const SECRET = "not-a-real-signing-secret";
const FORM = new URLSearchParams({
  payload: JSON.stringify({
    user: { name: "maria" },
    response_url: "https://hooks.slack.com/actions/1",
    actions: [{ value: '{"pipeline": "build"}' }],
  }),
}).toString();

/** Sends a press, and returns the status and what the listener got. */
async function press(
  timestamp: number | string,
  form: string,
  signature?: string,
): Promise<{ status: number; received: unknown[] }> {
  const received: unknown[] = [];
  await using listener = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      received.push([
        request.headers.get("x-cicd-token"),
        await request.json(),
      ]);
      return new Response(null, { status: 202 });
    },
  );
  const { status } = await receive(
    new Request("http://receiver.example/", {
      method: "POST",
      headers: {
        "x-slack-request-timestamp": String(timestamp),
        "x-slack-signature": signature ??
          `v0=${await hmac(SECRET, `v0:${timestamp}:${form}`)}`,
      },
      body: form,
    }),
    {
      listenerUrl: `http://127.0.0.1:${listener.addr.port}/`,
      listenerToken: "token-1",
      signingSecret: SECRET,
    },
  );
  return { status, received };
}

const now = () => Math.floor(Date.now() / 1000);

Deno.test("slack_receiver.ts passes on a press that Slack signed", async () => {
  deepStrictEqual(await press(now(), FORM), {
    status: 200,
    received: [[
      "token-1",
      {
        pipeline: "build",
        userName: "maria",
        respondUrl: "https://hooks.slack.com/actions/1",
      },
    ]],
  });
});

Deno.test("slack_receiver.ts refuses a press that is old or not signed", async () => {
  const cases: [number | string, string?][] = [
    [now() - 301],
    [now() + 301],
    ["soon"],
    [now(), `v0=${"0".repeat(64)}`],
    [now(), "v0="],
    [now(), "v1=00"],
    [now(), ""],
  ];
  for (const [timestamp, signature] of cases) {
    const { status, received } = await press(timestamp, FORM, signature);
    strictEqual(status, 401);
    deepStrictEqual(received, []);
  }
});
