import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { object } from "../schema/composite.ts";
import { readOrThrow } from "../schema/error.ts";
import type { JsonSchema } from "../schema/schema.ts";
import { Float, type Mapping, type Value } from "../values.ts";
import { EVENT_SECTIONS, template } from "./sections.ts";

const SECTIONS = object(EVENT_SECTIONS, { isOpen: true });

function read(config: Mapping) {
  return readOrThrow(SECTIONS, config, { where: "the config" });
}

Deno.test("EVENT_SECTIONS reads every key, and ignores those of the user", () => {
  const captures = [{ from: 1, to: "state.a", note: "n" }, {
    from: null,
    to: 5,
  }];
  deepStrictEqual(
    read({
      channel: "#lane",
      slack: { url: " https://chat.example/x ", "token-hosts": ["a"], lane: 1 },
      trigger: {
        url: "http://ci.example",
        headers: [{ name: "X-A", value: new Float(1) }, {
          name: "X-B",
          value: null,
        }],
        "auto-args": { id: "{{ state.id }}" },
      },
      notify: { "auto-capture-response-data": captures },
      "manual-choice": null,
      templates: { notify: "{}", respond: "" },
    }),
    {
      slack: { url: "https://chat.example/x", tokenHosts: ["a"] },
      trigger: {
        url: "http://ci.example",
        headers: [{ name: "X-A", value: "1.0" }, {
          name: "X-B",
          value: undefined,
        }],
        autoArgs: { id: "{{ state.id }}" },
      },
      notify: {
        autoCaptureResponseData: [
          {
            from: "1",
            to: "state.a",
            where: "notify.auto-capture-response-data[0]",
          },
          { from: "", to: "5", where: "notify.auto-capture-response-data[1]" },
        ],
      },
      templates: { notify: "{}", respond: "" },
    },
  );
});

for (
  const [config, problem] of [
    [{ trigger: { headers: {} } }, '"trigger.headers" is a mapping'],
    [
      { trigger: { headers: [{ value: "x" }] } },
      '"trigger.headers[0].name" is missing',
    ],
    [
      { trigger: { headers: [{ name: "x" }] } },
      '"trigger.headers[0].value" is missing',
    ],
    [{ trigger: { "auto-args": [] } }, '"trigger.auto-args" is a list'],
    [{ trigger: { url: "ftp://ci.example" } }, '"trigger.url" is a string'],
    [{ trigger: { ulr: "http://x" } }, '"trigger.ulr" is not a known key'],
    [{ slack: { "token-hosts": "a" } }, '"slack.token-hosts" is "a"'],
    [
      { notify: { "auto-capture-response-data": [{ to: "a" }] } },
      '"notify.auto-capture-response-data[0].from" is missing',
    ],
    [
      { "manual-choice": { "auto-capture-response-data": { from: "a" } } },
      '"manual-choice.auto-capture-response-data" is a mapping',
    ],
    [{ templates: { respond: [] } }, '"templates.respond" is a list'],
  ] as [Mapping, string][]
) {
  Deno.test(`EVENT_SECTIONS refuses ${JSON.stringify(config)}`, () => {
    throws(() => read(config), {
      code: "CONFIG",
      message: `Cannot use the config: ${problem}`,
    });
  });
}

for (
  const [value, text] of [
    ["{{ a }}", "{{ a }}"],
    ["", ""],
    [true, "True"],
    [null, "None"],
    [[1, "a"], "[1, 'a']"],
    [{ a: new Float(2) }, "{'a': 2.0}"],
  ] as [Value, string][]
) {
  Deno.test(`template() reads ${JSON.stringify(value)} as Python prints it`, () => {
    deepStrictEqual(readOrThrow(template(), value, { where: "x" }), text);
  });
}

Deno.test("EVENT_SECTIONS describes every key", () => {
  for (const path of undescribed(SECTIONS.json(), [])) {
    // A section needs none: the keys say what it is.
    ok(path.length === 0, path.join("."));
  }
});

function* undescribed(
  schema: JsonSchema,
  path: readonly string[],
): Generator<readonly string[]> {
  if (schema["description"] === undefined && path.at(-1) !== "items") {
    yield path;
  }
  const { properties = {}, items } = schema as {
    properties?: Record<string, JsonSchema>;
    items?: JsonSchema;
  };
  for (const [name, property] of Object.entries(properties)) {
    yield* undescribed(property, [...path, name]);
  }
  if (items !== undefined) yield* undescribed(items, [...path, "items"]);
}
