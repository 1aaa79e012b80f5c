import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

const context = {
  "u": [{ "n": "ann", "age": 31, "tags": ["x"], "boss": { "n": "Zed" } }, {
    "n": "bob",
    "age": 27,
    "tags": [],
  }, { "n": "Cy", "age": 31, "tags": ["y", "x"], "boss": { "n": "ann" } }],
  "l": [3, 1, 2],
  "w": ["b", "A", "c", "a"],
  "d": { "b": 1, "C": 3, "a": 2 },
};

Deno.test("dictsort sorts the pairs of a mapping", () => {
  checkExpressions([
    ["d | dictsort", "[('a', 2), ('b', 1), ('C', 3)]"],
    ["d | dictsort(true)", "[('C', 3), ('a', 2), ('b', 1)]"],
    ["d | dictsort(case_sensitive=true)", "[('C', 3), ('a', 2), ('b', 1)]"],
    ["d | dictsort(false, 'value')", "[('b', 1), ('a', 2), ('C', 3)]"],
    [
      "d | dictsort(by='value', reverse=true)",
      "[('C', 3), ('a', 2), ('b', 1)]",
    ],
    ["d | dictsort(reverse=true)", "[('C', 3), ('b', 1), ('a', 2)]"],
    ["{'x': 'B', 'y': 'a'} | dictsort(by='value')", "[('y', 'a'), ('x', 'B')]"],
    [
      "{'x': 'B', 'y': 'a'} | dictsort(true, 'value')",
      "[('x', 'B'), ('y', 'a')]",
    ],
    [
      "{2: 'b', 1: 'a', 1.5: 'c'} | dictsort",
      "[(1, 'a'), (1.5, 'c'), (2, 'b')]",
    ],
    ["{} | dictsort", "[]"],
    ["d | dictsort | map('first') | list", "['a', 'b', 'C']"],
    ["{'a': none, 'b': 1} | dictsort(by='value')", {
      error: "'<' not supported between instances of 'int' and 'NoneType'",
    }],
    ["{1: 'a', 'b': 2} | dictsort", {
      error: "'<' not supported between instances of 'str' and 'int'",
    }],
    ["d | dictsort(by='size')", {
      error: 'You can only sort by either "key" or "value"',
    }],
    ["d | dictsort(by=1)", {
      error: 'You can only sort by either "key" or "value"',
    }],
    ["l | dictsort", { error: "'list' object has no attribute 'items'" }],
    ["none | dictsort", {
      error: "'NoneType' object has no attribute 'items'",
    }],
    ["missing | dictsort", { error: "'missing' is undefined" }],
    ["d | dictsort(false, 'key', false, 1)", {
      error: "dictsort() takes at most 4 arguments (5 given)",
    }],
  ], { context });
});

Deno.test("groupby groups items by an attribute", () => {
  checkExpressions([
    ["u | groupby('age') | map('first') | list", "[27, 31]"],
    ["u | groupby('age') | map('last') | map('length') | list", "[1, 2]"],
    ["u | groupby('n') | map('first') | list", "['ann', 'bob', 'Cy']"],
    [
      "u | groupby('n', case_sensitive=true) | map('first') | list",
      "['Cy', 'ann', 'bob']",
    ],
    [
      "u | groupby('boss.n', default='none') | map('first') | list",
      "['ann', 'none', 'Zed']",
    ],
    [
      "u | groupby('boss.n', 'none', true) | map('first') | list",
      "['Zed', 'ann', 'none']",
    ],
    [
      "u | groupby(attribute='tags.0', default='') | map('first') | list",
      "['', 'x', 'y']",
    ],
    ["(u | groupby('age') | first).grouper", "27"],
    [
      "(u | groupby('age') | last).list | map(attribute='n') | list",
      "['ann', 'Cy']",
    ],
    [
      "[(1, 'a'), (2, 'b'), (1, 'c')] | groupby(0)",
      "[(1, [(1, 'a'), (1, 'c')]), (2, [(2, 'b')])]",
    ],
    [
      "[[1, 'x'], [1, 'y']] | groupby('0') | first",
      "(1, [[1, 'x'], [1, 'y']])",
    ],
    [
      "[{'v': 1}, {'v': true}, {'v': 1.0}] | groupby('v') | map('first') | list",
      "[1]",
    ],
    [
      "[{'k': 'b'}, {'k': 'B'}, {'k': 'a'}] | groupby('k') | map('first') | list",
      "['a', 'b']",
    ],
    ["[] | groupby('x')", "[]"],
    ["u | groupby('nope') | length", {
      error: "'dict object' has no attribute 'nope'",
    }],
    ["w | groupby('nope', default=1) | length", "1"],
    ["u | groupby('boss.n') | length", {
      error: "'dict object' has no attribute 'boss'",
    }],
    ["[{'v': 1}, {'v': 'a'}] | groupby('v')", {
      error: "'<' not supported between instances of 'str' and 'int'",
    }],
    ["u | groupby", {
      error: "groupby() missing 1 required positional argument: 'attribute'",
    }],
    ["5 | groupby('x')", { error: "'int' object is not iterable" }],
    ["none | groupby('x')", { error: "'NoneType' object is not iterable" }],
    ["missing | groupby('x')", "[]"],
    ["u | groupby('age', 1, 2, 3)", {
      error: "groupby() takes at most 4 arguments (5 given)",
    }],
  ], { context });
});

