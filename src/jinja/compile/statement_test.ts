import {
  checkReasons,
  checkRenders,
} from "../../../tests/support/render_cases.ts";

Deno.test("bodyCompiler() writes text and expressions in order", () => {
  checkRenders([
    ["", ""],
    ["a", "a"],
    ["a{{ 1 }}b{{ 2 }}c", "a1b2c"],
    ["{% print 1, 'a', none %}{% print %}", "1aNone"],
    ["{{ 1, 2 }}", "(1, 2)"],
    ["{# a #}", ""],
  ]);
});

Deno.test("bodyCompiler() runs the first branch whose condition is true", () => {
  checkRenders([
    ["{% if a %}x{% endif %}", ""],
    ["{% if a %}x{% else %}y{% endif %}", "y"],
    ["{% if a %}x{% elif b %}y{% else %}z{% endif %}", "y", { b: 1 }],
    ["{% if a %}x{% elif b %}y{% else %}z{% endif %}", "z"],
    ["{% if a %}x{% elif b.c %}y{% endif %}", "x", { a: 1 }],
    ["{% if [] or {} or '' or 0 or none %}x{% else %}y{% endif %}", "y"],
    ["{% if 0, %}x{% endif %}", "x"],
  ]);
  checkReasons([
    ["{% if a.b %}{% endif %}", "'a' is undefined", 7],
    ["{% if 0 %}{% elif a.b %}{% endif %}", "'a' is undefined", 19],
  ]);
});

Deno.test("bodyCompiler() shares the scope of an if with what is around it", () => {
  checkRenders([
    ["{% if true %}{% set a = 1 %}{% endif %}{{ a }}", "1"],
    ["{% if false %}{% set a = 1 %}{% endif %}{{ a }}", "c", { a: "c" }],
    [
      "{% for i in [1] %}{% if true %}{% set a = 1 %}{% endif %}{{ a }}{% endfor %}[{{ a }}]",
      "1[]",
    ],
  ]);
});

Deno.test("bodyCompiler() assigns before what follows reads", () => {
  checkRenders([
    ["{% set a = 1 %}{{ a }}{% set a = a + 1 %}{{ a }}", "12"],
    ["{{ a }}{% set a = 1 %}{{ a }}", "c1", { a: "c" }],
    ["{% set a = a ~ '!' %}{{ a }}", "c!", { a: "c" }],
    ["{% set a = 1 if false %}[{{ a }}]", "[]"],
  ]);
  checkReasons([["{% set a = b.c %}", "'b' is undefined", 12]]);
});

Deno.test("bodyCompiler() runs a with in a scope of its own", () => {
  checkRenders([
    ["{% with a = 1 %}{{ a }}{% endwith %}[{{ a }}]", "1[]"],
    ["{% set a = 1 %}{% with a = 2 %}{{ a }}{% endwith %}{{ a }}", "21"],
    ["{% with a = 1, b = a %}{{ b }}{% endwith %}", "c", { a: "c" }],
    ["{% with %}{% set a = 1 %}{{ a }}{% endwith %}[{{ a }}]", "1[]"],
    ["{% with (a, b) = (1, 2) %}{{ a }}{{ b }}{% endwith %}", "12"],
    [
      "{% with a = 1 %}{% with a = a + 1 %}{{ a }}{% endwith %}{{ a }}{% endwith %}",
      "21",
    ],
  ]);
  checkReasons([["{% with a = b.c %}{% endwith %}", "'b' is undefined", 13]]);
});

Deno.test("bodyCompiler() runs a call block and writes what the macro returns", () => {
  checkRenders([
    [
      "{% macro m() %}<{{ caller() }}>{% endmacro %}a{% call m() %}x{% endcall %}b",
      "a<x>b",
    ],
  ]);
  checkReasons([
    ["{% call nope() %}{% endcall %}", "'nope' is undefined", 9],
  ]);
});

Deno.test("bodyCompiler() escapes output as autoescape says", () => {
  const context = { a: "<", on: true, off: false };
  checkRenders([
    ["{{ a }}", "<", context],
    [
      "{% autoescape true %}{{ a }}{{ a | safe }}{% endautoescape %}{{ a }}",
      "&lt;<<",
      context,
    ],
    ["{% autoescape false %}{{ a }}{% endautoescape %}", "<", context],
    ["{% autoescape on %}{{ a }}{% endautoescape %}", "&lt;", context],
    ["{% autoescape off %}{{ a }}{% endautoescape %}", "<", context],
    [
      "{% autoescape on %}{{ '<' }}{{ '<' ~ a }}{% endautoescape %}",
      "<&lt;&lt;",
      context,
    ],
    ["{% autoescape true %}{{ '<' }}{% endautoescape %}", "&lt;", context],
    [
      "{% autoescape true %}{% autoescape off %}{{ a }}{% endautoescape %}{{ a }}{% endautoescape %}",
      "<&lt;",
      context,
    ],
    [
      "{% autoescape true %}<{{ [a] }}{% endautoescape %}",
      "<[&#39;&lt;&#39;]",
      context,
    ],
    [
      "{% autoescape true %}{% set b = a %}{% endautoescape %}[{{ b }}]",
      "[]",
      context,
    ],
    [
      "{% autoescape on %}{% if a %}{{ a }}{% endif %}{% for b in [a] %}{{ b }}{% endfor %}{% endautoescape %}",
      "&lt;&lt;",
      context,
    ],
  ]);
  checkReasons([
    ["{% autoescape nope.a %}{% endautoescape %}", "'nope' is undefined", 15],
  ]);
});

Deno.test("bodyCompiler() restores escaping where a body fails or leaves a loop", () => {
  checkRenders([
    [
      "{% for i in [1] %}{% autoescape true %}{% break %}{% endautoescape %}{% endfor %}{{ ('<' | safe) ~ a }}{% autoescape false %}{{ a }}{% endautoescape %}",
      "<<<",
      { a: "<" },
    ],
  ]);
});

Deno.test("bodyCompiler() reports where output fails", () => {
  checkReasons([
    ["a {{ b.c }}", "'b' is undefined", 6],
    ["{% print 1, b.c %}", "'b' is undefined", 13],
    ["{{ 1 + b }}", "'b' is undefined", 6],
  ]);
  checkReasons([["{{ b }}", "'b' is undefined", 4]], undefined, {
    undefined: "strict",
  });
});
