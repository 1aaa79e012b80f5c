import { strictEqual } from "node:assert/strict";
import {
  checkReasons,
  checkRenders,
  renderFailure,
} from "../../../tests/support/render_cases.ts";
import { TemplateModule } from "./include.ts";

const TEMPLATES = {
  plain: "P",
  shows: "[{{ x }}]",
  sets: "{% set x = 'set' %}{{ x }}",
  loops: "{{ loop.index }}",
  lib:
    "{% macro m(a) %}<{{ a }}{{ x }}>{% endmacro %}{% set y = 'Y' %}{% set _p = 1 %}text",
  uses: "{% import 'lib' as lib %}{% from 'lib' import m %}{{ m(1) }}",
  counter:
    "{% set ns = namespace(n=0) %}{% macro next() %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{% endmacro %}",
  again: "{% if n %}{{ n }}{% set n = n - 1 %}{% include 'again' %}{% endif %}",
  forever: "{% include 'forever' %}",
  a: "{% import 'b' as b %}",
  b: "{% import 'a' as a %}",
  html: "{{ x }}",
  fails: "a\n{{ nope.b }}",
  base: "({% block c %}C{% endblock %})",
  child: "{% extends 'base' %}{% block c %}{{ x }}{% endblock %}",
};

Deno.test("compileInclude() writes another template", () => {
  checkRenders([
    ["a{% include 'plain' %}b", "aPb"],
    ["{% for i in [1, 2] %}{% include 'plain' %}{% endfor %}", "PP"],
    ["{% set a %}{% include 'plain' %}{% endset %}{{ a }}", "P"],
    ["{% include name %}", "P", { name: "plain" }],
    ["{% include ['nope', 'plain'] %}", "P"],
    ["{% include ('nope', 'plain', 'shows') %}", "P"],
    ["{% include [nope, 'plain'] %}", "P"],
    ["{% include 'child' %}", "(1)", { x: 1 }],
  ], TEMPLATES);
});

Deno.test("compileInclude() shows the template the variables around it", () => {
  checkRenders([
    ["{% include 'shows' %}", "[c]", { x: "c" }],
    ["{% set x = 1 %}{% include 'shows' %}", "[1]", { x: "c" }],
    ["{% for x in [1, 2] %}{% include 'shows' %}{% endfor %}", "[1][2]"],
    ["{% with x = 1 %}{% include 'shows' %}{% endwith %}", "[1]"],
    ["{% macro m(x) %}{% include 'shows' %}{% endmacro %}{{ m(1) }}", "[1]"],
    ["{% block b %}{% set x = 1 %}{% include 'shows' %}{% endblock %}", "[1]"],
    ["{% include 'shows' %}{% set x = 1 %}", "[c]", { x: "c" }],
    ["{% include 'shows' without context %}", "[]", { x: "c" }],
    [
      "{% for i in [1] %}{% include 'loops' %}{{ loop.index }}{% endfor %}",
      "11",
    ],
    ["{% include 'sets' %}[{{ x }}]", "set[]"],
    ["{% set x = 1 %}{% include 'sets' %}{{ x }}", "set1"],
  ], TEMPLATES);
  checkReasons([
    [
      "{% for i in [1] %}{% include 'loops' %}{% endfor %}",
      "'loop' is undefined",
      4,
    ],
  ], TEMPLATES);
});

Deno.test("compileInclude() fails for a template that does not exist, unless told to ignore it", () => {
  checkRenders([
    ["a{% include 'nope' ignore missing %}b", "ab"],
    ["a{% include ['nope', 'none'] ignore missing %}b", "ab"],
    ["a{% include [] ignore missing %}b", "ab"],
    ["{% include 'plain' ignore missing without context %}", "P"],
  ], TEMPLATES);
  checkReasons([
    ["{% include 'nope' %}", "the template 'nope' does not exist", 4],
    [
      "{% include ['nope', 'none'] %}",
      "none of the templates 'nope', 'none' exists",
      4,
    ],
    ["{% include [] %}", "the list of templates to choose from is empty", 4],
    ["{% include 1 %}", "the name of a template is a string, not 'int'", 4],
    ["{% include [1] %}", "the name of a template is a string, not 'int'", 4],
  ], TEMPLATES);
  strictEqual(
    renderFailure("{% include 'fails' ignore missing %}", {}, TEMPLATES).reason,
    "'nope' is undefined",
  );
});

