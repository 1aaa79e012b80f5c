import {
  deepStrictEqual,
  match,
  rejects,
  strictEqual,
} from "node:assert/strict";
import type { Mapping } from "../../values.ts";
import { startHttpServer } from "../../../tests/support/http_server.ts";
import {
  type FiredOutcome,
  fireEvent,
} from "../../../tests/support/fire_event.ts";

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
    match(log[0]!, new RegExp(`finds ${what} instead of one mapping$`));
  });
}

Deno.test("manualChoice() makes no choices of an empty mapping, silently", async () => {
  const { sent, log } = await choose(generator("x: {}"), { items: {} });
  deepStrictEqual(sent.choices, {});
  deepStrictEqual(log, []);
});

for (
  const [about, template, code, message] of [
    [
      "is not YAML",
      "{{item.name}}: [unclosed",
      "INPUT",
      /^Cannot use what "manual-choice\.choice-generators\.g\.template" renders to: /,
    ],
    [
      "is not a mapping",
      "just text",
      "INPUT",
      /^Cannot use what ".*\.g\.template" renders to: it is a string$/,
    ],
    [
      "has a choice that is not a mapping",
      "x: y",
      "CONFIG",
      /^Cannot use manual-choice: "choices\.x" is "y"$/,
    ],
    [
      "has options that are not a list",
      "x: {options: {a: b}}",
      "CONFIG",
      /^Cannot use manual-choice: "choices\.x\.options" is a mapping$/,
    ],
  ] as const
) {
  Deno.test(`manualChoice() sends nothing if what a generator renders ${about}`, async () => {
    const { failure, sent } = await choose(generator(template), ITEMS);
    strictEqual(failure?.code, code);
    match(failure!.message, message);
    strictEqual(sent, undefined);
  });
}

for (
  const [section, problem] of [
    [
      { "choice-generators": { g: { foreach: "a", iterator: "b" } } },
      'choice-generators.g.template" is missing',
    ],
    [{ choices: [] }, 'choices" is a list'],
    [{ choices: { a: "x" } }, 'choices.a" is "x"'],
    [{ choices: { a: { options: {} } } }, 'choices.a.options" is a mapping'],
    [{ choices: { a: { options: ["x"] } } }, 'choices.a.options[0]" is "x"'],
  ] as [Mapping, string][]
) {
  Deno.test(`manualChoice() refuses ${JSON.stringify(section)}`, async () => {
    await rejects(choose(section), {
      code: "CONFIG",
      message:
        `Cannot use the document: "pipelines.p.event-handlers.go.manual-choice.${problem}`,
    });
  });
}
