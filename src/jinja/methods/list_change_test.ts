import { strictEqual } from "node:assert/strict";
import {
  checkRenders,
  renderFailure,
} from "../../../tests/support/render_cases.ts";

Deno.test("methods change a template's own list", () => {
  checkRenders([
    ["{% set l = [1, 2] %}{{ l.append(3) }} {{ l }}", "None [1, 2, 3]"],
    ["{% set l = [1, 2] %}{{ l.append(none) }} {{ l }}", "None [1, 2, None]"],
    ["{% set l = [1, 2] %}{{ l.append([3]) }} {{ l }}", "None [1, 2, [3]]"],
    ["{% set l = [1, 2] %}{{ l.extend([3, 4]) }} {{ l }}", "None [1, 2, 3, 4]"],
    [
      "{% set l = [1, 2] %}{{ l.extend('ab') }} {{ l }}",
      "None [1, 2, 'a', 'b']",
    ],
    [
      "{% set l = [1, 2] %}{{ l.extend({'a': 1}) }} {{ l }}",
      "None [1, 2, 'a']",
    ],
    [
      "{% set l = [1, 2] %}{{ l.extend(range(2)) }} {{ l }}",
      "None [1, 2, 0, 1]",
    ],
    ["{% set l = [1, 2] %}{{ l.extend([]) }} {{ l }}", "None [1, 2]"],
    ["{% set l = [1, 2] %}{{ l.insert(0, 9) }} {{ l }}", "None [9, 1, 2]"],
    ["{% set l = [1, 2] %}{{ l.insert(1, 9) }} {{ l }}", "None [1, 9, 2]"],
    ["{% set l = [1, 2] %}{{ l.insert(-1, 9) }} {{ l }}", "None [1, 9, 2]"],
    ["{% set l = [1, 2] %}{{ l.insert(99, 9) }} {{ l }}", "None [1, 2, 9]"],
    ["{% set l = [1, 2] %}{{ l.insert(-99, 9) }} {{ l }}", "None [9, 1, 2]"],
    ["{% set l = [1, 2] %}{{ l.insert(true, 9) }} {{ l }}", "None [1, 9, 2]"],
    ["{% set l = [1, 2] %}{{ l.pop() }} {{ l }}", "2 [1]"],
    ["{% set l = [1, 2] %}{{ l.pop(0) }} {{ l }}", "1 [2]"],
    ["{% set l = [1, 2] %}{{ l.pop(-1) }} {{ l }}", "2 [1]"],
    ["{% set l = [1, 2] %}{{ l.remove(2) }} {{ l }}", "None [1]"],
    ["{% set l = [1, 2] %}{{ l.remove(1.0) }} {{ l }}", "None [2]"],
    ["{% set l = [1, 2] %}{{ l.reverse() }} {{ l }}", "None [2, 1]"],
    ["{% set l = [1, 2] %}{{ l.clear() }} {{ l }}", "None []"],
    ["{% set l = [1, 2] %}{{ l.copy() }} {{ l }}", "[1, 2] [1, 2]"],
  ]);
});

Deno.test("sort orders a template's own list", () => {
  checkRenders([
    ["{% set l = [3, 1, 2] %}{{ l.sort() }} {{ l }}", "None [1, 2, 3]"],
    [
      "{% set l = [3, 1, 2] %}{{ l.sort(reverse=true) }} {{ l }}",
      "None [3, 2, 1]",
    ],
    [
      "{% set l = ['b', 'A', 'c'] %}{{ l.sort() }} {{ l }}",
      "None ['A', 'b', 'c']",
    ],
    [
      "{% set l = [[2, 'x'], [1, 'y'], [2, 'a']] %}{{ l.sort() }} {{ l }}",
      "None [[1, 'y'], [2, 'a'], [2, 'x']]",
    ],
    ["{% set l = [] %}{{ l.sort() }} {{ l }}", "None []"],
    [
      "{% set l = [1, 1.0, true] %}{{ l.sort() }} {{ l }}",
      "None [1, 1.0, True]",
    ],
    [
      "{% set l = [1, 1.0, true] %}{{ l.sort(reverse=true) }} {{ l }}",
      "None [1, 1.0, True]",
    ],
    ["{% set l = [2, 1] %}{{ l.sort(reverse=0) }} {{ l }}", "None [1, 2]"],
    ["{% set l = [2, 1] %}{{ l.sort(reverse=5) }} {{ l }}", "None [2, 1]"],
    [
      "{% macro k(x) %}{{ x[1] }}{% endmacro %}{% set l = ['ab', 'ca', 'bc'] %}{{ l.sort(key=k) }} {{ l }}",
      "None ['ca', 'ab', 'bc']",
    ],
    [
      "{% set l = ['b', 'a'] %}{{ l.sort(key=none) }} {{ l }}",
      "None ['a', 'b']",
    ],
  ]);
});