Deno.test("compileInclude() reports errors in the template that they are in", () => {
  const error = renderFailure("x\n{% include 'fails' %}", {}, TEMPLATES);
  strictEqual(error.templateName, "fails");
  strictEqual(`${error.line}:${error.column}`, "2:4");
  strictEqual(
    error.message,
    "'nope' is undefined (fails, line 2, column 4: {{ nope.b }})",
  );
});

Deno.test("compileInclude() lets templates include themselves, as deep as the limit", () => {
  checkRenders([["{% include 'again' %}", "321", { n: 3 }]], TEMPLATES);
  const error = renderFailure("{% include 'forever' %}", {}, TEMPLATES);
  strictEqual(error.name, "TemplateLimitError");
  strictEqual(
    error.reason,
    "macros, blocks or templates are nested more than 250 deep",
  );
});

Deno.test("compileInclude() does not escape what the other template writes", () => {
  checkRenders([
    [
      "{% autoescape true %}{% include 'html' %}{{ x }}{% endautoescape %}",
      "<&lt;",
      { x: "<" },
    ],
  ], TEMPLATES);
});

Deno.test("compileImport() assigns the variables and macros of another template", () => {
  checkRenders([
    ["{% import 'lib' as lib %}{{ lib.m(1) }}", "<1>", { x: "c" }],
    ["{% import 'lib' as lib with context %}{{ lib.m(1) }}", "<1c>", {
      x: "c",
    }],
    [
      "{% set x = 2 %}{% import 'lib' as lib with context %}{{ lib.m(1) }}",
      "<12>",
    ],
    [
      "{% import 'lib' as lib with context %}{% set x = 2 %}{{ lib.m(1) }}",
      "<1c>",
      { x: "c" },
    ],
    ["{% import 'lib' as lib %}{{ lib.y }}{{ lib['y'] }}", "YY"],
    ["{% import 'lib' as lib %}[{{ lib._p }}][{{ lib.nope }}]", "[][]"],
    ["{% import 'lib' as lib %}{{ lib }}", "text"],
    ["{% import 'lib' as lib %}{{ [lib] }}", "[<TemplateModule 'lib'>]"],
    ["{% import name as lib %}{{ lib.y }}", "Y", { name: "lib" }],
    [
      "{% import 'uses' as uses %}{{ uses.m is defined }}{{ uses.lib is defined }}",
      "FalseFalse",
    ],
    [
      "{% for i in [1] %}{% import 'lib' as lib %}{{ lib.y }}{% endfor %}[{{ lib }}]",
      "Y[]",
    ],
    ["{% import 'lib' as lib %}{% block b %}{{ lib.y }}{% endblock %}", "Y"],
  ], TEMPLATES);
  checkReasons([
    ["{% import 'nope' as a %}", "the template 'nope' does not exist", 4],
    [
      "{% import ['lib'] as a %}",
      "the name of a template is a string, not 'list'",
      4,
    ],
    [
      "{% import 'lib' as lib %}{{ lib.nope() }}",
      "'jinja2.environment.TemplateModule object' has no attribute 'nope'",
      29,
    ],
  ], TEMPLATES);
});

Deno.test("compileImport() runs a template without context once for a rendering", () => {
  checkRenders([
    [
      "{% import 'counter' as a %}{% import 'counter' as b %}{{ a.next() }}{{ b.next() }}",
      "12",
    ],
    [
      "{% import 'counter' as a with context %}{% import 'counter' as b with context %}{{ a.next() }}{{ b.next() }}",
      "11",
    ],
    ["{% import 'uses' as a %}{% include 'uses' without context %}", "<1>"],
  ], TEMPLATES);
});

