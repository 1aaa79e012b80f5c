import { strictEqual } from "node:assert/strict";
import {
  checkReasons,
  checkRenders,
  renderFailure,
} from "../../../tests/support/render_cases.ts";

Deno.test("compileMacro() binds arguments to parameters", () => {
  const m = "{% macro m(a, b, c='C') %}{{ a }}-{{ b }}-{{ c }}{% endmacro %}";
  checkRenders([
    [`${m}{{ m(1, 2) }}`, "1-2-C"],
    [`${m}{{ m(1, 2, 3) }}`, "1-2-3"],
    [`${m}{{ m(1) }}`, "1--C"],
    [`${m}{{ m() }}`, "--C"],
    [`${m}{{ m(b=1) }}`, "-1-C"],
    [`${m}{{ m(1, c=2) }}`, "1--2"],
    [`${m}{{ m(none, 1, none) }}`, "None-1-None"],
  ]);
});

Deno.test("compileMacro() evaluates defaults at each call, where the macro is defined", () => {
  checkRenders([
    ["{% macro m(a=b) %}{{ a }}{% endmacro %}{{ m() }}", "1", { b: 1 }],
    ["{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}", "11"],
    [
      "{% macro m(a=1, b=a + 1) %}{{ a }}{{ b }}{% endmacro %}{{ m() }}{{ m(5) }}",
      "1256",
    ],
    ["{% macro m(a=b) %}{{ a }}{% endmacro %}{% set b = 2 %}{{ m() }}", "2", {
      b: 1,
    }],
    ["{% macro m(a=a) %}[{{ a }}]{% endmacro %}{{ m() }}", "[]", { a: 1 }],
    ["{% macro m(a=b, b=1) %}[{{ a }}]{% endmacro %}{{ m() }}", "[]", { b: 1 }],
    [
      "{% macro m(a=[]) %}{{ a.append(1) or a }}{% endmacro %}{{ m() }}{{ m() }}",
      "[1][1]",
    ],
    [
      "{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}{{ m(none) }}",
      "FalseTrue",
    ],
  ]);
});

Deno.test("compileMacro() collects what its body asks for", () => {
  checkRenders([
    ["{% macro m(a) %}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}", "(2, 3)"],
    ["{% macro m() %}{{ kwargs }}{% endmacro %}{{ m(a=1) }}", "{'a': 1}"],
    ["{% macro m(varargs) %}{{ varargs }}{% endmacro %}{{ m(1) }}", "1"],
    ["{% macro m(kwargs=0) %}{{ kwargs }}{% endmacro %}{{ m() }}", "0"],
    [
      "{% macro m() %}{{ varargs | length }}{{ kwargs | length }}{% endmacro %}{{ m(1, b=2) }}",
      "11",
    ],
    [
      "{% macro m() %}{% macro n() %}{{ varargs }}{% endmacro %}{{ n(1) }}{% endmacro %}{{ m(2) }}",
      "(1,)",
    ],
  ]);
  checkReasons([
    [
      "{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}",
      "macro 'm' takes not more than 1 argument(s)",
      34,
    ],
    [
      "{% macro m(a) %}{% endmacro %}{{ m(b=2) }}",
      "macro 'm' takes no keyword argument 'b'",
      34,
    ],
    [
      "{% macro m(a) %}{% endmacro %}{{ m(1, a=2) }}",
      "macro 'm' takes no keyword argument 'a'",
      34,
    ],
    [
      "{% macro m(a) %}{% endmacro %}{% call m(1) %}{% endcall %}",
      "macro 'm' takes no keyword argument 'caller'",
      39,
    ],
  ]);
});

