import { deepStrictEqual } from "node:assert/strict";
import { checkTemplate, definedNames, isTemplate } from "./check.ts";

const MACROS = new Set(["tag"]);

/** Templates, and what is wrong with them: `line:column message`. */
const CASES: readonly [string, readonly string[]][] = [
  ["plain", []],
  ["{{ tag(1) | upper | json_dumps }}{{ range(3) | list }}", []],
  ["{{ state.items() }}{{ x is defined and y is not even }}", []],
  ["{% macro a(b) %}{{ caller() }}{{ b() }}{% endmacro %}{{ a(1) }}", []],
  ["{% for f in fs recursive %}{{ f() }}{{ loop(f) }}{% endfor %}", []],
  ["{% set f, g = h %}{{ f() }}{{ g() }}", []],
  ["{% call(x) tag() %}{{ x() }}{% endcall %}", []],
  ["a\n  {{ b | uper }}", [
    '2:10 uses filter "uper", which does not exist Did you mean "upper"?',
  ]],
  ["{% filter uper %}{% endfilter %}{% set a | lowr %}{% endset %}", [
    '1:11 uses filter "uper", which does not exist Did you mean "upper"?',
    '1:44 uses filter "lowr", which does not exist Did you mean "lower"?',
  ]],
  ["{{ a is evn }}", [
    '1:9 uses test "evn", which does not exist Did you mean "even"?',
  ]],
  ["{{ tga(1) }}{% call zzzzzz() %}{% endcall %}", [
    '1:4 uses macro "tga", which does not exist Did you mean "tag"?',
    '1:21 uses macro "zzzzzz", which does not exist',
  ]],
  ["{{ a b }}", [
    "1:6 cannot be parsed: expected the end of the tag, got 'b'",
  ]],
];

for (const [source, expected] of CASES) {
  Deno.test(`checkTemplate() checks ${JSON.stringify(source)}`, () => {
    const problems = checkTemplate(source, MACROS)
      .map(({ line, column, message, hint }) =>
        `${line}:${column} ${message} ${hint ?? ""}`.trim()
      );
    deepStrictEqual(problems.toSorted(), [...expected].toSorted());
  });
}

Deno.test("checkTemplate() does not check calls if macros are not known", () => {
  deepStrictEqual(checkTemplate("{{ tga(1) }}", undefined), []);
});

Deno.test("definedNames() finds macros and variables", () => {
  deepStrictEqual(
    definedNames("{% macro a(b) %}{% endmacro %}{% set c = 1 %}"),
    new Set(["c", "a", "b"]),
  );
  deepStrictEqual(definedNames("{% macro"), new Set());
});

Deno.test("isTemplate() tells templates from other strings", () => {
  deepStrictEqual(
    ["{{ a }}", "{% a %}", "{# a #}", "{a}", "%}", ""].map(isTemplate),
    [true, true, true, false, false, false],
  );
});
