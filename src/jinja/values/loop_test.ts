import { strictEqual } from "node:assert/strict";
import {
  checkRenders,
  renderFailure,
} from "../../../tests/support/render_cases.ts";

Deno.test("LoopContext counts", () => {
  checkRenders([
    [
      "{% for x in 'abc' %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}",
      "1032TrueFalse3 2121FalseFalse3 3210FalseTrue3 ",
    ],
    [
      "{% for x in [5] %}{{ loop.index }}{{ loop.first }}{{ loop.last }}{% endfor %}",
      "1TrueTrue",
    ],
    [
      "{% for x in ['a', 'b'] | map('upper') %}{{ loop.index }}/{{ loop.length }}{{ x }} {% endfor %}",
      "1/2A 2/2B ",
    ],
    [
      "{% for x in ['a', 'b', 'c'] | map('upper') %}{{ loop.last }}{{ loop.length }}{{ x }} {% endfor %}",
      "False3A False3B True3C ",
    ],
    [
      "{% for x in ['a', 'b'] | map('upper') %}{{ loop.revindex }}{{ x }} {% endfor %}",
      "2A 1B ",
    ],
    [
      "{% for x in [1, 2, 3, 4] if x % 2 %}{{ loop.index }}of{{ loop.length }} {% endfor %}",
      "1of2 2of2 ",
    ],
    ["{% for x in {'a': 1, 'b': 2} %}{{ loop.length }}{% endfor %}", "22"],
    ["{% for x in range(3) %}{{ loop.length }}{% endfor %}", "333"],
  ]);
});

Deno.test("LoopContext knows its neighbors", () => {
  checkRenders([
    [
      "{% for x in 'abc' %}[{{ loop.previtem }}{{ x }}{{ loop.nextitem }}]{% endfor %}",
      "[ab][abc][bc]",
    ],
    [
      "{% for x in [1, 2] %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }} {% endfor %}",
      "FalseTrue TrueFalse ",
    ],
    [
      "{% for x in ['a', 'b'] | map('upper') %}{{ loop.nextitem }}{% endfor %}",
      "B",
    ],
    [
      "{% for x in [none, 1] %}{{ loop.previtem }}|{{ loop.nextitem }};{% endfor %}",
      "|1;None|;",
    ],
  ]);
  strictEqual(
    renderFailure("{% for x in [1] %}{{ loop.previtem.x }}{% endfor %}").reason,
    "there is no previous item",
  );
  strictEqual(
    renderFailure("{% for x in [1] %}{{ loop.nextitem.x }}{% endfor %}").reason,
    "there is no next item",
  );
});

Deno.test("LoopContext cycles, and notices changes", () => {
  checkRenders([
    ["{% for x in range(5) %}{{ loop.cycle('a', 'b') }}{% endfor %}", "ababa"],
    ["{% for x in range(3) %}{{ loop.cycle(1) }}{% endfor %}", "111"],
    [
      "{% for x in [1, 1, 2, 2, 1] %}{{ x if loop.changed(x) else '-' }}{% endfor %}",
      "1-2-1",
    ],
    [
      "{% for x in [1, 1.0, true] %}{{ loop.changed(x) }}{% endfor %}",
      "TrueFalseFalse",
    ],
    ["{% for x in [1, 2] %}{{ loop.changed() }}{% endfor %}", "TrueFalse"],
    [
      "{% for x in [[1], [1], [2]] %}{{ loop.changed(x, 0) }}{% endfor %}",
      "TrueFalseTrue",
    ],
  ]);
  strictEqual(
    renderFailure("{% for x in range(2) %}{{ loop.cycle() }}{% endfor %}")
      .reason,
    "no items for cycling given",
  );
});

Deno.test("LoopContext recurses", () => {
  checkRenders([
    [
      "{% for x in [[1, [2, [3]]]] recursive %}{% if x is iterable %}[{{ loop(x) }}]{% else %}{{ x }}@{{ loop.depth }}/{{ loop.depth0 }} {% endif %}{% endfor %}",
      "[1@2/1 [2@3/2 [3@4/3 ]]]",
    ],
    [
      "{% for x in [[1]] recursive %}{{ loop.depth }}{% if x is iterable %}{{ loop(x) }}{% endif %}{% endfor %}",
      "12",
    ],
    [
      "{% for x in [1, 2] recursive %}{{ x }}{{ loop([3] if x == 1 else []) if x < 3 }}{% endfor %}",
      "132",
    ],
  ]);
  strictEqual(
    renderFailure("{% for x in [1] %}{{ loop([2]) }}{% endfor %}").reason,
    "The loop must have the 'recursive' marker to be called recursively.",
  );
});

Deno.test("LoopContext is a value", () => {
  checkRenders([
    [
      "{% for x in [1, 2] %}{{ loop }}{% endfor %}",
      "<LoopContext 1/2><LoopContext 2/2>",
    ],
    ["{% for x in [1] %}{{ loop.nosuch }}|{% endfor %}", "|"],
    ["{% for x in [1] %}{{ loop | length }}{% endfor %}", "1"],
    [
      "{% for x in [1, 2] %}{% set l = loop %}{% for y in [3] %}{{ l.index }}{{ loop.index }} {% endfor %}{% endfor %}",
      "11 21 ",
    ],
    ["{{ loop }}", ""],
    ["{% for x in [] %}x{% else %}none{% endfor %}", "none"],
  ]);
  strictEqual(
    renderFailure("{% for x in [1] %}{{ loop.nosuch.x }}{% endfor %}").reason,
    "'jinja2.runtime.LoopContext object' has no attribute 'nosuch'",
  );
  strictEqual(
    renderFailure("{% for x in [1] %}{{ loop < 1 }}{% endfor %}").reason,
    "'<' not supported between instances of 'LoopContext' and 'int'",
  );
});
