import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { syntaxFailure, treeOf } from "../../../tests/support/template_tree.ts";

Deno.test("BodyParser parses text, output and statements in order", () => {
  const cases: [source: string, tree: string][] = [
    ["", ""],
    ["a", '"a"'],
    ["{{ a }}", "(output a)"],
    ["{{ a, b }}", "(output (tuple a b))"],
    ["a{{ b }}c{% set d = 1 %}e", '"a" (output b) "c" (set d 1) "e"'],
    ["{% if a %}{% endif %}{{ b }}", "(if (a)) (output b)"],
    ["{# a #}{{ b }}{# c #}", "(output b)"],
    ["{% raw %}{{ a }}{% endraw %}", '"{{ a }}"'],
  ];
  for (const [source, tree] of cases) strictEqual(treeOf(source), tree, source);
});

Deno.test("BodyParser takes a colon at the end of a tag that has a body", () => {
  strictEqual(treeOf("{% if a: %}b{% endif %}"), '(if (a "b"))');
  strictEqual(
    treeOf("{% for a in b: %}{% else: %}c{% endfor %}"),
    '(for a b (else "c"))',
  );
  strictEqual(
    syntaxFailure("{% set a = 1: %}").message,
    "expected the end of the tag, got ':'",
  );
});

Deno.test("BodyParser nests statements", () => {
  strictEqual(
    treeOf(
      "{% for a in b %}{% if c %}{% for d in e %}{% endfor %}{% endif %}{% endfor %}",
    ),
    "(for a b (if (c (for d e))))",
  );
});

Deno.test("BodyParser rejects a tag that does not exist", () => {
  const error = syntaxFailure("a\n{% nope %}");
  strictEqual(error.message, "unknown tag 'nope'");
  deepStrictEqual(error.expected, []);
  deepStrictEqual(error.place, { line: 2, column: 4 });
});

Deno.test("BodyParser names the statement that is open around an unknown tag", () => {
  const cases: [source: string, message: string, expected: string[]][] = [
    [
      "{% if a %}{% endfor %}",
      "unknown tag 'endfor' inside 'if'",
      ["elif", "else", "endif"],
    ],
    [
      "{% if a %}{% else %}{% else %}",
      "unknown tag 'else' inside 'if'",
      ["endif"],
    ],
    [
      "{% for a in b %}{% if c %}{% endif %}{% endif %}",
      "unknown tag 'endif' inside 'for'",
      ["else", "endfor"],
    ],
    [
      "{% macro m() %}{% endcall %}",
      "unknown tag 'endcall' inside 'macro'",
      ["endmacro"],
    ],
    ["{% endif %}", "unknown tag 'endif'", []],
  ];
  for (const [source, message, expected] of cases) {
    const error = syntaxFailure(source);
    strictEqual(error.message, message, source);
    deepStrictEqual(error.expected, expected, source);
  }
});

Deno.test("BodyParser reports which end a template lacks, and where it ends", () => {
  const cases: [source: string, tag: string, expected: string[]][] = [
    ["{% if a %}", "if", ["elif", "else", "endif"]],
    ["{% if a %}{% else %}", "if", ["endif"]],
    ["{% for a in b %}", "for", ["else", "endfor"]],
    ["{% set a %}", "set", ["endset"]],
    ["{% macro a() %}", "macro", ["endmacro"]],
    ["{% call a() %}", "call", ["endcall"]],
    ["{% filter a %}", "filter", ["endfilter"]],
    ["{% with %}", "with", ["endwith"]],
    ["{% block a %}", "block", ["endblock"]],
    ["{% autoescape a %}", "autoescape", ["endautoescape"]],
  ];
  for (const [source, tag, expected] of cases) {
    const error = syntaxFailure(`${source}\nab`);
    strictEqual(
      error.message,
      `the template ends inside '${tag}': expected ${expected.join(" or ")}`,
    );
    deepStrictEqual(error.expected, expected, source);
    deepStrictEqual(error.place, { line: 2, column: 3 }, source);
  }
});

Deno.test("BodyParser rejects tags that are not complete", () => {
  const cases: [source: string, message: string][] = [
    ["{% %}", "expected the name of a tag, got the end of the tag"],
    ["{% 1 %}", "expected the name of a tag, got '1'"],
    ["{% 'if' %}", "expected the name of a tag, got 'if'"],
    ["{%", "expected the name of a tag, got the end of the template"],
    ["{{", "unexpected the end of the template"],
    ["{{ a", "expected the end of the tag, got the end of the template"],
    ["{% if a", "expected the end of the tag, got the end of the template"],
    [
      "{% if a %}{% endif",
      "expected the end of the tag, got the end of the template",
    ],
    ["{% if a %}{% endif a %}", "expected the end of the tag, got 'a'"],
    ["{% break a %}", "expected the end of the tag, got 'a'"],
  ];
  for (const [source, message] of cases) {
    strictEqual(syntaxFailure(source).message, message, source);
  }
});

Deno.test("BodyParser bounds how deep statements nest", () => {
  strictEqual(
    syntaxFailure("{% if a %}".repeat(201)).message,
    "the template is nested too deeply",
  );
});
