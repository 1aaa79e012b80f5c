import {
  checkFailures,
  checkTrees,
} from "../../../../tests/support/template_tree.ts";

Deno.test("parseMacro() parses parameters with and without defaults", () => {
  checkTrees([
    ["{% macro m() %}a{% endmacro %}", '(macro m () "a")'],
    ["{% macro m(a) %}{% endmacro %}", "(macro m (a))"],
    ["{% macro m(a, b=1) %}{% endmacro %}", "(macro m (a b=1))"],
    [
      "{% macro m(a=b, c=a if b) %}{% endmacro %}",
      "(macro m (a=b c=(if b a _)))",
    ],
    ["{% macro m(a=none) %}{% endmacro %}", "(macro m (a=null))"],
    ["{% macro if(else) %}{% endmacro %}", "(macro if (else))"],
    [
      "{% macro m() %}{% macro n() %}{% endmacro %}{% endmacro %}",
      "(macro m () (macro n ()))",
    ],
  ]);
});

Deno.test("parseMacro() rejects other names and parameters", () => {
  checkFailures([
    ["{% macro %}", "expected a name, got the end of the tag", 10],
    ["{% macro 'm'() %}", "expected a name, got 'm'", 10],
    ["{% macro true() %}", "cannot assign to 'true'", 10],
    ["{% macro m %}", "expected '(', got the end of the tag", 12],
    ["{% macro m(none) %}", "cannot assign to 'none'", 12],
    ["{% macro m(1) %}", "expected a name, got '1'", 12],
    ["{% macro m(a.b) %}", "expected ',', got '.'", 13],
    ["{% macro m(a b) %}", "expected ',', got 'b'", 14],
    ["{% macro m(a,) %}", "expected a name, got ')'", 14],
    ["{% macro m(*a) %}", "expected a name, got '*'", 12],
    ["{% macro m(a=) %}", "unexpected ')'", 14],
    [
      "{% macro m(a=1, b) %}",
      "a parameter without a default follows one with a default",
      17,
    ],
    ["{% macro m() a %}", "expected the end of the tag, got 'a'", 14],
  ]);
});

Deno.test("parseCallBlock() parses a call, and the parameters of caller()", () => {
  checkTrees([
    ["{% call m() %}a{% endcall %}", '(callBlock () (call m) "a")'],
    ["{% call m(a, b=1) %}{% endcall %}", "(callBlock () (call m a b=1))"],
    ["{% call(a, b=1) m() %}{% endcall %}", "(callBlock (a b=1) (call m))"],
    ["{% call() m() %}{% endcall %}", "(callBlock () (call m))"],
    ["{% call a.b(c) %}{% endcall %}", "(callBlock () (call (. a b) c))"],
    ["{% call m()(a) %}{% endcall %}", "(callBlock () (call (call m) a))"],
  ]);
});

Deno.test("parseCallBlock() rejects what is not a call", () => {
  checkFailures([
    ["{% call %}", "unexpected the end of the tag", 9],
    ["{% call m %}", "expected the call of a macro", 9],
    ["{% call m | f %}", "expected the call of a macro", 13],
    ["{% call 1 %}", "expected the call of a macro", 9],
    ["{% call m() + 1 %}", "expected the call of a macro", 13],
    ["{% call(1) m() %}", "expected a name, got '1'", 9],
    ["{% call(a) %}", "unexpected the end of the tag", 12],
  ]);
});

Deno.test("parseFilterBlock() parses filters with arguments", () => {
  checkTrees([
    ["{% filter a %}b{% endfilter %}", '(filterBlock (| a) "b")'],
    [
      "{% filter a(1) | b | c.d %}{% endfilter %}",
      "(filterBlock (| a 1) (| b) (| c.d))",
    ],
  ]);
});

Deno.test("parseFilterBlock() rejects what is not a filter", () => {
  checkFailures([
    ["{% filter %}", "expected a name, got the end of the tag", 11],
    ["{% filter 'a' %}", "expected a name, got 'a'", 11],
    ["{% filter a | %}", "expected a name, got the end of the tag", 15],
    ["{% filter a b %}", "expected the end of the tag, got 'b'", 13],
    ["{% filter a is b %}", "expected the end of the tag, got 'is'", 13],
  ]);
});
