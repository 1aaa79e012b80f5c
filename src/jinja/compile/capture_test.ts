import {
  checkReasons,
  checkRenders,
} from "../../../tests/support/render_cases.ts";

Deno.test("compileCapture() assigns the text of a set block", () => {
  checkRenders([
    ["{% set a %}x{{ 1 + 1 }}y{% endset %}{{ a }}", "x2y"],
    ["{% set a %}{% endset %}[{{ a }}]{{ a is string }}", "[]True"],
    [
      "{% set a %}{% for i in range(3) %}{{ i }}{% endfor %}{% endset %}{{ a }}",
      "012",
    ],
    [
      "{% set a %}{% set b %}x{% endset %}{{ b }}{{ b }}{% endset %}{{ a }}",
      "xx",
    ],
    ["{% set a, b %}xy{% endset %}{{ a }}-{{ b }}", "x-y"],
  ]);
});

Deno.test("compileCapture() filters the text, innermost first", () => {
  checkRenders([
    ["{% set a | upper %}x{% endset %}{{ a }}", "X"],
    ["{% set a | replace('x', 'y') | upper %}x{% endset %}{{ a }}", "Y"],
    ["{% set a | length %}xyz{% endset %}{{ a + 1 }}", "4"],
    ["{% filter upper %}x{{ 'y' }}{% endfilter %}", "XY"],
    ["{% filter upper | replace('X', '<') | escape %}x{% endfilter %}", "&lt;"],
    ["{% filter replace('a', b) %}a{% endfilter %}", "c", { b: "c" }],
    [
      "{% filter upper %}{% filter lower %}Xy{% endfilter %}z{% endfilter %}",
      "XYZ",
    ],
  ]);
});

Deno.test("compileCapture() lets filters see what the body sets", () => {
  checkRenders([
    ["{% filter default(a, true) %}{% set a = '1' %}{% endfilter %}", "1"],
    [
      "{% filter replace('x', a) %}x{% set a = 'y' %}{% endfilter %}[{{ a }}]",
      "y[c]",
      { a: "c" },
    ],
  ]);
});

Deno.test("compileCapture() keeps what the body sets to itself", () => {
  checkRenders([
    ["{% set a %}{% set b = 1 %}{{ b }}{% endset %}{{ a }}[{{ b }}]", "1[]"],
    [
      "{% filter upper %}{% set b = 'x' %}{{ b }}{% endfilter %}[{{ b }}]",
      "X[]",
    ],
    ["{% set b = 0 %}{% set a %}{% set b = 1 %}{% endset %}{{ b }}", "0"],
  ]);
});

Deno.test("compileCapture() leaves a loop with the value unset, and nothing written", () => {
  checkRenders([
    [
      "{% for i in [1, 2] %}{% set a %}x{% break %}{% endset %}{{ a }}{% endfor %}",
      "",
    ],
    [
      "{% for i in [1, 2] %}{{ i }}{% set a %}x{% continue %}{% endset %}y{% endfor %}",
      "12",
    ],
    [
      "{% for i in [1, 2] %}{{ i }}{% filter upper %}x{% break %}{% endfilter %}{% endfor %}",
      "1",
    ],
  ]);
});

Deno.test("compileCapture() marks what it captures as HTML under autoescape", () => {
  checkRenders([
    [
      "{% autoescape true %}{% set a %}<{{ b }}{% endset %}{{ a }}{% endautoescape %}",
      "<&lt;",
      { b: "<" },
    ],
    [
      "{% autoescape true %}{% set a | upper %}<b>{% endset %}{{ a }}{% endautoescape %}",
      "<B>",
    ],
    ["{% set a %}<{% endset %}{{ a | escape }}", "&lt;"],
  ]);
});

Deno.test("compileCapture() reports where a filter fails", () => {
  checkReasons([
    [
      "{% filter default(1 / 0) %}{% endfilter %}",
      "division by zero",
      11,
    ],
    ["{% set a | default(1 / 0) %}{% endset %}", "division by zero", 12],
  ]);
});
