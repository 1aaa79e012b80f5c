import { strictEqual } from "node:assert/strict";
import {
  checkReasons,
  checkRenders,
  renderFailure,
} from "../../../tests/support/render_cases.ts";

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