Deno.test("a list changes wherever it is seen", () => {
  checkRenders([
    [
      "{% set a = [1] %}{% set b = a %}{% set _ = b.append(2) %}{{ a }}",
      "[1, 2]",
    ],
    [
      "{% set a = [1] %}{% set b = a.copy() %}{% set _ = b.append(2) %}{{ a }}",
      "[1]",
    ],
    ["{% set a = [[1]] %}{% set _ = a[0].append(2) %}{{ a }}", "[[1, 2]]"],
    [
      "{% set a = [1] %}{% for x in [1, 2] %}{% set _ = a.append(x) %}{% endfor %}{{ a }}",
      "[1, 1, 2]",
    ],
    [
      "{% macro m(l) %}{% set _ = l.append(9) %}{% endmacro %}{% set a = [] %}{{ m(a) }}{{ a }}",
      "[9]",
    ],
    ["{% set t = ([],) %}{% set _ = t[0].append(1) %}{{ t }}", "([1],)"],
    [
      "{% set a = [1, 2, 3][1:] %}{% set _ = a.append(4) %}{{ a }}",
      "[2, 3, 4]",
    ],
    ["{% set a = [1] + [2] %}{% set _ = a.append(3) %}{{ a }}", "[1, 2, 3]"],
    ["{% set a = [0] * 2 %}{% set _ = a.append(1) %}{{ a }}", "[0, 0, 1]"],
    [
      "{% set a = 'a,b'.split(',') %}{% set _ = a.append('c') %}{{ a }}",
      "['a', 'b', 'c']",
    ],
  ]);
});

Deno.test("a template sees its changes of the context", () => {
  checkRenders([
    ["{{ l.append(4) }} {{ l }}", "None [3, 1, 2, 4]", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    ["{{ l.sort() }} {{ l }}", "None [1, 2, 3]", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    ["{{ l.pop() }} {{ l }} {{ l.pop(0) }} {{ l }}", "2 [3, 1] 3 [1]", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    ["{% set _ = d.b.c.append(2) %}{{ d }}", "{'a': 1, 'b': {'c': [1, 2]}}", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    ["a{{ l.insert(0, 'x') }}b{{ l }}", "aNoneb['x', 3, 1, 2]", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    [
      "{% for x in l %}{% set _ = d.b.c.append(x) %}{% endfor %}{{ d.b.c }}",
      "[1, 3, 1, 2]",
      { l: [3, 1, 2], d: { a: 1, b: { c: [1] } } },
    ],
    ["{% if l.remove(1) is none %}{{ l }}{% endif %}", "[3, 2]", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    ["{% set m = l %}{% set _ = m.clear() %}{{ l }}{{ m }}", "[][]", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
  ]);
});

Deno.test("a change that fails leaves the list as it was", () => {
  strictEqual(
    renderFailure("{% set l = [1, 2] %}{{ l.remove(9) }}").reason,
    "list.remove(x): x not in list",
  );
  strictEqual(
    renderFailure("{% set l = [1] %}{{ l.pop(5) }}").reason,
    "pop index out of range",
  );
  strictEqual(
    renderFailure("{% set l = [1, 'a'] %}{{ l.sort() }}").reason,
    "'<' not supported between instances of 'str' and 'int'",
  );
  strictEqual(
    renderFailure("{% set l = [1] %}{{ l.extend(5) }}").reason,
    "'int' object is not iterable",
  );
});
