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

Deno.test("map calls a filter on each item", () => {
  checkExpressions([
    ["w | map('upper') | list", "['B', 'A', 'C', 'A']"],
    ["w | map('replace', 'a', 'x') | list", "['b', 'A', 'c', 'x']"],
    ["w | map('center', width=3) | list", "[' b ', ' A ', ' c ', ' a ']"],
    ["l | map('string') | list", "['3', '1', '2']"],
    ["[[1, 2], [3]] | map('first') | list", "[1, 3]"],
    ["[[1], [2, 3]] | map('join', '-') | list", "['1', '2-3']"],
    ["[1, missing] | map('default', 'x') | list", "[1, 'x']"],
    ["'ab' | map('upper') | list", "['A', 'B']"],
    ["d | map('upper') | list", "['B', 'C', 'A']"],
    ["range(3) | map('string') | join", "'012'"],
    ["w | map('upper') | map('lower') | first", "'b'"],
    ["[] | map('upper') | list", "[]"],
    ["missing | map('upper') | list", "[]"],
    ["none | map('upper') | list", "[]"],
    ["0 | map('nope') | list", "[]"],
    ["w | map('nope') | list", { error: "no filter named 'nope'" }],
    ["w | map(5) | list", { error: "no filter named 5" }],
    ["w | map | list", { error: "map requires a filter argument" }],
    ["w | map('upper', 1) | list", {
      error: "upper() takes exactly 1 argument (2 given)",
    }],
    ["w | map('center', wide=3) | list", {
      error: "center() got an unexpected keyword argument 'wide'",
    }],
    ["5 | map('upper') | list", { error: "'int' object is not iterable" }],
    ["[1] | map('upper') is iterable", "True"],
    ["[1] | map('upper') is string", "False"],
  ], { context });
});

Deno.test("map looks up an attribute of each item", () => {
  checkExpressions([
    ["u | map(attribute='n') | list", "['ann', 'bob', 'Cy']"],
    ["u | map(attribute='boss.n', default='-') | list", "['Zed', '-', 'ann']"],
    ["u | map(attribute='tags.0') | list", "['x', Undefined, 'y']"],
    [
      "u | map(attribute='tags.0', default=none) | list",
      "['x', Undefined, 'y']",
    ],
    ["[[1, 2], [3, 4]] | map(attribute=1) | list", "[2, 4]"],
    ["[[1, 2], [3, 4]] | map(attribute='1') | list", "[2, 4]"],
    ["[[1], []] | map(attribute=0, default='-') | list", "[1, '-']"],
    ["['ab'] | map(attribute=0) | list", "['a']"],
    ["u | map(attribute='boss.n') | list", {
      error: "'dict object' has no attribute 'boss'",
    }],
    [
      "w | map(attribute='nope') | list",
      "[Undefined, Undefined, Undefined, Undefined]",
    ],
    ["u | map(attribute='n', extra=1) | list", {
      error: "Unexpected keyword argument 'extra'",
    }],
    ["u | map(default=1) | list", { error: "map requires a filter argument" }],
    ["u | map('upper', attribute='n') | list", {
      error: "upper() got an unexpected keyword argument 'attribute'",
    }],
    ["u | map(attribute='n.x.y') | list", {
      error: "'str object' has no attribute 'x'",
    }],
  ], { context });
});

Deno.test("select and reject test each item", () => {
  checkExpressions([
    ["l | select('odd') | list", "[3, 1]"],
    ["l | reject('odd') | list", "[2]"],
    ["[0, 1, '', 'a', none, []] | select | list", "[1, 'a']"],
    ["[0, 1, '', 'a', none, []] | reject | list", "[0, '', None, []]"],
    ["l | select('>', 1) | list", "[3, 2]"],
    ["l | reject('greaterthan', 1) | list", "[1]"],
    ["l | select('divisibleby', num=3) | list", "[3]"],
    ["l | select('in', [1, 2]) | list", "[1, 2]"],
    ["w | select('upper') | list", "['A']"],
    ["[1, missing] | select('defined') | list", "[1]"],
    ["[1, '1', none] | reject('string') | list", "[1, None]"],
    ["l | select('odd') | first", "3"],
    ["range(10) | select('even') | sum", "20"],
    ["'aBc' | select('lower') | list", "['a', 'c']"],
    ["missing | select('odd') | list", "[]"],
    ["none | reject('odd') | list", "[]"],
    ["l | select('nope') | list", { error: "no test named 'nope'" }],
    ["l | reject(5) | list", { error: "no test named 5" }],
    ["l | select('odd', 1) | list", {
      error: "odd() takes exactly 1 argument (2 given)",
    }],
    ["l | select('divisibleby') | list", {
      error: "divisibleby() missing 1 required positional argument: 'num'",
    }],
    ["['a'] | select('odd') | list", {
      error: "not all arguments converted during string formatting",
    }],
    ["5 | select('odd') | list", { error: "'int' object is not iterable" }],
  ], { context });
});

Deno.test("selectattr and rejectattr test an attribute of each item", () => {
  checkExpressions([
    ["u | selectattr('tags') | map(attribute='n') | list", "['ann', 'Cy']"],
    ["u | rejectattr('tags') | map(attribute='n') | list", "['bob']"],
    [
      "u | selectattr('age', 'equalto', 31) | map(attribute='n') | list",
      "['ann', 'Cy']",
    ],
    ["u | rejectattr('age', '==', 31) | map(attribute='n') | list", "['bob']"],
    ["u | selectattr('boss.n', 'defined') | map(attribute='n') | list", {
      error: "'dict object' has no attribute 'boss'",
    }],
    ["u | selectattr('boss') | map(attribute='n') | list", "['ann', 'Cy']"],
    [
      "u | selectattr('tags.0', 'eq', 'x') | map(attribute='n') | list",
      "['ann']",
    ],
    ["[[0, 1], [1, 0]] | selectattr(0) | list", "[[1, 0]]"],
    ["[[0, 1], [1, 0]] | rejectattr('0') | list", "[[0, 1]]"],
    [
      "u | selectattr('n', 'in', ['bob', 'Cy']) | map(attribute='n') | list",
      "['bob', 'Cy']",
    ],
    ["u | selectattr('nope') | list", "[]"],
    ["missing | selectattr('a') | list", "[]"],
    ["[] | rejectattr | list", "[]"],
    ["u | selectattr | list", {
      error: "Missing parameter for attribute name",
    }],
    ["u | rejectattr | list", {
      error: "Missing parameter for attribute name",
    }],
    ["u | selectattr('age', 'nope') | list", { error: "no test named 'nope'" }],
    ["u | selectattr('boss.n') | list", {
      error: "'dict object' has no attribute 'boss'",
    }],
    ["u | rejectattr('age', 'odd', 1) | list", {
      error: "odd() takes exactly 1 argument (2 given)",
    }],
  ], { context });
});
