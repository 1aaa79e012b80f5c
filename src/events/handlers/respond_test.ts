import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { Mapping } from "../../values.ts";
import { startHttpServer } from "../../../tests/support/http_server.ts";
import { fireEvent } from "../../../tests/support/fire_event.ts";

async function respond(section: (url: string) => Mapping) {
  await using server = startHttpServer(() => new Response("thanks"));
  const outcome = await fireEvent({
    state: { ship: "Runa", url: server.url },
    handlers: { respond: section(server.url) },
  });
  const { requests, url } = server;
  return { ...outcome, sent: requests, url };
}

Deno.test("respond() trims the message, renders every other key and the url", async () => {
  const { sent, log } = await respond(() => ({
    message: "  Thanks, {{ state.ship }}  ",
    url: " {{ state.url }}/reply ",
    color: "{{ respond.message }}-{{ respond.other }}",
    other: "{{ state.ship }}",
    count: 3,
    list: ["{{ state.ship }}"],
  }));
  strictEqual(sent[0]!.path, "/reply");
  strictEqual(sent[0]!.headers["authorization"], "Bearer xoxb-tide-4711");
  deepStrictEqual(JSON.parse(sent[0]!.body), {
    message: "Thanks, Runa",
    url: " {{ state.url }}/reply ",
    color: "Thanks, Runa-{{ state.ship }}",
    other: "Runa",
    count: 3,
    list: ["{{ state.ship }}"],
  });
  deepStrictEqual(log, []);
});

Deno.test("respond() skips a blank message, url or if", async () => {
  const { sent, log, failure } = await respond((url) => ({
    a: { message: "{{ state.none }} ", url },
    b: { message: "m", url: "{{ state.none }} " },
    c: { if: "{{ state.none }}", message: "m", url },
    d: { message: "" },
    e: { message: "sent", url },
  }));
  strictEqual(sent.length, 1);
  match(sent[0]!.body, /"sent"/);
  deepStrictEqual([log, failure], [[], undefined]);
});

Deno.test("respond() warns when it has no url", async () => {
  const { sent, log } = await respond(() => ({ message: "m" }));
  strictEqual(sent.length, 0);
  deepStrictEqual(log, ['warning: Skipped respond: it has no "url"']);
});

Deno.test("respond() says that its url is malformed", async () => {
  const { failure, log } = await respond(() => ({
    message: "m",
    url: "http://[host/",
  }));
  strictEqual(
    failure?.message,
    "Cannot deliver respond to http:***: the URL is malformed",
  );
  deepStrictEqual(log, []);
});

Deno.test("respond() sends to no address that is not http", async () => {
  const { failure } = await respond(() => ({
    message: "m",
    url: "file:///etc/passwd",
  }));
  strictEqual(failure?.code, "DELIVERY");
  strictEqual(
    failure.message,
    "Cannot deliver respond to file:***: " +
      "the URL is not an http or https address",
  );
});
