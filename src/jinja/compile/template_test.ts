import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { FILTERS } from "../filters/mod.ts";
import { TESTS } from "../filters/tests.ts";
import { parseTemplate } from "../syntax/parse.ts";
import { CompiledTemplate } from "./template.ts";

function compile(source: string, front?: CompiledTemplate): CompiledTemplate {
  return new CompiledTemplate(parseTemplate(source, "page"), {
    filters: FILTERS,
    tests: TESTS,
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
