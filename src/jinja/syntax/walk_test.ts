import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { Node } from "./nodes.ts";
import { parseTemplate } from "./parse.ts";
import {
  childrenOf,
  inArguments,
  inFilters,
  isConstant,
  statementsIn,
  targetNames,
} from "./walk.ts";

/** Lists the names among the nodes of a template, in the order of the walk. */
function namesIn(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node): string[] =>
    node.kind === "name" || node.kind === "nameTarget"
      ? [node.name]
      : namesIn(childrenOf(node))
  );
}

Deno.test("childrenOf() returns every node inside, in Jinja2's order", () => {
  const cases: [source: string, names: string][] = [
    ["text", ""],
    ["{{ 1 }}", ""],
    ["{{ a }}", "a"],
    ["{% print a, b %}", "a b"],
    ["{{ (a, b) }}{{ [c] }}{{ {d: e} }}", "a b c d e"],
    ["{{ a.x }}{{ b[c] }}{{ d[e:f:g] }}{{ h[:] }}", "a b c d e f g h"],
    ["{{ a(b, c=d, *e, **f) }}", "a b d e f"],
    ["{{ a | x(b, c=d) }}{{ e is y f }}", "a b d e f"],
    ["{{ -a }}{{ not b }}", "a b"],
    ["{{ a + b }}{{ c ~ d ~ e }}{{ f and g or h }}", "a b c d e f g h"],
    ["{{ a < b <= c }}", "a b c"],
    ["{{ a if b else c }}{{ d if e }}", "b a c e d"],
    [
      "{% if a %}{{ b }}{% elif c %}{{ d }}{% else %}{{ e }}{% endif %}",
      "a b c d e",
    ],
    [
      "{% for a, b in c if d %}{{ e }}{% else %}{{ f }}{% endfor %}",
      "a b c e f d",
    ],
    ["{% set a = b %}{% set ns.c = d %}", "a b d"],
    ["{% set a | x(b) %}{{ c }}{% endset %}", "a b c"],
    ["{% macro m(a, b=c) %}{{ d }}{% endmacro %}", "c d"],
    ["{% call(a=b) c(d) %}{{ e }}{% endcall %}", "c d b e"],
    ["{% filter x(a) | y(b) %}{{ c }}{% endfilter %}", "c a b"],
    ["{% with a = b, c = d %}{{ e }}{% endwith %}", "a c b d e"],
    ["{% block x %}{{ a }}{% endblock %}", "a"],
    ["{% autoescape a %}{{ b }}{% endautoescape %}", "a b"],
    [
      "{% extends a %}{% include b %}{% import c as d %}{% from e import f %}",
      "a b c e",
    ],
    ["{% for a in b %}{% break %}{% continue %}{% endfor %}", "a b"],
  ];
  for (const [source, names] of cases) {
    const { root } = parseTemplate(source);
    deepStrictEqual(namesIn([root]).join(" "), names, source);
  }
});

Deno.test("inArguments() returns the expressions of a call without what is called", () => {
  const [output] = parseTemplate("{{ f(a, b=c, *d, **e) }}").root.body;
  const [call] = output ? childrenOf(output) : [];
  deepStrictEqual(
    call?.kind === "call" && namesIn(inArguments(call.args)),
    ["a", "c", "d", "e"],
  );
});

Deno.test("inFilters() returns the arguments of filters without the value", () => {
  const [block] = parseTemplate(
    "{% filter x(a) | y | z(b=c) %}{{ d }}{% endfilter %}",
  ).root.body;
  deepStrictEqual(
    block?.kind === "filterBlock" && namesIn(inFilters(block.filters)),
    ["a", "c"],
  );
});

Deno.test("statementsIn() returns the statements of every body", () => {
  const cases: [source: string, kinds: string][] = [
    ["text", ""],
    ["{{ a }}", ""],
    ["{% set a = 1 %}", ""],
    ["{% set a %}text{% endset %}", "text"],
    [
      "{% if a %}x{% elif b %}{{ c }}{% else %}{% print %}{% endif %}",
      "text output output",
    ],
    ["{% if a %}{% endif %}", ""],
    ["{% for a in b %}x{% else %}{% break %}{% endfor %}", "text break"],
    ["{% macro m() %}x{% endmacro %}", "text"],
    ["{% call m() %}{{ a }}{% endcall %}", "output"],
    ["{% filter f %}x{% endfilter %}", "text"],
    ["{% with %}x{{ a }}{% endwith %}", "text output"],
    ["{% block b %}{% block c %}{% endblock %}{% endblock %}", "block"],
    ["{% autoescape a %}x{% endautoescape %}", "text"],
    ["{% include a %}", ""],
  ];
  for (const [source, kinds] of cases) {
    const [statement] = parseTemplate(source).root.body;
    deepStrictEqual(
      statement && statementsIn(statement).map(({ kind }) => kind).join(" "),
      kinds,
      source,
    );
  }
});

function isConstantSource(source: string): boolean {
  const [output] = parseTemplate(`{{ ${source} }}`).root.body;
  if (output?.kind !== "output") throw new Error(`${source} is not output`);
  return output.expressions.every(isConstant);
}

Deno.test("isConstant() accepts literals and what operators make of them", () => {
  for (
    const source of [
      "1",
      "'a' 'b'",
      "none",
      "[1, 'a']",
      "(1, 2), 3",
      "{'a': 1, 2: [3]}",
      "-1 + 2 * 3",
      "not true",
      "1 ~ 'a' ~ 2",
      "1 and 2 or 3",
      "1 < 2 <= 3 in [4]",
      "1 if 2 else 3",
      "[1][0]",
      "'a'.upper",
      "[1, 2][0:1:1]",
      "1[:]",
    ]
  ) {
    strictEqual(isConstantSource(source), true, source);
  }
});

Deno.test("isConstant() rejects what only a rendering knows", () => {
  for (
    const source of [
      "a",
      "[1, a]",
      "(1, a)",
      "{'a': a}",
      "{a: 1}",
      "1 + a",
      "a + 1",
      "not a",
      "1 ~ a",
      "1 or a",
      "1 < a",
      "a < 1",
      "a if 1 else 2",
      "1 if a else 2",
      "1 if 2 else a",
      "1 if 2",
      "a[0]",
      "[1][a]",
      "a.b",
      "[1][a:]",
      "[1][:a]",
      "[1][::a]",
      "a[:1]",
      "1 | string",
      "1 is odd",
      "'a'.upper()",
    ]
  ) {
    strictEqual(isConstantSource(source), false, source);
  }
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
