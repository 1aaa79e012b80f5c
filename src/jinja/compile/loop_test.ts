import { strictEqual } from "node:assert/strict";
import {
  checkReasons,
  checkRenders,
  renderFailure,
} from "../../../tests/support/render_cases.ts";

Deno.test("compileFor() loops over lists, strings, mappings, tuples and ranges", () => {
  checkRenders([
    ["{% for a in [1, 2] %}{{ a }};{% endfor %}", "1;2;"],
    ["{% for a in 'né😀' %}{{ a }};{% endfor %}", "n;é;😀;"],
    ["{% for a in {'x': 1, 'y': 2} %}{{ a }};{% endfor %}", "x;y;"],
    ["{% for a, b in {'x': 1}.items() %}{{ a }}={{ b }}{% endfor %}", "x=1"],
    ["{% for a in (1, 2) %}{{ a }};{% endfor %}", "1;2;"],
    ["{% for a in 1, 2 %}{{ a }};{% endfor %}", "1;2;"],
    ["{% for a in range(3) %}{{ a }}{% endfor %}", "012"],
    ["{% for a in 'ab' | map('upper') %}{{ a }}{% endfor %}", "AB"],
    ["{% for a in nope %}{{ a }}{% endfor %}", ""],
    ["{% for a in m %}{{ a }}{% endfor %}", "k", { m: { k: 1 } }],
  ]);
  checkReasons([
    ["{% for a in 1 %}{% endfor %}", "'int' object is not iterable", 13],
    [
      "{% for a in none %}{% endfor %}",
      "'NoneType' object is not iterable",
      13,
    ],
    ["{% for a in nope.b %}{% endfor %}", "'nope' is undefined", 13],
  ]);
});

Deno.test("compileFor() keeps what its body sets to one iteration", () => {
  checkRenders([
    ["{% for a in [1, 2] %}{% set b = a %}{% endfor %}[{{ b }}]", "[]"],
    [
      "{% set b = 0 %}{% for a in [1] %}{% set b = 1 %}{{ b }}{% endfor %}{{ b }}",
      "10",
    ],
    [
      "{% for a in [1, 2] %}{{ b }}{% set b = a %}{{ b }}{% endfor %}",
      "12",
      {},
    ],
    ["{% for a in [1] %}{% endfor %}[{{ a }}]", "[]"],
    ["{% set a = 'x' %}{% for a in [1] %}{{ a }}{% endfor %}{{ a }}", "1x"],
  ]);
});

Deno.test("compileFor() runs its else without items, or if no iteration ended", () => {
  checkRenders([
    ["{% for a in [] %}b{% else %}c{% endfor %}", "c"],
    ["{% for a in [1] %}b{% else %}c{% endfor %}", "b"],
    ["{% for a in [1] if a > 1 %}b{% else %}c{% endfor %}", "c"],
    ["{% for a in [1] %}{% break %}{% else %}c{% endfor %}", "c"],
    ["{% for a in [1, 2] %}{% continue %}{% else %}c{% endfor %}", "c"],
    [
      "{% for a in [1, 2] %}{% if a == 2 %}{% break %}{% endif %}{% else %}c{% endfor %}",
      "",
    ],
    [
      "{% for a in [] %}{% else %}{% set b = 1 %}{{ b }}{% endfor %}[{{ b }}]",
      "1[]",
    ],
  ]);
});

Deno.test("compileFor() filters items before the loop counts them", () => {
  checkRenders([
    [
      "{% for a in range(6) if a % 2 %}{{ loop.index }}:{{ a }} {% endfor %}",
      "1:1 2:3 3:5 ",
    ],
    [
      "{% for a in [1, 2, 3] if a != 2 %}{{ loop.length }}{{ loop.last }} {% endfor %}",
      "2False 2True ",
    ],
    ["{% for a, b in [(1, 2), (3, 4)] if b > 2 %}{{ a }}{% endfor %}", "3"],
    ["{% for a in [1, 2] if a == b %}{{ a }}{% endfor %}", "2", { b: 2 }],
    ["{% for a in [1] if nope %}{% else %}none{% endfor %}", "none"],
  ]);
  checkReasons([
    [
      "{% for a in [1] if a.b.c %}{% endfor %}",
      "'int object' has no attribute 'b'",
      20,
    ],
  ]);
});

