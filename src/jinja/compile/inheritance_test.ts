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

Deno.test("compileBlock() runs a block where it stands", () => {
  checkRenders([
    ["a{% block b %}c{% endblock %}d", "acd"],
    ["{% block b %}{% block c %}x{% endblock %}y{% endblock %}", "xy"],
    ["{% block b %}{% endblock %}", ""],
    ["{% if true %}{% block b %}x{% endblock %}{% endif %}", "x"],
    ["{% for i in [1, 2] %}{% block b %}x{% endblock %}{% endfor %}", "xx"],
    ["{% macro m() %}{% block b %}x{% endblock %}{% endmacro %}{{ m() }}", "x"],
  ]);
});

Deno.test("compileBlock() shows a block the template's variables, and none of the statements around it", () => {
  checkRenders([
    ["{% set a = 1 %}{% block b %}{{ a }}{% endblock %}", "1"],
    ["{% block b %}{{ a }}{% endblock %}{% set a = 1 %}", "c", { a: "c" }],
    [
      "{% for a in [1] %}{% block b %}[{{ a }}]{% endblock %}{% endfor %}",
      "[c]",
      { a: "c" },
    ],
    ["{% with a = 1 %}{% block b %}[{{ a }}]{% endblock %}{% endwith %}", "[]"],
    ["{% block b %}{% set a = 1 %}{{ a }}{% endblock %}[{{ a }}]", "1[]"],
    ["{% macro m() %}x{% endmacro %}{% block b %}{{ m() }}{% endblock %}", "x"],
  ]);
});

Deno.test("compileBlock() shows a scoped block the variables around it", () => {
  checkRenders([
    [
      "{% for a in [1, 2] %}{% block b scoped %}{{ a }}{% endblock %}{% endfor %}",
      "12",
    ],
    [
      "{% for a in [1, 2] %}{% block b scoped %}{{ loop.index }}{% endblock %}{% endfor %}",
      "12",
    ],
    [
      "{% with a = 1 %}{% block b scoped %}{{ a }}{% endblock %}{% endwith %}",
      "1",
    ],
    [
      "{% for a in [1] %}{% block b scoped %}{% block c %}{{ a }}{% endblock %}{% endblock %}{% endfor %}",
      "1",
    ],
    [
      "{% for a in [1] %}{% block b scoped %}{% set a = 2 %}{{ a }}{% endblock %}{{ a }}{% endfor %}",
      "21",
    ],
  ]);
});

Deno.test("compileBlock() compiles a block without the state of what is around it", () => {
  checkRenders([
    [
      "{% autoescape true %}{% block b %}{{ a }}{% endblock %}{% endautoescape %}",
      "<",
      { a: "<" },
    ],
  ]);
  checkReasons([
    [
      "{% block a %}{% endblock %}{% block a %}{% endblock %}",
      "the block 'a' is defined twice",
      31,
    ],
    [
      "{% block a %}{% block a %}{% endblock %}{% endblock %}",
      "the block 'a' is defined twice",
      17,
    ],
    [
      "{% if false %}{% block a %}{{ 1 | nope }}{% endblock %}{% endif %}",
      "no filter named 'nope'",
      35,
    ],
  ]);
});

Deno.test("compileBlock() requires a template to fill a required block", () => {
  const base = "{% block a required %}{% endblock %}";
  checkReasons([[base, "the required block 'a' is not filled", 4]]);
  checkRenders(
    [["{% extends 'base' %}{% block a %}x{% endblock %}", "x"]],
    { base },
  );
  const { reason, templateName } = renderFailure("{% extends 'base' %}", {}, {
    base,
  });
  strictEqual(reason, "the required block 'a' is not filled");
  strictEqual(templateName, "base");
});

Deno.test("compileBlock() bounds blocks that call themselves", () => {
  strictEqual(
    renderFailure("{% block b %}{{ self.b() }}{% endblock %}").name,
    "TemplateLimitError",
  );
});

Deno.test("TemplateReference calls a block again", () => {
  checkRenders([
    ["{% block b %}x{% endblock %}{{ self.b() }}{{ self.b() }}", "xxx"],
    ["{{ self.b() }}{% block b %}x{% endblock %}", "xx"],
    ["{{ self['b']() }}{% block b %}x{% endblock %}", "xx"],
    ["{% block b %}x{% endblock %}{{ self.b() | upper }}", "xX"],
    [
      "{% block a %}{{ self.b() }}{% endblock %}{% block b %}x{% endblock %}",
      "xx",
    ],
    [
      "{% macro m() %}{{ self.b() }}{% endmacro %}{% block b %}x{% endblock %}{{ m() }}",
      "xx",
    ],
    [
      "{{ self.b is defined }}{{ self.c is defined }}{% block b %}{% endblock %}",
      "TrueFalse",
    ],
    ["{{ self }}", "<TemplateReference None>"],
    ["{% block b %}{% endblock %}{{ self.b.name }}", "b"],
  ]);
  checkReasons([
    [
      "{{ self.b() }}",
      "'jinja2.runtime.TemplateReference object' has no attribute 'b'",
      4,
    ],
    [
      "{% block b %}{% endblock %}{{ self.b(1) }}",
      "block() takes no arguments (1 given)",
      31,
    ],
  ]);
});

Deno.test("BlockReference is the block that a template overrides", () => {
  const templates = {
    base: "<{% block b %}base{% endblock %}>",
    middle:
      "{% extends 'base' %}{% block b %}middle {{ super() }}{% endblock %}",
  };
  checkRenders([
    [
      "{% extends 'base' %}{% block b %}{{ super() }}{{ super() }}{% endblock %}",
      "<basebase>",
    ],
    [
      "{% extends 'base' %}{% block b %}{{ super() | upper }}{% endblock %}",
      "<BASE>",
    ],
    ["{% extends 'base' %}{% block b %}{{ super.name }}{% endblock %}", "<b>"],
    [
      "{% extends 'middle' %}{% block b %}top {{ super() }}{% endblock %}",
      "<top middle base>",
    ],
    [
      "{% extends 'middle' %}{% block b %}{{ super.super() }}{% endblock %}",
      "<base>",
    ],
    [
      "{% extends 'middle' %}{% block b %}{{ self.b.super() if false }}x{% endblock %}",
      "<x>",
    ],
    [
      "{% extends 'base' %}{% block b %}{% macro m() %}[{{ super() }}]{% endmacro %}{{ m() }}{% endblock %}",
      "<[base]>",
    ],
    [
      "{% extends 'base' %}{% block b %}{{ super.super is defined }}{% endblock %}",
      "<False>",
    ],
    ["{% block b %}{{ super is defined }}{% endblock %}", "False"],
    [
      "{% extends 'middle' %}{% block c %}{{ super() }}{% endblock %}",
      "<middle base>",
    ],
  ], templates);
  checkReasons([
    [
      "{% block b %}{{ super() }}{% endblock %}",
      "there is no parent block called 'b'",
      17,
    ],
    [
      "{% extends 'base' %}{% block b %}{{ super.super() }}{% endblock %}",
      "there is no parent block called 'b'",
      37,
    ],
    ["{{ super() }}", "'super' is undefined", 4],
  ], templates);
});

Deno.test("BlockReference returns HTML under autoescape", () => {
  checkRenders([
    [
      "{% block b %}<{% endblock %}{% autoescape true %}{{ self.b() }}{% endautoescape %}",
      "<<",
    ],
    ["{% block b %}<{% endblock %}{{ self.b() | escape }}", "<&lt;"],
  ]);
});
