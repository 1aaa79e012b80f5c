import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { Mapping } from "../../src/values.ts";
import { startHttpServer } from "../support/http_server.ts";
import { type FiredOutcome, fireEvent } from "./fire_event.ts";

interface Chosen extends FiredOutcome {
  // deno-lint-ignore no-explicit-any -- any JSON
  readonly sent: any;
}

async function choose(section: Mapping, state: Mapping = {}): Promise<Chosen> {
  await using server = startHttpServer();
  const outcome = await fireEvent({
    url: server.url,
    state,
    handlers: { "manual-choice": { title: "T", ...section } },
  });
  const body = server.requests[0]?.body;
  return { ...outcome, sent: body === undefined ? body : JSON.parse(body) };
}

function generator(template: string, more: Mapping = {}): Mapping {
  return {
    "choice-generators": {
      g: { foreach: "state.items", iterator: "item", template, ...more },
    },
  };
}

const ITEMS = { items: { a: { name: "one" }, b: { name: "two" } } };

Deno.test("manualChoice() renders headers, values and texts, and keeps other keys", async () => {
  const { sent } = await choose({
    title: "To {{ state.ship }}?",
    choices: {
      west: {
        header: "W {{ state.ship }}",
        note: "{{ state.ship }}",
        options: [
          { text: "Go {{ state.ship }}", value: 5, style: "{{ state.ship }}" },
          { text: "Stay" },
        ],
      },
      bare: {},
    },
  }, { ship: "Runa" });
  deepStrictEqual(sent, {
    title: "To Runa?",
    choices: {
      west: {
        header: "W Runa",
        note: "{{ state.ship }}",
        options: [
          { text: "Go Runa", value: "5", style: "{{ state.ship }}" },
          { text: "Stay" },
        ],
      },
      bare: {},
    },
  });
});

Deno.test("manualChoice() renders choices that YAML aliases share once each", async () => {
  const options = [{ text: "{{ state.text }}", value: "v" }];
  const shared = { header: "{{ state.text }}", options };
  const { sent } = await choose(
    { choices: { a: shared, b: shared, c: { options } } },
    { text: "{{ 6 * 7 }}" },
  );
  const rendered = [{ text: "{{ 6 * 7 }}", value: "v" }];
  const choice = { header: "{{ 6 * 7 }}", options: rendered };
  deepStrictEqual(sent.choices, {
    a: choice,
    b: choice,
    c: { options: rendered },
  });
});

Deno.test("manualChoice() appends what generators make, and renders that again", async () => {
  const { sent, log } = await choose({
    ...generator(
      "k-{{item.name}}: {header: \"{{'{{'}} state.ship {{'}}'}}\", " +
        "options: [{text: '{{item.name}}', value: v}]}\nsecond: {header: never}",
    ),
    choices: { first: { header: "F" } },
  }, { ...ITEMS, ship: "Runa" });
  deepStrictEqual(Object.keys(sent.choices), ["first", "k-one", "k-two"]);
  deepStrictEqual(sent.choices["k-two"], {
    header: "Runa",
    options: [{ text: "two", value: "v" }],
  });
  deepStrictEqual(log, []);
});

Deno.test("manualChoice() needs no choices beside generators", async () => {
  const { sent } = await choose(generator("{{item.name}}: {header: h}"), ITEMS);
  deepStrictEqual(Object.keys(sent.choices), ["one", "two"]);
});

Deno.test("manualChoice() sees what a handler before it has set", async () => {
  await using server = startHttpServer();
  await fireEvent({
    url: server.url,
    handlers: {
      "set-values": { set: [{ from: "one", to: "state.items.a.name" }] },
      "manual-choice": {
        title: "T",
        ...generator("{{item.name}}: {header: h}"),
      },
    },
  });
  deepStrictEqual(Object.keys(JSON.parse(server.requests[0]!.body).choices), [
    "one",
  ]);
});

Deno.test("manualChoice() renders foreach, and finds the iterator's name by a JSONPath", async () => {
  const { sent } = await choose(
    generator("{{vessel.name}}: {header: h}", {
      foreach: "state.{{ state.which }}",
      iterator: "state.its-name",
    }),
    { ...ITEMS, "which": "items", "its-name": "vessel" },
  );
  deepStrictEqual(Object.keys(sent.choices), ["one", "two"]);
});

Deno.test("manualChoice() leaves out items whose template renders to nothing", async () => {
  const { sent } = await choose(
    generator("{% if item.name == 'two' %}two: {header: h}{% endif %}"),
    ITEMS,
  );
  deepStrictEqual(Object.keys(sent.choices), ["two"]);
});

for (
  const [foreach, what] of [
    ["state.none", "nothing"],
    ["{{ state.none }}", "nothing"],
    ["state.text", "a string"],
    ["state.list", "a list"],
    ["state.items.*", "2 values"],
  ]
) {
  Deno.test(`manualChoice() warns when foreach "${foreach}" finds ${what}`, async () => {
    const { sent, log } = await choose(
      { choices: { only: {} }, ...generator("x: {}", { foreach: foreach! }) },
      { ...ITEMS, text: "x", list: [1] },
    );
    deepStrictEqual(Object.keys(sent.choices), ["only"]);
    strictEqual(log.length, 1);
    match(log[0]!, new RegExp(`finds ${what}, not one mapping$`));
  });
}

Deno.test("manualChoice() makes no choices of an empty mapping, silently", async () => {
  const { sent, log } = await choose(generator("x: {}"), { items: {} });
  deepStrictEqual(sent.choices, {});
  deepStrictEqual(log, []);
});

for (
  const [about, section, code, message] of [
    [
      "a template that gives no YAML",
      generator("{{item.name}}: [unclosed"),
      "INPUT",
      /^Cannot use what "manual-choice\.choice-generators\.g\.template" renders to: /,
    ],
    [
      "a template that gives no mapping",
      generator("just text"),
      "CONFIG",
      /template": it is a string$/,
    ],
    [
      "a generator without a template",
      { "choice-generators": { g: { foreach: "a", iterator: "b" } } },
      "CONFIG",
      /generators\.g": it has no "template"$/,
    ],
    [
      "choices that are a list",
      { choices: [] },
      "CONFIG",
      /^Cannot use "manual-choice\.choices": it is a list$/,
    ],
    [
      "a choice that is a string",
      { choices: { a: "x" } },
      "CONFIG",
      /^Cannot use "manual-choice\.choices\.a": it is a string$/,
    ],
    [
      "options that are a mapping",
      { choices: { a: { options: {} } } },
      "CONFIG",
      /choices\.a\.options": it is a mapping$/,
    ],
  ] as const
) {
  Deno.test(`manualChoice() refuses ${about}`, async () => {
    const { failure, sent } = await choose(section as Mapping, ITEMS);
    strictEqual(failure?.code, code);
    match(failure!.message, message);
    strictEqual(sent, undefined);
  });
}
