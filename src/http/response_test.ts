import { rejects } from "node:assert/strict";
import { readResponse } from "./response.ts";

/** A connection whose reads complete at once and never end. */
function endless(first: string, rest: string) {
  let next = first;
  return {
    read(buffer: Uint8Array): Promise<number> {
      const { written } = new TextEncoder().encodeInto(next, buffer);
      next = rest;
      return Promise.resolve(written);
    },
    close() {},
  };
}

const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

for (
  const [about, first, rest] of [
    ["chunks", CHUNKED, "1\r\nx\r\n"],
    ["a body", "HTTP/1.1 200 OK\r\n\r\n", "x"],
    ["announcements", "", "HTTP/1.1 100 Continue\r\n\r\n"],
  ] as const
) {
  Deno.test(`readResponse() lets its signal end ${about} that keep coming`, async () => {
    // The timer can run only if reading leaves the event loop time.
    const signal = AbortSignal.timeout(50);
    const read = async () => {
      const answer = await readResponse(endless(first, rest), signal);
      return await answer.text(Infinity);
    };
    await rejects(read, { name: "TimeoutError" });
  });
}
