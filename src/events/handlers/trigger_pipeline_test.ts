import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { Float, type Mapping } from "../../values.ts";
import { startHttpServer } from "../../../tests/support/http_server.ts";
import {
  type Fired,
  type FiredOutcome,
  fireEvent,
} from "../../../tests/support/fire_event.ts";

interface Triggered extends FiredOutcome {
  readonly headers: Readonly<Record<string, string>>;
  readonly bodies: readonly string[];
}

async function trigger(
  section: Mapping,
  config: Mapping = {},
  { secrets, ...others }: Pick<Fired, "secrets" | "macros" | "variables"> = {},
): Promise<Triggered> {
  await using server = startHttpServer(() => new Response("started"));
  const outcome = await fireEvent({
    config: { trigger: { url: `${server.url}/start`, ...config } },
    ...(secrets && { secrets }),
    ...others,
    state: { ship: "Runa" },
    handlers: { "trigger-pipeline": section },
  });
  return {
    ...outcome,
    headers: server.requests[0]?.headers ?? {},
    bodies: server.requests.map(({ body }) => body),
  };
}

Deno.test("triggerPipeline() sends auto-args, then args over them, all as strings", async () => {
  const { bodies, log } = await trigger({
    name: "sail",
    args: {
      lane: "own",
      int: 5,
      float: new Float(2),
      big: 12345678901234567890n,
      yes: true,
      none: null,
      list: [1, "a", { b: "{{ state.ship }}" }],
      map: { a: 1 },
      blank: "{{ state.nothing }}",
      name: "{{ triggerPipeline.name }}",
    },
  }, { "auto-args": { id: "{{ state.ship }}", lane: "auto" } });
  strictEqual(
    bodies[0],
    JSON.stringify({
      id: "Runa",
      lane: "own",
      int: "5",
      float: "2.0",
      big: "12345678901234567890",
      yes: "True",
      none: "None",
      list: "[1, 'a', {'b': 'Runa'}]",
      map: "{'a': 1}",
      blank: "",
      name: "sail",
    }),
  );
  deepStrictEqual(log, []);
});

Deno.test("triggerPipeline() sends an empty payload without token, headers and args", async () => {
  const { bodies, headers, failure } = await trigger({ name: "n" }, {}, {
    secrets: {},
  });
  deepStrictEqual([bodies, failure], [["{}"], undefined]);
  strictEqual(headers["content-type"], "application/json");
  strictEqual(headers["accept"], "*/*");
  strictEqual(headers["cache-control"], "no-cache");
  strictEqual(headers["authorization"], undefined);
});

Deno.test("triggerPipeline() lets headers see secrets, and replace standard ones in any case", async () => {
  const { headers } = await trigger({ name: "n" }, {
    headers: [
      { name: "X-Key", value: "{{ secretData.trigger.token }}" },
      { name: "x-ship", value: "{{ state.ship }} {{ triggerPipeline.name }}" },
      { name: "CONTENT-type", value: "text/plain" },
      { name: "X-Twice", value: "1" },
      { name: "x-twice", value: 2 },
      { name: "X-Blank", value: "{{ state.none }}" },
    ],
  });
  strictEqual(headers["x-key"], "gull/wing=88");
  strictEqual(headers["x-ship"], "Runa n");
  strictEqual(headers["content-type"], "text/plain");
  strictEqual(headers["x-twice"], "2");
  strictEqual(headers["x-blank"], "");
});

for (
  const macros of [
    "{{ secretData }}",
    "{%- macro a() -%}{{ secretData }}{%- endmacro -%}{{ a() }}",
    "{% set secretData = {'trigger': {'token': 'forged'}} %}",
    "{% macro lane() %}{{ secretData }}{{ (secretData or {}).trigger }}{% endmacro %}",
  ]
) {
  Deno.test(`triggerPipeline() shows no secret to the macros ${macros}`, async () => {
    const { headers, bodies, log } = await trigger(
      { name: "n", args: { seen: "{{ state.ship }}" } },
      {
        headers: [
          { name: "X-Ship", value: "{{ state.ship }}" },
          { name: "X-Key", value: "{{ secretData.trigger.token }}" },
          { name: "X-Lane", value: "{{ lane() if lane }}" },
          { name: "X-Both", value: "{{ lane is defined }}{# secretData #}" },
        ],
      },
      { macros },
    );
    strictEqual(headers["x-ship"], "Runa");
    strictEqual(headers["x-key"], "gull/wing=88");
    strictEqual(headers["x-lane"], "");
    strictEqual(headers["x-both"], "False");
    deepStrictEqual(bodies, ['{"seen":"Runa"}']);
    deepStrictEqual(log, []);
  });
}

Deno.test("triggerPipeline() lets headers without secrets call macros", async () => {
  const { headers, log } = await trigger({ name: "n" }, {
    headers: [{ name: "X-Lane", value: "{{ lane('east') }}" }],
  }, {
    macros:
      "{%- macro lane(side) -%} {{ side }}-{{ state.ship }} {%- endmacro -%}",
  });
  strictEqual(headers["x-lane"], "east-Runa");
  deepStrictEqual(log, []);
});

Deno.test("triggerPipeline() lets no document pretend to be the secrets", async () => {
  const { headers } = await trigger({ name: "n" }, {
    headers: [{ name: "X-Key", value: "{{ secretData.trigger.token }}" }],
  }, { variables: { secretData: { trigger: { token: "forged" } } } });
  strictEqual(headers["x-key"], "gull/wing=88");
});

Deno.test("triggerPipeline() keeps secrets out of arguments and conditions", async () => {
  const { bodies } = await trigger({
    one: { if: "{{ secretData.trigger.token }}", name: "n" },
    two: { name: "n", args: { seen: "{{ secretData is defined }}" } },
  });
  deepStrictEqual(bodies, ['{"seen":"False"}']);
});

Deno.test("triggerPipeline() runs named configs, also without a name of the pipeline", async () => {
  const { bodies } = await trigger({
    one: { name: "a", args: { n: "1" } },
    two: { if: " ", name: "b", args: { n: "2" } },
    three: { args: { n: "3" } },
  });
  deepStrictEqual(bodies, ['{"n":"1"}', '{"n":"3"}']);
});

for (const url of [null, ""]) {
  Deno.test(`triggerPipeline() needs a trigger.url, not ${JSON.stringify(url)}`, async () => {
    const { failure, bodies } = await trigger({ name: "n" }, { url });
    strictEqual(failure?.code, "CONFIG");
    strictEqual(
      failure?.message,
      'Cannot run trigger-pipeline: the config has no "cicdstatemgr.trigger.url"',
    );
    strictEqual(failure?.hint, "Add url: under trigger: in the config");
    deepStrictEqual(bodies, []);
  });
}

Deno.test("triggerPipeline() reports a header that cannot be sent without its value", async () => {
  const { failure } = await trigger({ name: "n" }, {
    headers: [{
      name: "X-Note",
      value: "a\nX-Evil: → {{ secretData.trigger.token }}",
    }],
  });
  strictEqual(failure?.code, "DELIVERY");
  match(
    failure.message,
    /the header "X-Note" has a line break or a character beyond Latin-1$/,
  );
});
