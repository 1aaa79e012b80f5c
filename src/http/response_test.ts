import { strictEqual } from "node:assert/strict";
import { isSameServer, redirectTarget, retryAfterMs } from "./response.ts";

const NOW = Date.UTC(2024, 0, 1);

for (
  const [header, ms] of [
    [null, undefined],
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
  strictEqual(redirectTarget(new Response(null, { status: 302 })), undefined);
  const headers = { location: "/x" };
  strictEqual(
    redirectTarget(new Response(null, { status: 304, headers })),
    undefined,
  );
});
