import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { fireEvent } from "../support/fire_event.ts";
import { startHttpServer } from "../support/http_server.ts";

/** The most that the events of these tests read. */
const LIMIT = 1024 * 1024;

/** Captures the whole answer to a message. */
async function captureFrom(body: BodyInit, headers: HeadersInit = {}) {
  await using server = startHttpServer(() => new Response(body, { headers }));
  return await fireEvent({
    url: server.url,
    config: { http: { "max-response-bytes": LIMIT } },
    handlers: {
      notify: {
        message: "m",
        "capture-response-data": [{ from: "{{ body }}", to: "state.answer" }],
      },
    },
  });
}

function repeated(text: string): string {
  return text.repeat(Math.floor((LIMIT - 10) / text.length));
}

const HALF = LIMIT / 2 - 10;

for (
  const [about, body] of [
    ["brackets that are never closed", repeated("[")],
    ["deep lists", "[".repeat(HALF) + "]".repeat(HALF)],
    ["deep mappings", `${'{"a":'.repeat(150_000)}1${"}".repeat(150_000)}`],
    ["backslashes", `"${repeated("\\")}`],
    ["blanks", `${repeated(" ")}x`],
    ["nothing", ""],
    ["text", "ok"],
    ["a mark of UTF-8 alone", "\ufeff"],
  ] as const
) {
  Deno.test(`an event captures nothing from an answer of ${about}`, async () => {
    const { failure, log, state } = await captureFrom(body);
    strictEqual(failure, undefined);
    deepStrictEqual(state, {});
    deepStrictEqual(log, [
      "warning: Captured nothing from the response to notify: it is not JSON",
    ]);
  });
}

for (
  const [about, body] of [
    ["NaN", `[${repeated("NaN,")}1]`],
    ["zeros with exponents", `[${repeated("0e000,")}1]`],
    ["escapes", `"${repeated("\\u0041")}"`],
    ["keys", `{${Array.from({ length: 80_000 }, (_, i) => `"k${i}":1`)}}`],
    ["one key", `{${repeated('"a":1,')}"a":2}`],
  ] as const
) {
  Deno.test(`an event ends when an answer is full of ${about}`, async () => {
    const { failure, log, state } = await captureFrom(body);
    strictEqual(failure, undefined);
    deepStrictEqual(log, []);
    strictEqual(Object.keys(state as object).join(), "answer");
  });
}

Deno.test("an event takes what is not UTF-8 for replacement characters", async () => {
  const { state } = await captureFrom(new Uint8Array([0x22, 0xff, 0xc3, 0x22]));
  deepStrictEqual(state, { answer: "\ufffd\ufffd" });
});

Deno.test("an event reads no answer that is too large when it is decompressed", async () => {
  const packed = await new Response(
    new Blob([new Uint8Array(50 * LIMIT)]).stream()
      .pipeThrough(new CompressionStream("gzip")),
  ).bytes();
  const { failure, log, state } = await captureFrom(packed, {
    "Content-Encoding": "gzip",
  });
  strictEqual(failure, undefined);
  deepStrictEqual(state, {});
  match(log[0]!, /^warning: Ignored the response to notify: it exceeds/);
});
