import { ok, rejects, strictEqual } from "node:assert/strict";
import { hang, startHttpServer } from "../../tests/support/http_server.ts";
import { attemptDelivery } from "./attempt.ts";
import { DEFAULT_HTTP_CONFIG } from "./config.ts";

const TOKEN = "tide-table-1881";
const BODY = '{"text": "høy →"}';

async function attempt(url: string) {
  const headers = new Map([
    ["content-type", "application/json"],
    ["authorization", `Bearer ${TOKEN}`],
  ]);
  return await attemptDelivery({ url: new URL(url), headers, body: BODY }, {
    http: DEFAULT_HTTP_CONFIG,
    client: undefined,
    signal: undefined,
  });
}

function problemOf(outcome: Awaited<ReturnType<typeof attempt>>): string {
  ok(outcome.kind === "failure");
  return outcome.problem;
}

Deno.test("attemptDelivery() follows a redirect on the same server", async () => {
  await using server = startHttpServer(({ path }) =>
    path === "/old"
      ? new Response("", { status: 307, headers: { Location: "/new" } })
      : Response.json("moved")
  );
  const outcome = await attempt(`${server.url}/old`);
  ok(outcome.kind === "answer");
  strictEqual(outcome.body, '"moved"');
  const [, second] = server.requests;
  strictEqual(second!.method, "POST");
  strictEqual(second!.body, BODY);
  strictEqual(second!.headers["authorization"], `Bearer ${TOKEN}`);
});

Deno.test("attemptDelivery() asks for the other page after 303", async () => {
  await using server = startHttpServer(({ path }) =>
    path === "/old"
      ? new Response("", { status: 303, headers: { Location: "/new" } })
      : Response.json("seen")
  );
  const { kind } = await attempt(`${server.url}/old`);
  strictEqual(kind, "answer");
  strictEqual(server.requests[1]!.method, "GET");
  strictEqual(server.requests[1]!.body, "");
});

Deno.test("attemptDelivery() takes neither token nor body to another server", async () => {
  await using other = startHttpServer();
  await using server = startHttpServer(() =>
    new Response("", { status: 307, headers: { Location: `${other.url}/x` } })
  );
  const outcome = await attempt(server.url);
  strictEqual(
    problemOf(outcome),
    `the redirect to ${other.url} was not followed`,
  );
  strictEqual(other.requests.length, 0);
  strictEqual(server.requests.length, 1);
});

Deno.test("attemptDelivery() ends a loop of redirects", async () => {
  await using server = startHttpServer(() =>
    new Response("", { status: 308, headers: { Location: "/" } })
  );
  strictEqual(problemOf(await attempt(server.url)), "more than 10 redirects");
  strictEqual(server.requests.length, 11);
});

Deno.test("attemptDelivery() throws the reason of its signal", async () => {
  const controller = new AbortController();
  await using server = startHttpServer(() => {
    controller.abort("SIGTERM");
    return hang();
  });
  const request = { url: new URL(server.url), headers: new Map(), body: "" };
  const { signal } = controller;
  const options = { http: DEFAULT_HTTP_CONFIG, client: undefined, signal };
  await rejects(
    () => attemptDelivery(request, options),
    (error) => error === "SIGTERM",
  );
});

Deno.test("attemptDelivery() keeps the status of a refusal whose body never ends", async () => {
  await using server = startHttpServer(() =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array(8)),
      }),
      { status: 403 },
    )
  );
  const request = { url: new URL(server.url), headers: new Map(), body: "" };
  const outcome = await attemptDelivery(request, {
    http: { ...DEFAULT_HTTP_CONFIG, timeoutMs: 50 },
    client: undefined,
    signal: undefined,
  });
  strictEqual(problemOf(outcome), "HTTP status 403 Forbidden");
});
