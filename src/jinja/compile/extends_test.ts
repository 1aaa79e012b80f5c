import { strictEqual } from "node:assert/strict";
import {
  checkReasons,
  checkRenders,
  renderFailure,
} from "../../../tests/support/render_cases.ts";

const TEMPLATES = {
  base: "[{% block a %}A{% endblock %}|{% block b %}B{% endblock %}]",
  middle: "{% extends 'base' %}{% block a %}M{% endblock %}",
  nested: "{% block outer %}<{% block inner %}i{% endblock %}>{% endblock %}",
  shows: "[{{ x }}]{% block a %}({{ x }}){% endblock %}",
  self: "{% extends 'self' %}",
  ping: "{% extends 'pong' %}",
  pong: "{% extends 'ping' %}",
  broken: "a\n{{ 1 + }}",
};

Deno.test("compileExtends() fills the blocks of another template", () => {
  checkRenders([
    ["{% extends 'base' %}", "[A|B]"],
    ["{% extends 'base' %}{% block a %}x{% endblock %}", "[x|B]"],
    ["{% extends 'base' %}{% block b %}{% endblock %}", "[A|]"],
    ["{% extends 'middle' %}{% block b %}x{% endblock %}", "[M|x]"],
    ["{% extends 'middle' %}{% block a %}x{% endblock %}", "[x|B]"],
    ["{% extends 'base' %}{% block other %}x{% endblock %}", "[A|B]"],
    ["{% extends 'nested' %}{% block inner %}x{% endblock %}", "<x>"],
    ["{% extends 'nested' %}{% block outer %}x{% endblock %}", "x"],
    ["{% extends name %}{% block a %}x{% endblock %}", "[x|B]", {
      name: "base",
    }],
    ["{% extends 'ba' ~ 'se' %}", "[A|B]"],
  ], TEMPLATES);
});

Deno.test("compileExtends() writes nothing of the template that extends, but runs it", () => {
  checkRenders([
    ["x{% extends 'base' %}y{{ 'z' }}", "x[A|B]"],
    ["{% extends 'base' %}{% for i in [1] %}{{ i }}{% endfor %}", "[A|B]"],
    [
      "{% extends 'base' %}{% macro m() %}x{% endmacro %}{% block a %}{{ m() }}{% endblock %}",
      "[x|B]",
    ],
    [
      "{% extends 'base' %}{% set x = 1 %}{% block a %}{{ x }}{% endblock %}",
      "[1|B]",
    ],
    ["{% extends 'shows' %}{% set x = 1 %}", "[1](1)"],
    ["{% set x = 1 %}{% extends 'shows' %}", "[1](1)"],
    ["{% extends 'shows' %}{% for x in [1] %}{% endfor %}", "[c](c)", {
      x: "c",
    }],
    [
      "{% extends 'base' %}{% set x %}text{% endset %}{% block a %}{{ x }}{% endblock %}",
      "[text|B]",
    ],
    [
      "{% extends 'base' %}{% if false %}{% block a %}x{% endblock %}{% endif %}",
      "[x|B]",
    ],
    ["{% extends 'base' %}{{ nope.b }}", "[A|B]"],
  ], TEMPLATES);
});

Deno.test("compileExtends() extends under a condition", () => {
  const source =
    "{% if e %}{% extends 'base' %}{% endif %}{% block a %}x{% endblock %}y";
  checkRenders([
    [source, "xy", {}],
    [source, "[x|B]", { e: true }],
    ["{% extends 'base' if e else 'nested' %}", "<i>", {}],
  ], TEMPLATES);
});

Deno.test("compileExtends() rejects a second template, and one that does not exist", () => {
  checkReasons([
    [
      "{% extends 'base' %}{% extends 'nested' %}",
      "the template extends two others",
      24,
    ],
    ["{% extends 'nope' %}", "the template 'nope' does not exist", 4],
    ["{% extends 1 %}", "the name of a template is a string, not 'int'", 4],
    [
      "{% extends ['base'] %}",
      "the name of a template is a string, not 'list'",
      4,
    ],
    [
      "{% for a in [1] %}{% extends 'base' %}{% endfor %}",
      "{% extends %} cannot stand in a loop, a block, a macro or another scope",
      22,
    ],
    [
      "{% block a %}{% extends 'base' %}{% endblock %}",
      "{% extends %} cannot stand in a loop, a block, a macro or another scope",
      17,
    ],
  ], TEMPLATES);
  strictEqual(
    renderFailure("{% extends nope %}", {}, TEMPLATES).reason,
    "'nope' is undefined",
  );
});

Deno.test("compileExtends() finds templates that extend themselves", () => {
  const cases = [
    ["self", "the template extends itself: 'self' extends 'self'"],
    [
      "ping",
      "the template extends itself: 'ping' extends 'pong' extends 'ping'",
    ],
  ] as const;
  for (const [name, reason] of cases) {
    const error = renderFailure(`{% include '${name}' %}`, {}, TEMPLATES);
    strictEqual(error.reason, reason);
  }
});

Deno.test("compileExtends() reports errors in the template that they are in", () => {
  const error = renderFailure("{% extends 'broken' %}", {}, TEMPLATES);
  strictEqual(error.name, "TemplateSyntaxError");
  strictEqual(error.templateName, "broken");
  strictEqual(`${error.line}:${error.column}`, "2:8");
  strictEqual(error.sourceLine, "{{ 1 + }}");
});
