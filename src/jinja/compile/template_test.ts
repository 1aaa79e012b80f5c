import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { createBuiltins } from "../builtins.ts";
import { parseTemplate } from "../syntax/parse.ts";
import { CompiledTemplate, freeVariables } from "./template.ts";

function compile(source: string, front?: CompiledTemplate): CompiledTemplate {
  return new CompiledTemplate(parseTemplate(source, "page"), {
    builtins: createBuiltins(),
    canLoad: true,
    front,
  });
}

Deno.test("CompiledTemplate has its name, its blocks and its free variables", () => {
  const template = compile(
    "{% block a %}{% block b %}{{ x }}{% endblock %}{% endblock %}{{ y }}",
  );
  strictEqual(template.name, "page");
  deepStrictEqual([...template.blocks.keys()].sort(), ["a", "b"]);
  deepStrictEqual(template.variables(), new Set(["x", "y"]));
});

Deno.test("CompiledTemplate reports which variables have no value at its start", () => {
  strictEqual(compile("{{ a }}").unset, undefined);
  deepStrictEqual(compile("{% set a = 1 %}").unset, ["a"]);
});

Deno.test("CompiledTemplate continues the template in front of it", () => {
  const front = compile(
    "{% macro m() %}{% endmacro %}{% block a %}{% endblock %}",
  );
  const template = compile("{{ m() }}{{ n() }}", front);
  deepStrictEqual([...template.blocks.keys()], ["a"]);
  deepStrictEqual(template.variables(), new Set(["n"]));
  deepStrictEqual(template.unset, ["m"]);
  deepStrictEqual(compile("{% set b = m %}", front).unset, ["m", "b"]);
});

function check(cases: readonly (readonly [string, string])[]): void {
  for (const [source, names] of cases) {
    deepStrictEqual(
      [...freeVariables(parseTemplate(source).root)].sort().join(" "),
      names,
      source,
    );
  }
}

Deno.test("freeVariables() finds the variables that expressions read", () => {
  check([
    ["", ""],
    ["{{ a }}", "a"],
    ["{{ a.b[c](d, e=f, *g, **h) | i(j) is k(l) }}", "a c d f g h j l"],
    ["{{ [a, (b, c), {d: e}] }}", "a b c d e"],
    ["{{ a if b else c }}{{ d[e:f:g] }}", "a b c d e f g"],
    ["{{ a + b ~ c == d and not e }}", "a b c d e"],
    ["{{ true }}{{ None }}{{ 'a' }}", ""],
  ]);
});

Deno.test("freeVariables() leaves out what the template sets first", () => {
  check([
    ["{% set a = 1 %}{{ a }}", ""],
    ["{{ a }}{% set a = 1 %}", "a"],
    ["{% set a = a %}", "a"],
    ["{% set a, b = c %}{{ a }}{{ b }}", "c"],
    ["{% set ns = namespace() %}{% set ns.a = b %}", "b namespace"],
    ["{% set ns.a = b %}", "b ns"],
    ["{% if a %}{% set b = 1 %}{% endif %}{{ b }}", "a b"],
    [
      "{% if a %}{% set b = 1 %}{% else %}{% set b = 2 %}{% endif %}{{ b }}",
      "a b",
    ],
    ["{% import a as b %}{{ b }}", "a"],
    ["{% from a import b as c %}{{ b }}{{ c }}", "a b"],
    ["{% macro m() %}{% endmacro %}{{ m() }}", ""],
  ]);
});

Deno.test("freeVariables() knows what statements provide", () => {
  check([
    [
      "{% for a in b %}{{ a }}{{ loop.index }}{{ c }}{% endfor %}{{ loop }}",
      "b c loop",
    ],
    ["{% for a in b if a > c %}{% else %}{{ a }}{% endfor %}", "a b c"],
    ["{% for a in b if loop.first %}{% endfor %}", "b loop"],
    ["{% for a in b recursive %}{{ loop(c) }}{% endfor %}", "b c"],
    ["{% macro m(a, b=c) %}{{ a }}{{ b }}{{ d }}{% endmacro %}", "c d"],
    [
      "{% macro m() %}{{ varargs }}{{ kwargs }}{{ caller() }}{% endmacro %}",
      "",
    ],
    ["{{ varargs }}{{ caller }}", "caller varargs"],
    ["{% macro m(a=b, b=1) %}{% endmacro %}", ""],
    ["{% call(a) m(b) %}{{ a }}{{ c }}{% endcall %}", "b c m"],
    ["{% with a = b, c = a %}{{ a }}{{ c }}{{ d }}{% endwith %}", "a b d"],
    ["{% set a %}{{ b }}{% endset %}{{ a }}", "b"],
    ["{% filter f(a) %}{{ b }}{% endfilter %}", "a b"],
    ["{% autoescape a %}{{ b }}{% endautoescape %}", "a b"],
  ]);
});

Deno.test("freeVariables() looks into blocks as templates of their own", () => {
  check([
    ["{% set a = 1 %}{% block b %}{{ a }}{% endblock %}", "a"],
    ["{% block b %}{{ self.c() }}{{ super() }}{% endblock %}", ""],
    ["{{ self.b() }}{{ super() }}", "super"],
    [
      "{% for a in b %}{% block c scoped %}{{ a }}{{ loop.index }}{% endblock %}{% endfor %}",
      "a b loop",
    ],
    ["{% block a %}{% set b = 1 %}{{ b }}{% endblock %}{{ b }}", "b"],
  ]);
});

Deno.test("freeVariables() finds the names of templates that are loaded", () => {
  check([
    ["{% include a %}{% extends b %}", "a b"],
    ["{% import a ~ b as c %}", "a b"],
    ["{% from a if b else c import d %}", "a b c"],
  ]);
});
