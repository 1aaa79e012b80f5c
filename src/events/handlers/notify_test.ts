import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { startHttpServer } from "../../../tests/support/http_server.ts";
import { fireEvent } from "../../../tests/support/fire_event.ts";

Deno.test("notify() sends the rendered template with the token", async () => {
  await using server = startHttpServer();
  const { state, log } = await fireEvent({
    url: server.url,
    state: { ship: "Åse →" },
    handlers: { notify: { message: " {{ state.ship }}\n" } },
  });
  const [request] = server.requests;
  strictEqual(request!.body, '{"text": " \\u00c5se \\u2192"}');
  const { authorization, accept, ...headers } = request!.headers;
  strictEqual(authorization, "Bearer xoxb-tide-4711");
  strictEqual(accept, "*/*");
  strictEqual(headers["content-type"], "application/json; charset=UTF-8");
  strictEqual(headers["cache-control"], "no-cache");
  deepStrictEqual(state, { ship: "Åse →" });
  deepStrictEqual(log, []);
});

Deno.test("notify() sends no Authorization without a token", async () => {
  await using server = startHttpServer();
  await fireEvent({
    url: server.url,
    secrets: {},
    handlers: { notify: { message: "m" } },
  });
  strictEqual(server.requests[0]!.headers["authorization"], undefined);
});

Deno.test("notify() sends a message that fails to render as the error text", async () => {
  await using server = startHttpServer();
  const { log, failure } = await fireEvent({
    url: server.url,
    handlers: { notify: { message: "oops {{ state.none.such }}" } },
  });
  strictEqual(
    server.requests[0]!.body,
    '{"text": "<jinja2 parse error> oops {{ state.none.such }}"}',
  );
  strictEqual(failure, undefined);
  strictEqual(log.length, 1);
  match(log[0]!, /^error: /);
});

Deno.test("notify() captures what the config and the handler name, all seeing the document as it was", async () => {
  await using server = startHttpServer(() =>
    Response.json({
      ok: true,
      ts: "1.1",
      n: 3,
      half: 1.5,
      yes: true,
      list: ["a"],
      evil: "file:///etc/hostname",
    })
  );
  const { state } = await fireEvent({
    url: server.url,
    state: { main: "old" },
    variables: { word: "now" },
    config: {
      "notify": {
        "auto-capture-response-data": [{
          from: "{{body.ts}}",
          to: "state.main",
        }],
      },
      "manual-choice": {
        "auto-capture-response-data": [{ from: "wrong", to: "state.wrong" }],
      },
    },
    handlers: {
      notify: {
        message: "m",
        "capture-response-data": [
          { from: "{{state.main}} {{word}}", to: "state.before" },
          {
            from: "{{body.n}}|{{body.half}}|{{body.yes}}|{{body.list}}",
            to: "state.types",
          },
          { from: "{{body.none}} ", to: "state.none" },
          { from: "{{body.ts}}", to: "state.all[]" },
          { from: "{{body.evil}}", to: "state.evil" },
          {
            from: "{{ configData.slack.url is defined }}",
            to: "state.{{word}}.deep",
          },
          { from: "{{ notify is defined }}", to: "state.section" },
        ],
      },
    },
  });
  deepStrictEqual(state, {
    main: "1.1",
    before: "old now",
    types: "3|1.5|True|['a']",
    all: ["1.1"],
    evil: "file:///etc/hostname",
    now: { deep: "True" },
    section: "False",
  });
});

for (
  const [about, body] of [
    ["text", "ok"],
    ["nothing", ""],
    ["half of JSON", '{"ok":'],
  ] as const
) {
  Deno.test(`notify() takes a response of ${about} as a success, and captures nothing`, async () => {
    await using server = startHttpServer(() => new Response(body));
    const captured = await fireEvent({
      url: server.url,
      handlers: {
        notify: {
          message: "m",
          "capture-response-data": [{ from: "x", to: "state.x" }],
        },
      },
    });
    deepStrictEqual(captured.state, {});
    deepStrictEqual(captured.log, [
      "warning: Captured nothing from the response to notify: it is not JSON",
    ]);
    const silent = await fireEvent({
      url: server.url,
      handlers: { notify: { message: "m" } },
    });
    deepStrictEqual(silent.log, []);
  });
}

for (const section of ["slack", "templates"]) {
  Deno.test(`notify() says what is missing without ${section} in the config`, async () => {
    const { failure } = await fireEvent({
      config: { [section]: null },
      handlers: { notify: { message: "m" } },
    });
    const key = section === "slack" ? "url" : "notify";
    strictEqual(failure?.code, "CONFIG");
    strictEqual(
      failure?.message,
      `Cannot run notify: the config has no "cicdstatemgr.${section}.${key}"`,
    );
    strictEqual(failure?.hint, `Add ${key}: under ${section}: in the config`);
  });
}

Deno.test("notify() needs no config when its if skips it", async () => {
  const { failure } = await fireEvent({
    config: { slack: null },
    handlers: { notify: { if: "", message: "m" } },
  });
  strictEqual(failure, undefined);
});
