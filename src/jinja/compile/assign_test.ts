import {
  checkReasons,
  checkRenders,
  renderFailure,
} from "../../../tests/support/render_cases.ts";
import { strictEqual } from "node:assert/strict";

Deno.test("compileTarget() assigns to names, and unpacks into several", () => {
  checkRenders([
    ["{% set a = 1 %}{{ a }}", "1"],
    ["{% set a, b = 1, 2 %}{{ a }}{{ b }}", "12"],
    ["{% set a, b = [1, 2] %}{{ a }}{{ b }}", "12"],
    ["{% set a, b = 'xy' %}{{ a }}{{ b }}", "xy"],
    ["{% set a, b = {'x': 1, 'y': 2} %}{{ a }}{{ b }}", "xy"],
    ["{% set a, (b, c) = 1, (2, 3) %}{{ a }}{{ b }}{{ c }}", "123"],
    ["{% set a, b = range(2) %}{{ a }}{{ b }}", "01"],
    ["{% set a, a = 1, 2 %}{{ a }}", "2"],
    ["{% set a = 1 %}{% set a, b = 2, a %}{{ a }}{{ b }}", "21"],
    ["{% for k, v in {'x': 1}.items() %}{{ k }}{{ v }}{% endfor %}", "x1"],
    ["{% with a, b = (1, 2) %}{{ a }}{{ b }}{% endwith %}", "12"],
  ]);
});

Deno.test("compileTarget() rejects another number of values, and what has none", () => {
  checkReasons([
    ["{% set a, b = [1] %}", "cannot unpack 1 values into 2 names", 8],
    ["{% set a, b = [1, 2, 3] %}", "cannot unpack 3 values into 2 names", 8],
    ["{% set a, b = 1 %}", "'int' object is not iterable", 8],
    ["{% set a, b = nope %}", "cannot unpack 0 values into 2 names", 8],
    ["{% for a, b in [1] %}{% endfor %}", "'int' object is not iterable", 8],
    [
      "{% for a, (b, c) in [(1, [2])] %}{% endfor %}",
      "cannot unpack 1 values into 2 names",
      12,
    ],
  ]);
});

Deno.test("compileTarget() sets attributes of namespaces, wherever they were created", () => {
  checkRenders([
    ["{% set ns = namespace() %}{% set ns.a = 1 %}{{ ns.a }}", "1"],
    ["{% set ns = namespace(a=1) %}{% set ns.a = ns.a + 1 %}{{ ns.a }}", "2"],
    [
      "{% set ns = namespace(n=0) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
      "3",
    ],
    ["{% set ns = namespace() %}{% set ns.a %}x{% endset %}{{ ns.a }}", "x"],
    [
      "{% macro m(ns) %}{% set ns.a = 1 %}{% endmacro %}{% set n = namespace() %}{{ m(n) }}{{ n.a }}",
      "1",
    ],
  ]);
});

Deno.test("compileTarget() sets attributes of nothing else", () => {
  checkReasons([
    [
      "{% set a = {} %}{% set a.b = 1 %}",
      "'a' is not a namespace, so its attributes cannot be set",
      24,
    ],
    [
      "{% set a.b = 1 %}",
      "'a' is not a namespace, so its attributes cannot be set",
      8,
    ],
  ]);
  const error = renderFailure("{% set a.b = 1 %}", { a: {} });
  strictEqual(
    error.reason,
    "'a' is not a namespace, so its attributes cannot be set",
  );
});

Deno.test("compileTarget() keeps 'loop' for the loop", () => {
  checkReasons([
    [
      "{% for loop in [1] %}{% endfor %}",
      "'loop' cannot be assigned to inside a loop",
      8,
    ],
    [
      "{% for a in [1] %}{% set loop = 1 %}{% endfor %}",
      "'loop' cannot be assigned to inside a loop",
      26,
    ],
    [
      "{% for a in [] %}{% else %}{% set loop = 1 %}{% endfor %}",
      "'loop' cannot be assigned to inside a loop",
      35,
    ],
    [
      "{% for a in [1] %}{% macro m() %}{% set loop = 1 %}{% endmacro %}{% endfor %}",
      "'loop' cannot be assigned to inside a loop",
      41,
    ],
  ]);
  checkRenders([
    ["{% set loop = 1 %}{{ loop }}", "1"],
    [
      "{% for a in [1] %}{% with loop = 2 %}{{ loop }}{% endwith %}{% endfor %}",
      "2",
    ],
    [
      "{% for a in [1] %}{% macro m(loop) %}{{ loop }}{% endmacro %}{{ m(3) }}{% endfor %}",
      "3",
    ],
  ]);
});
