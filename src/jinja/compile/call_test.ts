import { strictEqual } from "node:assert/strict";
import {
  checkReasons,
  checkRenders,
  renderFailure,
} from "../../../tests/support/render_cases.ts";

const MACRO =
  "{% macro m(a, b='B') %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}";

Deno.test("compileCall() passes arguments by position, by name and from collections", () => {
  checkRenders([
    [`${MACRO}{{ m(1) }}`, "1B(){}"],
    [`${MACRO}{{ m(1, 2, 3) }}`, "12(3,){}"],
    [`${MACRO}{{ m(b=1, a=2) }}`, "21(){}"],
    [`${MACRO}{{ m(1, c=3) }}`, "1B(){'c': 3}"],
    [`${MACRO}{{ m(*[1, 2, 3]) }}`, "12(3,){}"],
    [`${MACRO}{{ m(1, *(2, 3)) }}`, "12(3,){}"],
    [`${MACRO}{{ m(*'xy') }}`, "xy(){}"],
    [`${MACRO}{{ m(**{'a': 1, 'c': 2}) }}`, "1B(){'c': 2}"],
    [`${MACRO}{{ m(*[1], **{'b': 2}) }}`, "12(){}"],
    [`${MACRO}{{ m(1, c=2, **{'d': 3}) }}`, "1B(){'c': 2, 'd': 3}"],
    [`${MACRO}{{ m(1, **{}) }}`, "1B(){}"],
    ["{{ dict(a=1, **{'b': 2}) }}", "{'a': 1, 'b': 2}"],
  ]);
});

Deno.test("compileCall() rejects arguments that are given twice", () => {
  checkReasons([
    ["{{ dict(a=1, a=2) }}", "the argument 'a' is given twice", 14],
    ["{{ dict(a=1, **{'a': 2}) }}", "the argument 'a' is given twice", 4],
  ]);
});

Deno.test("compileCall() rejects what cannot be spread", () => {
  checkReasons([
    ["{{ dict(*1) }}", "'int' object is not iterable", 4],
    ["{{ dict(**1) }}", "** takes a mapping", 4],
    ["{{ dict(**{1: 2}) }}", "** takes keys that are strings", 4],
    ["{{ dict(**nope) }}", "'nope' is undefined", 4],
  ]);
});

Deno.test("compileCall() rejects what cannot be called, and reports where", () => {
  checkReasons([
    ["{{ 1() }}", "'int' object is not callable", 4],
    ["{{ 'a'() }}", "'str' object is not callable", 4],
    ["{{ nope() }}", "'nope' is undefined", 4],
    ["{{ [].nope() }}", "'list object' has no attribute 'nope'", 4],
    ["{{ range(1)(2) }}", "'range' object is not callable", 4],
    ["a {{ 1 + none() }}", "'NoneType' object is not callable", 10],
  ]);
});

Deno.test("compileFilter() applies filters with arguments", () => {
  checkRenders([
    ["{{ 'a' | upper }}", "A"],
    ["{{ 'a' | upper | lower }}", "a"],
    ["{{ [1, 2] | join('-') }} {{ [1, 2] | join(d='+') }}", "1-2 1+2"],
    ["{{ nope | default('d') }} {{ nope | default(*['d']) }}", "d d"],
    ["{{ 'x' | default(**{'default_value': 1}) }}", "x"],
  ]);
});

Deno.test("compileFilter() and compileTest() find unknown names when they compile", () => {
  checkReasons([
    ["{{ 1 | nope }}", "no filter named 'nope'", 8],
    ["{{ 1 is nope }}", "no test named 'nope'", 9],
    [
      "{% for a in [] %}{{ a | nope }}{% endfor %}",
      "no filter named 'nope'",
      25,
    ],
    [
      "{% macro m() %}{{ 1 | nope }}{% endmacro %}",
      "no filter named 'nope'",
      23,
    ],
    ["{% set a | nope %}{% endset %}", "no filter named 'nope'", 12],
    ["{% filter nope %}{% endfilter %}", "no filter named 'nope'", 11],
    ["{{ 1 | a.b }}", "no filter named 'a.b'", 8],
    ["{{ 1 | constructor }}", "no filter named 'constructor'", 8],
    ["{{ 1 is __proto__ }}", "no test named '__proto__'", 9],
  ]);
});

Deno.test("compileFilter() and compileTest() find unknown names of a branch when it runs", () => {
  checkRenders([
    ["{% if false %}{{ 1 | nope }}{% endif %}", ""],
    ["{% if true %}a{% else %}{{ 1 is nope }}{% endif %}", "a"],
    ["{{ 'a' if true else 1 | nope }}", "a"],
    ["{{ 'f' if 'nope' is filter else 'no' }}", "no"],
    ["{{ (1 | nope) if 'nope' is filter else 'no' }}", "no"],
  ]);
  checkReasons([
    ["{% if true %}{{ 1 | nope }}{% endif %}", "no filter named 'nope'", 21],
    ["{{ 'a' if 1 is nope }}", "no test named 'nope'", 16],
  ]);
});

Deno.test("compileTest() returns a boolean, whatever the test returns", () => {
  checkRenders(
    [[
      "{{ 1 is long }} {{ 2 is not long }} {{ 0 is long(5) }}",
      "True False True",
    ]],
    undefined,
    { tests: { long: (value: number, least = 1) => value + least } },
  );
  checkRenders([
    [
      "{{ 2 is even }} {{ 2 is divisibleby 3 }} {{ 4 is divisibleby(2) }}",
      "True False True",
    ],
    ["{{ nope is defined }} {{ nope is not defined }}", "False True"],
    ["{{ 1 is in [1] }} {{ 'a' is eq 'a' }}", "True True"],
  ]);
});

Deno.test("compileFilter() reports where a filter fails, in a template of several lines", () => {
  const error = renderFailure("a\n{{ b\n  | join(1 / 0) }}");
  strictEqual(`${error.line}:${error.column}`, "3:5");
  strictEqual(error.sourceLine, "  | join(1 / 0) }}");
});