Deno.test("compileFor() provides loop", () => {
  checkRenders([
    [
      "{% for a in 'xy' %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }} {% endfor %}",
      "1021 2110 ",
    ],
    [
      "{% for a in 'xyz' %}{{ loop.first }}{{ loop.last }} {% endfor %}",
      "TrueFalse FalseFalse FalseTrue ",
    ],
    [
      "{% for a in 'xy' %}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }} {% endfor %}",
      "210 210 ",
    ],
    [
      "{% for a in 'xyz' %}{{ loop.previtem }}{{ a }}{{ loop.nextitem }} {% endfor %}",
      "xy xyz yz ",
    ],
    ["{% for a in 'xyz' %}{{ loop.cycle('o', 'e') }}{% endfor %}", "oeo"],
    [
      "{% for a in [1, 1, 2] %}{{ loop.changed(a) }} {% endfor %}",
      "True False True ",
    ],
    [
      "{% for a in 'xy' %}{% for b in 'z' %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor %}",
      "1112",
    ],
    [
      "{% for a in 'xy' %}{% set outer = loop %}{% for b in 'z' %}{{ outer.index }}{% endfor %}{% endfor %}",
      "12",
    ],
    [
      "{% for a in 'x' %}{% if true %}{{ loop.index }}{% endif %}{% endfor %}",
      "1",
    ],
    [
      "{% for a in [1, 2, 3] | reject('odd') %}{{ loop.length }}{{ a }}{% endfor %}",
      "12",
    ],
  ]);
  checkRenders([
    ["[{{ loop }}]", "[]"],
    ["{% for a in [1] %}{% else %}{% endfor %}{{ loop is defined }}", "False"],
  ]);
});

Deno.test("compileFor() breaks and continues the innermost loop", () => {
  checkRenders([
    [
      "{% for a in range(5) %}{% if a == 2 %}{% break %}{% endif %}{{ a }}{% endfor %}",
      "01",
    ],
    [
      "{% for a in range(4) %}{% if a is odd %}{% continue %}{% endif %}{{ a }}{% endfor %}",
      "02",
    ],
    [
      "{% for a in 'xy' %}{% for b in 'zw' %}{% break %}{% endfor %}{{ a }}{% endfor %}",
      "xy",
    ],
    ["{% for a in 'xy' %}{% with %}{% break %}{% endwith %}{% endfor %}z", "z"],
    [
      "{% for a in 'xy' %}{{ a }}{% autoescape true %}{% continue %}{% endautoescape %}z{% endfor %}",
      "xy",
    ],
  ]);
  checkReasons([
    ["{% break %}", "{% break %} stands outside a loop", 4],
    ["{% continue %}", "{% continue %} stands outside a loop", 4],
    [
      "{% for a in b %}{% else %}{% break %}{% endfor %}",
      "{% break %} stands outside a loop",
      30,
    ],
    [
      "{% for a in b %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}",
      "{% break %} stands outside a loop",
      35,
    ],
    [
      "{% for a in b %}{% block c %}{% continue %}{% endblock %}{% endfor %}",
      "{% continue %} stands outside a loop",
      33,
    ],
  ]);
});

Deno.test("compileFor() runs a recursive loop for other items", () => {
  const tree = [
    { n: "a", c: [{ n: "b", c: [] }, { n: "c", c: [{ n: "d", c: [] }] }] },
    { n: "e", c: [] },
  ];
  checkRenders([
    [
      "{% for i in tree recursive %}{{ i.n }}{% if i.c %}({{ loop(i.c) }}){% endif %}{% endfor %}",
      "a(bc(d))e",
      { tree },
    ],
    [
      "{% for i in tree recursive %}{{ loop.depth }}{{ loop(i.c) }}{% endfor %}",
      "12231",
      { tree },
    ],
    [
      "{% for i in tree if i.n != 'c' recursive %}{{ i.n }}{{ loop(i.c) }}{% endfor %}",
      "abe",
      { tree },
    ],
    [
      "{% for i in [[1], []] recursive %}{{ loop(i) if i is iterable else i }}{% else %}x{% endfor %}",
      "1x",
    ],
  ]);
  checkReasons([
    [
      "{% for a in [1] %}{{ loop([]) }}{% endfor %}",
      "The loop must have the 'recursive' marker to be called recursively.",
      22,
    ],
    [
      "{% for a in [1] recursive %}{{ loop(1) }}{% endfor %}",
      "'int' object is not iterable",
      13,
    ],
  ]);
});

Deno.test("compileFor() bounds recursion", () => {
  const { reason } = renderFailure(
    "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
  );
  strictEqual(
    reason,
    "macros, blocks or templates are nested more than 250 deep",
  );
});