Deno.test("compileMacro() lets a macro call the body of a call block", () => {
  checkRenders([
    [
      "{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}x{% endcall %}",
      "<x>",
    ],
    [
      "{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m(1) %}x{% endcall %}",
      "1x",
    ],
    [
      "{% macro m() %}{{ caller(1, b=2) }}{% endmacro %}{% call(a, b) m() %}{{ a }}{{ b }}{% endcall %}",
      "12",
    ],
    [
      "{% macro m() %}{{ caller() }}{% endmacro %}{% call(a=3) m() %}{{ a }}{% endcall %}",
      "3",
    ],
    [
      "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}{% call m() %}{{ a }}{% endcall %}",
      "xx",
      { a: "x" },
    ],
    ["{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }}", "False"],
    [
      "{% macro m(caller=none) %}{{ caller() if caller }}{% endmacro %}{{ m() }}{% call m() %}x{% endcall %}",
      "x",
    ],
  ]);
  checkReasons([
    [
      "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}",
      "No caller defined",
      19,
    ],
    [
      "{% macro m() %}{{ caller(1) }}{% endmacro %}{% call m() %}{% endcall %}",
      "caller() takes not more than 0 argument(s)",
      19,
    ],
    [
      "{% macro m(caller) %}{{ caller() }}{% endmacro %}",
      "the parameter 'caller' needs a default",
      12,
    ],
    [
      "{% macro m(a, a) %}{% endmacro %}",
      "the parameter 'a' is declared twice",
      15,
    ],
    [
      "{% call(a, a) m() %}{% endcall %}",
      "the parameter 'a' is declared twice",
      12,
    ],
  ]);
});

Deno.test("compileMacro() sees the variables around its definition", () => {
  checkRenders([
    ["{% macro m() %}{{ a }}{% endmacro %}{% set a = 1 %}{{ m() }}", "1"],
    [
      "{% macro m() %}{{ a }}{% endmacro %}{% for a in [1] %}{{ m() }}{% endfor %}",
      "c",
      { a: "c" },
    ],
    [
      "{% for a in [1, 2] %}{% macro m() %}{{ a }}{% endmacro %}{{ m() }}{% endfor %}",
      "12",
    ],
    ["{% macro m() %}{% set a = 1 %}{% endmacro %}{{ m() }}[{{ a }}]", "[]"],
    [
      "{% macro m(n) %}{{ n }}{{ m(n - 1) if n }}{% endmacro %}{{ m(3) }}",
      "3210",
    ],
    [
      "{% macro m() %}{{ n() }}{% endmacro %}{% macro n() %}x{% endmacro %}{{ m() }}",
      "x",
    ],
    ["{% if true %}{% macro m() %}x{% endmacro %}{% endif %}{{ m() }}", "x"],
    [
      "{% for i in [1] %}{% macro m() %}x{% endmacro %}{% endfor %}{{ m is defined }}",
      "False",
    ],
  ]);
});

Deno.test("compileMacro() describes a macro by its attributes", () => {
  const m = "{% macro m(a, b=1) %}{{ varargs }}{{ caller }}{% endmacro %}";
  checkRenders([
    [
      `${m}{{ m.name }} {{ m.arguments }} {{ m.catch_varargs }} {{ m.catch_kwargs }} {{ m.caller }}`,
      "m ('a', 'b') True False True",
    ],
    [`${m}{{ m }}`, "<Macro 'm'>"],
    [`${m}{{ m.nope is defined }} {{ m is callable }}`, "False True"],
    [
      "{% macro m() %}{{ caller.name }} {{ caller.arguments }} {{ caller }}{% endmacro %}{% call(q) m() %}{% endcall %}",
      "None ('q',) <Macro anonymous>",
    ],
  ]);
});

Deno.test("compileMacro() returns HTML where it is called under autoescape", () => {
  checkRenders([
    [
      "{% macro m(a) %}<{{ a }}>{% endmacro %}{% autoescape true %}{{ m('<') }}{% endautoescape %}",
      "<<>",
    ],
    [
      "{% autoescape true %}{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(b) }}{% endautoescape %}",
      "<&lt;>",
      { b: "<" },
    ],
    ["{% macro m() %}<{% endmacro %}{{ m() | escape }}", "&lt;"],
  ]);
});

Deno.test("compileMacro() bounds recursion", () => {
  const error = renderFailure(
    "{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}",
  );
  strictEqual(error.name, "TemplateLimitError");
  strictEqual(
    error.reason,
    "macros, blocks or templates are nested more than 250 deep",
  );
  strictEqual(error.line, 1);
});