Deno.test("compileImport() finds templates that import themselves", () => {
  const { reason, templateName } = renderFailure(
    "{% import 'a' as a %}",
    {},
    TEMPLATES,
  );
  strictEqual(reason, "the template 'a' imports itself");
  strictEqual(templateName, "b");
});

Deno.test("compileFromImport() assigns single names", () => {
  checkRenders([
    ["{% from 'lib' import m %}{{ m(1) }}", "<1>", { x: "c" }],
    ["{% from 'lib' import m with context %}{{ m(1) }}", "<1c>", { x: "c" }],
    ["{% from 'lib' import m as n, y %}{{ n(1) }}{{ y }}", "<1>Y"],
    ["{% from 'lib' import nope %}[{{ nope }}]", "[]"],
    ["{% from 'lib' import nope, y %}{{ nope | default('d') }}{{ y }}", "dY"],
    ["{% from 'lib' import y %}{% block b %}{{ y }}{% endblock %}", "Y"],
    [
      "{% for i in [1] %}{% from 'lib' import y %}{{ y }}{% endfor %}[{{ y }}]",
      "Y[]",
    ],
    [
      "{% macro w() %}{% from 'lib' import y %}{{ y }}{% endmacro %}{{ w() }}",
      "Y",
    ],
  ], TEMPLATES);
  checkReasons([
    ["{% from 'nope' import a %}", "the template 'nope' does not exist", 4],
    [
      "{% from 'lib' import nope %}{{ nope() }}",
      "the template 'lib' does not export 'nope'",
      32,
    ],
  ], TEMPLATES);
});

Deno.test("compileInclude() and its kin are refused without a loader", () => {
  for (
    const [tag, source] of [
      ["include", "{% include 'plain' %}"],
      ["include", "{% include 'plain' ignore missing %}"],
      ["import", "{% import 'lib' as lib %}"],
      ["from", "{% from 'lib' import m %}"],
      ["extends", "{% extends 'base' %}"],
      ["include", "{% if false %}{% include 'plain' %}{% endif %}"],
    ] as const
  ) {
    const error = renderFailure(source);
    strictEqual(error.name, "TemplateRuntimeError");
    strictEqual(
      error.reason,
      `{% ${tag} %} is not offered: templates cannot load others`,
    );
  }
});

Deno.test("loadTemplate() takes one name, which has to be a string", () => {
  checkReasons([
    ["{% extends 'a' %}", "the template 'a' does not exist", 4],
    ["{% extends 'a' | safe %}", "the template 'a' does not exist", 4],
    [
      "{% extends none %}",
      "the name of a template is a string, not 'NoneType'",
      4,
    ],
    [
      "{% import ('a', 'b') as c %}",
      "the name of a template is a string, not 'tuple'",
      4,
    ],
  ], {});
});

Deno.test("selectTemplate() lists the names of which none exists", () => {
  checkReasons([
    ["{% include ['a'] %}", "none of the templates 'a' exists", 4],
    ["{% include ('a', 'b') %}", "none of the templates 'a', 'b' exists", 4],
    [
      "{% include [nope, 'a'] %}",
      "none of the templates 'Undefined', 'a' exists",
      4,
    ],
    ["{% include () %}", "the list of templates to choose from is empty", 4],
    ["{% include nope %}", "'nope' is undefined", 4],
  ], {});
});

Deno.test("TemplateModule offers what a template exports, and prints as its text", () => {
  const module = new TemplateModule("lib", new Map([["a", 1]]), "text");
  strictEqual(module.attribute("a"), 1);
  strictEqual(module.attribute("constructor"), undefined);
  strictEqual(module.print(), "text");
  strictEqual(module.repr(), "<TemplateModule 'lib'>");
  strictEqual(module.name, "lib");
  strictEqual(module.typeModule, "jinja2.environment");
});