Deno.test("max and min return the largest and the smallest item", () => {
  checkExpressions([
    ["l | max", "3"],
    ["l | min", "1"],
    ["w | max", "'c'"],
    ["w | min", "'A'"],
    ["w | max(true)", "'c'"],
    ["w | min(case_sensitive=true)", "'A'"],
    ["['a', 'A'] | max", "'a'"],
    ["['A', 'a'] | min", "'A'"],
    ["(u | max(attribute='age')).n", "'ann'"],
    ["(u | min(false, 'age')).n", "'bob'"],
    ["(u | max(attribute='n')).n", "'Cy'"],
    ["(u | max(true, 'n')).n", "'bob'"],
    ["[1, 1.0, true] | max", "1"],
    ["[2 ** 70, 1e30] | min", "1180591620717411303424"],
    ["[[1, 2], [1, 3], []] | max", "[1, 3]"],
    ["'hello' | max", "'o'"],
    ["d | min", "'a'"],
    ["range(5) | max", "4"],
    ["l | map('string') | max", "'3'"],
    ["[] | max is undefined", "True"],
    ["[] | min", "Undefined"],
    ["[none] | max", "None"],
    ["missing | max is undefined", "True"],
    ["[1, 'a'] | max", {
      error: "'>' not supported between instances of 'str' and 'int'",
    }],
    ["[1, 'a'] | min", {
      error: "'<' not supported between instances of 'str' and 'int'",
    }],
    ["[none, 1] | max", {
      error: "'>' not supported between instances of 'int' and 'NoneType'",
    }],
    ["5 | max", { error: "'int' object is not iterable" }],
    ["(u | max(attribute='nope')).n", {
      error: "'dict object' has no attribute 'nope'",
    }],
    ["l | max(true, none, 1)", {
      error: "max() takes at most 3 arguments (4 given)",
    }],
  ], { context });
});

Deno.test("sort sorts items by themselves or by attributes", () => {
  checkExpressions([
    ["l | sort", "[1, 2, 3]"],
    ["l | sort(true)", "[3, 2, 1]"],
    ["l | sort(reverse=true)", "[3, 2, 1]"],
    ["w | sort", "['A', 'a', 'b', 'c']"],
    ["w | sort(false, true)", "['A', 'a', 'b', 'c']"],
    ["w | sort(case_sensitive=true, reverse=true)", "['c', 'b', 'a', 'A']"],
    ["['a', 'A', 'b', 'B'] | sort(reverse=true)", "['b', 'B', 'a', 'A']"],
    [
      "u | sort(attribute='n') | map(attribute='n') | list",
      "['ann', 'bob', 'Cy']",
    ],
    [
      "u | sort(attribute='age,n') | map(attribute='n') | list",
      "['bob', 'ann', 'Cy']",
    ],
    [
      "u | sort(true, true, 'age,n') | map(attribute='n') | list",
      "['ann', 'Cy', 'bob']",
    ],
    [
      "u | sort(attribute='age') | map(attribute='n') | list",
      "['bob', 'ann', 'Cy']",
    ],
    [
      "u | sort(attribute='age', reverse=true) | map(attribute='n') | list",
      "['ann', 'Cy', 'bob']",
    ],
    ["[[2, 'b'], [1, 'z'], [2, 'a']] | sort", "[[1, 'z'], [2, 'a'], [2, 'b']]"],
    ["[[2, 'b'], [1, 'z']] | sort(attribute=1)", "[[2, 'b'], [1, 'z']]"],
    [
      "[[2, 'b'], [1, 'z'], [2, 'a']] | sort(attribute='0,1')",
      "[[1, 'z'], [2, 'a'], [2, 'b']]",
    ],
    ["[(2, 1), (1, 2)] | sort", "[(1, 2), (2, 1)]"],
    [
      "[1.5, 1, true, 2 ** 70] | sort",
      "[1, True, 1.5, 1180591620717411303424]",
    ],
    ["'hello' | sort", "['e', 'h', 'l', 'l', 'o']"],
    ["d | sort", "['a', 'b', 'C']"],
    ["range(3) | sort(reverse=true)", "[2, 1, 0]"],
    ["l | map('string') | sort", "['1', '2', '3']"],
    ["[] | sort", "[]"],
    ["[none] | sort", "[None]"],
    ["missing | sort", "[]"],
    ["['ä', 'z', 'Z'] | sort", "['z', 'Z', 'ä']"],
    ["['10', '9', '1'] | sort", "['1', '10', '9']"],
    ["[3, 'a'] | sort", {
      error: "'<' not supported between instances of 'str' and 'int'",
    }],
    ["[none, 1] | sort", {
      error: "'<' not supported between instances of 'int' and 'NoneType'",
    }],
    ["[{}, {}] | sort", "[{}, {}]"],
    ["u | sort(attribute='boss.n') | length", {
      error: "'dict object' has no attribute 'boss'",
    }],
    ["l | sort('yes')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["l | sort(1)", "[3, 2, 1]"],
    ["5 | sort", { error: "'int' object is not iterable" }],
    ["none | sort", { error: "'NoneType' object is not iterable" }],
    ["l | sort(true, true, none, 1)", {
      error: "sort() takes at most 4 arguments (5 given)",
    }],
  ], { context });
});
