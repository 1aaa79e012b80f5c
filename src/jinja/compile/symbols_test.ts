import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { parseTemplate } from "../syntax/parse.ts";
import { Frame, targetNames } from "./symbols.ts";

function frameOf(source: string, parent?: Frame, front?: Frame): Frame {
  return new Frame({ nodes: parseTemplate(source).root.body }, parent, front);
}

function describe(frame: Frame): string {
  return (["context", "unset", "outer", "parameter"] as const).flatMap(
    (origin) => {
      const names = frame.namesFrom(origin);
      return names.length === 0 ? [] : [`${origin}: ${names.join(" ")}`];
    },
  ).join(", ");
}

Deno.test("Frame.namesFrom() distinguishes names that are read first from those that are set first", () => {
  const cases: [source: string, names: string][] = [
    ["", ""],
    ["{{ a }}", "context: a"],
    ["{{ a.b[c](d, e=f) | g(h) }}", "context: a c d f h"],
    ["{{ a is b(c) }}", "context: a c"],
    ["{% set a = 1 %}", "unset: a"],
    ["{% set a = 1 %}{{ a }}", "unset: a"],
    ["{{ a }}{% set a = 1 %}", "context: a"],
    ["{% set a = a %}", "context: a"],
    ["{% set a = b %}", "context: b, unset: a"],
    ["{% set a, (b, c) = d %}", "context: d, unset: a b c"],
    ["{% set ns.a = b %}", "context: b ns"],
    ["{% set a | f(b) %}{{ c }}{% endset %}", "unset: a"],
    ["{% macro m(a, b=c) %}{{ d }}{% endmacro %}", "unset: m"],
    ["{{ m() }}{% macro m() %}{% endmacro %}", "context: m"],
    ["{% call(a) m(b) %}{{ c }}{% endcall %}", "context: m b"],
    ["{% for a in b if c %}{{ d }}{% else %}{{ e }}{% endfor %}", "context: b"],
    ["{% with a = b %}{{ c }}{% endwith %}", "context: b"],
    ["{% filter f(a) %}{{ b }}{% endfilter %}", "context: a"],
    ["{% autoescape a %}{{ b }}{% endautoescape %}", ""],
    ["{% block a %}{{ b }}{% endblock %}", ""],
    ["{% include a %}{% extends b %}", "context: a b"],
    ["{% import a as b %}", "context: a, unset: b"],
    ["{% from a import b, c as d %}", "context: a, unset: b d"],
  ];
  for (const [source, names] of cases) {
    strictEqual(describe(frameOf(source)), names, source);
  }
});

Deno.test("Frame.namesFrom() counts a name as unset only if every branch sets it", () => {
  const cases: [source: string, names: string][] = [
    ["{% if a %}{% set b = 1 %}{% endif %}", "context: a b"],
    [
      "{% if a %}{% set b = 1 %}{% else %}{% set b = 2 %}{% endif %}",
      "context: a b",
    ],
    [
      "{% if a %}{% set b = 1 %}{% elif c %}{% set b = 2 %}{% else %}{% set b = 3 %}{% endif %}",
      "context: a c, unset: b",
    ],
    [
      "{% if a %}{% set b = 1 %}{% elif a %}{% set b = 2 %}{% else %}{{ b }}{% endif %}",
      "context: a b",
    ],
    [
      "{% set b = 0 %}{% if a %}{% set b = 1 %}{% endif %}",
      "context: a, unset: b",
    ],
    ["{{ b }}{% if a %}{% set b = 1 %}{% endif %}", "context: b a"],
    ["{% if a %}{{ b }}{% endif %}{% set b = 1 %}", "context: a b"],
    [
      "{% if a %}{% if c %}{% set b = 1 %}{% endif %}{% endif %}",
      "context: a c b",
    ],
  ];
  for (const [source, names] of cases) {
    deepStrictEqual(
      describe(frameOf(source)).split(/[ ,:]+/).sort(),
      names.split(/[ ,:]+/).sort(),
      source,
    );
  }
});

Deno.test("Frame.namesFrom() leaves names of frames around to them", () => {
  const root = frameOf("{{ a }}{% set b = 1 %}");
  strictEqual(describe(frameOf("{{ a }}{{ b }}{{ c }}", root)), "context: c");
  strictEqual(
    describe(frameOf("{% set a = 1 %}{% set b = 2 %}{% set c = 3 %}", root)),
    "unset: c, outer: a b",
  );
  const middle = frameOf("{% set d = 1 %}", root);
  strictEqual(
    describe(frameOf("{{ a }}{% set d = 1 %}", middle)),
    "outer: d",
  );
});

Deno.test("Frame takes parameters for set", () => {
  const frame = new Frame({
    parameters: ["a", "b"],
    nodes: parseTemplate("{{ a }}{% set b = 1 %}{{ c }}").root.body,
  });
  strictEqual(describe(frame), "context: c, parameter: a b");
});

Deno.test("Frame continues the frame in front", () => {
  const front = frameOf("{{ a }}{% set b = 1 %}");
  const frame = frameOf(
    "{{ b }}{% set a = 1 %}{% set c = 2 %}",
    undefined,
    front,
  );
  strictEqual(describe(frame), "context: a, unset: b c");
  strictEqual(describe(front), "context: a, unset: b");
});

Deno.test("Frame.unset() returns undefined where nothing is set", () => {
  strictEqual(
    frameOf("{{ a }}{% for b in c %}{% set d = 1 %}{% endfor %}").unset(),
    undefined,
  );
  strictEqual(frameOf("{{ a }}{% set a = 1 %}").unset(), undefined);
  deepStrictEqual(frameOf("{% set a = 1 %}").unset(), ["a"]);
  deepStrictEqual(
    frameOf(
      "{% if a %}{% macro b() %}{% endmacro %}{% endif %}{% import 'x' as c %}",
    ).unset(),
    ["c"],
  );
});

Deno.test("targetNames() lists variables, not namespaces", () => {
  const names = [
    "{% set a = 1 %}",
    "{% set a, (b, c) = 1 %}",
    "{% set ns.a = 1 %}",
  ]
    .map((source) => {
      const [node] = parseTemplate(source).root.body;
      return node?.kind === "set" ? targetNames(node.target) : undefined;
    });
  deepStrictEqual(names, [["a"], ["a", "b", "c"], []]);
});
