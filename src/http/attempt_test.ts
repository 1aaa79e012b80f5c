import { createFetchExchange } from "./fetch.ts";
import { createWireExchange } from "./wire.ts";
import { hang, startHttpServer } from "../../tests/support/http_server.ts";
import { attemptDelivery } from "./attempt.ts";
import type { Exchange } from "./exchange.ts";
import { DEFAULT_HTTP_CONFIG } from "./config.ts";
import { isSameServer, redirectTarget, retryAfterMs } from "./attempt.ts";
import { ok, rejects, strictEqual } from "node:assert/strict";

const TOKEN = "tide-table-1881";
const BODY = '{"text": "høy →"}';

const EXCHANGES = {
  wire: createWireExchange(undefined),
  fetch: createFetchExchange(undefined),
};

async function attempt(url: string, exchange: Exchange) {
  const headers = new Map([
    ["content-type", "application/json"],
    ["authorization", `Bearer ${TOKEN}`],
  ]);
  return await attemptDelivery({ url: new URL(url), headers, body: BODY }, {
    http: DEFAULT_HTTP_CONFIG,
    exchangeFor: () => Promise.resolve(exchange),
    signal: undefined,
  });
}

function problemOf(outcome: Awaited<ReturnType<typeof attempt>>): string {
  ok(outcome.kind === "failure");
  return outcome.problem;
}

for (const [name, exchange] of Object.entries(EXCHANGES)) {
  const exchangeFor = () => Promise.resolve(exchange);

  Deno.test(`attemptDelivery() by ${name} follows a redirect on the same server`, async () => {
    await using server = startHttpServer(({ path }) =>
      path === "/old"
        ? new Response("", { status: 307, headers: { Location: "/new" } })
        : Response.json("moved")
    );
    const outcome = await attempt(`${server.url}/old`, exchange);
    ok(outcome.kind === "answer");
    strictEqual(outcome.body, '"moved"');
    const [, second] = server.requests;
    strictEqual(second!.method, "POST");
    strictEqual(second!.body, BODY);
    strictEqual(second!.headers["authorization"], `Bearer ${TOKEN}`);
  });

  Deno.test(`attemptDelivery() by ${name} asks for the other page after 303`, async () => {
    await using server = startHttpServer(({ path }) =>
      path === "/old"
        ? new Response("", { status: 303, headers: { Location: "/new" } })
        : Response.json("seen")
    );
    const { kind } = await attempt(`${server.url}/old`, exchange);
    strictEqual(kind, "answer");
    strictEqual(server.requests[1]!.method, "GET");
    strictEqual(server.requests[1]!.body, "");
  });

  Deno.test(`attemptDelivery() by ${name} takes neither token nor body to another server`, async () => {
    await using other = startHttpServer();
    await using server = startHttpServer(() =>
      new Response("", { status: 307, headers: { Location: `${other.url}/x` } })
    );
    const outcome = await attempt(server.url, exchange);
    strictEqual(
      problemOf(outcome),
      `the redirect to ${other.url} was not followed`,
    );
    strictEqual(other.requests.length, 0);
    strictEqual(server.requests.length, 1);
  });

  Deno.test(`attemptDelivery() by ${name} names the scheme of a redirect to a file`, async () => {
    await using server = startHttpServer(() =>
      new Response("", { status: 302, headers: { Location: "file:///a" } })
    );
    strictEqual(
      problemOf(await attempt(server.url, exchange)),
      "the redirect to a file: address was not followed",
    );
  });

  Deno.test(`attemptDelivery() by ${name} ends a loop of redirects`, async () => {
    await using server = startHttpServer(() =>
      new Response("", { status: 308, headers: { Location: "/" } })
    );
    strictEqual(
      problemOf(await attempt(server.url, exchange)),
      "more than 10 redirects",
    );
    strictEqual(server.requests.length, 11);
  });

  Deno.test(`attemptDelivery() by ${name} throws the reason of its signal`, async () => {
    const controller = new AbortController();
    await using server = startHttpServer(() => {
      controller.abort("SIGTERM");
      return hang();
    });
    const request = { url: new URL(server.url), headers: new Map(), body: "" };
    const { signal } = controller;
    const options = { http: DEFAULT_HTTP_CONFIG, exchangeFor, signal };
    await rejects(
      () => attemptDelivery(request, options),
      (error) => error === "SIGTERM",
    );
  });

  Deno.test(`attemptDelivery() by ${name} keeps the status of a refusal whose body never ends`, async () => {
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
      exchangeFor,
      signal: undefined,
    });
    strictEqual(problemOf(outcome), "HTTP status 403 Forbidden");
  });
}

const NOW = Date.UTC(2024, 0, 1);

for (
  const [header, ms] of [
    [undefined, undefined],
    ["0", 0],
    ["7", 7_000],
    ["86400", 30_000],
    ["Mon, 01 Jan 2024 00:00:05 GMT", 5_000],
    ["Mon, 01 Jan 2024 01:00:00 GMT", 30_000],
    ["Sun, 31 Dec 2023 00:00:00 GMT", 0],
    ["soon", undefined],
  ] as const
) {
  Deno.test(`retryAfterMs() reads ${JSON.stringify(header)}`, () => {
    strictEqual(retryAfterMs(header, NOW), ms);
  });
}

for (
  const [from, to, same] of [
    ["https://a/x", "https://a/y", true],
    ["http://a/x", "https://a/x", true],
    ["https://a/x", "http://a/x", false],
    ["http://a:8080/x", "https://a/x", false],
    ["https://a/x", "https://a:444/x", false],
    ["https://a/x", "https://a.b/x", false],
  ] as const
) {
  Deno.test(`isSameServer() compares ${from} with ${to}`, () => {
    strictEqual(isSameServer(new URL(from), new URL(to)), same);
  });
}

Deno.test("redirectTarget() finds none without a location", () => {
  const url = new URL("http://a/");
  strictEqual(
    redirectTarget({ status: 302, header: () => undefined }, url),
    undefined,
  );
  strictEqual(
    redirectTarget({ status: 304, header: () => "/x" }, url),
    undefined,
  );
});
