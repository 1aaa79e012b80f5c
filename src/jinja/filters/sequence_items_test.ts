import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

const context = {
  "l": [3, 1, 2],
  "d": { "b": 1, "a": 2 },
  "w": ["b", "A", "a"],
};

Deno.test("reverse reverses strings, and iterates over items backwards", () => {
  checkExpressions([
    ["'abc' | reverse", "'cba'"],
    ["'é😀' | reverse", "'😀é'"],
    ["'' | reverse", "''"],
    ["('<b' | safe) | reverse", "Markup('b<')"],
    ["l | reverse | list", "[2, 1, 3]"],
    ["l | reverse is sequence", "False"],
    ["(1, 2) | reverse | list", "[2, 1]"],
    ["range(4) | reverse | list", "[3, 2, 1, 0]"],
    ["range(0) | reverse | list", "[]"],
    ["range(9, 0, -3) | reverse | list", "[3, 6, 9]"],
    ["range(10 ** 15) | reverse | first", "999999999999999"],
    ["d | reverse | list", "['a', 'b']"],
    ["dict(a=1, b=2) | reverse | first", "'b'"],
    ["d.items() | reverse | list", "[('a', 2), ('b', 1)]"],
    ["l | map('string') | reverse", "['2', '1', '3']"],
    ["[] | reverse | list", "[]"],
    ["missing | reverse | list", "[]"],
    ["l | reverse | reverse | list", "[3, 1, 2]"],
    ["5 | reverse", { error: "argument must be iterable" }],
    ["none | reverse", { error: "argument must be iterable" }],
    ["true | reverse", { error: "argument must be iterable" }],
    ["l | reverse(1)", {
      error: "reverse() takes exactly 1 argument (2 given)",
    }],
  ], { context });
  checkExpressions([
    ["missing | reverse | list", { error: "'missing' is undefined" }],
  ], { strict: true });
});

Deno.test("slice splits items into a number of lists", () => {
  checkExpressions([
    ["range(7) | slice(3) | list", "[[0, 1, 2], [3, 4], [5, 6]]"],
    [
      "range(7) | slice(3, 'x') | list",
      "[[0, 1, 2], [3, 4, 'x'], [5, 6, 'x']]",
    ],
    [
      "range(6) | slice(3, 'x') | list",
      "[[0, 1, 'x'], [2, 3, 'x'], [4, 5, 'x']]",
    ],
    ["l | slice(slices=2, fill_with=0) | list", "[[3, 1], [2, 0]]"],
    ["l | slice(5) | list", "[[3], [1], [2], [], []]"],
    ["l | slice(5, '-') | list", "[[3], [1], [2], ['-'], ['-']]"],
    ["l | slice(1) | list", "[[3, 1, 2]]"],
    ["l | slice(2, none) | list", "[[3, 1], [2]]"],
    ["[] | slice(2) | list", "[[], []]"],
    ["[] | slice(2, 'x') | list", "[['x'], ['x']]"],
    ["'abcde' | slice(2) | list", "[['a', 'b', 'c'], ['d', 'e']]"],
    ["d | slice(2) | list", "[['b'], ['a']]"],
    ["l | slice(true) | list", "[[3, 1, 2]]"],
    ["l | slice(-1) | list", "[]"],
    ["missing | slice(2) | list", "[[], []]"],
    ["l | slice(0) | list", { error: "integer division or modulo by zero" }],
    ["l | slice('2') | list", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["l | slice(2.0) | list", {
      error: "'float' object cannot be interpreted as an integer",
    }],
    ["l | slice | list", {
      error: "slice() missing 1 required positional argument: 'slices'",
    }],
    ["5 | slice(2) | list", { error: "'int' object is not iterable" }],
    ["l | slice(2, 'x', 1) | list", {
      error: "slice() takes at most 3 arguments (4 given)",
    }],
  ], { context });
});

Deno.test("sum adds up items or an attribute of each", () => {
  checkExpressions([
    ["l | sum", "6"],
    ["l | sum(start=10)", "16"],
    ["l | sum(none, 0.5)", "6.5"],
    ["[{'v': 1}, {'v': 2.5}] | sum('v')", "3.5"],
    ["[{'v': 1}, {'v': 2}] | sum(attribute='v', start=5)", "8"],
    ["[[1, 2], [3, 4]] | sum(1)", "6"],
    ["[[1], [2]] | sum(start=[])", "[1, 2]"],
    ["[(1,), (2,)] | sum(start=())", "(1, 2)"],
    ["[] | sum", "0"],
    ["[] | sum(start='x')", {
      error: "sum() can't sum strings [use ''.join(seq) instead]",
    }],
    ["[] | sum(start=none)", "None"],
    ["[true, 1.5, 2] | sum", "4.5"],
    ["[2 ** 64, 1] | sum", "18446744073709551617"],
    ["[0.1, 0.2, 0.3] | sum", "0.6000000000000001"],
    ["range(101) | sum", "5050"],
    ["l | map('float') | sum", "6.0"],
    ["missing | sum", "0"],
    ["['a'] | sum(start='b')", {
      error: "sum() can't sum strings [use ''.join(seq) instead]",
    }],
    ["['a', 'b'] | sum", {
      error: "unsupported operand type(s) for +: 'int' and 'str'",
    }],
    ["[[1]] | sum", {
      error: "unsupported operand type(s) for +: 'int' and 'list'",
    }],
    ["[{'v': 1}] | sum('w')", { error: "'dict object' has no attribute 'w'" }],
    ["5 | sum", { error: "'int' object is not iterable" }],
    ["none | sum", { error: "'NoneType' object is not iterable" }],
    ["l | sum('x', 1, 2)", {
      error: "sum() takes at most 3 arguments (4 given)",
    }],
  ], { context });
});

Deno.test("unique drops items that are equal to an earlier one", () => {
  checkExpressions([
    ["[1, 2, 1, 3, 2] | unique | list", "[1, 2, 3]"],
    ["w | unique | list", "['b', 'A']"],
    ["w | unique(true) | list", "['b', 'A', 'a']"],
    ["w | unique(case_sensitive=true) | list", "['b', 'A', 'a']"],
    [
      "[{'v': 'a', 'i': 1}, {'v': 'A', 'i': 2}] | unique(attribute='v') | map(attribute='i') | list",
      "[1]",
    ],
    [
      "[{'v': 'a', 'i': 1}, {'v': 'A', 'i': 2}] | unique(true, 'v') | map(attribute='i') | list",
      "[1, 2]",
    ],
    ["[[1, 'x'], [1, 'y']] | unique(attribute=0) | list", "[[1, 'x']]"],
    [
      "[1, 1.0, true, '1', 2 ** 70, 2.0 ** 70] | unique | list",
      "[1, '1', 1180591620717411303424]",
    ],
    ["[none, false, 0, ''] | unique | list", "[None, False, '']"],
    ["[(1, 2), (1.0, 2)] | unique | list", "[(1, 2)]"],
    ["'mississippi' | unique | join", "'misp'"],
    ["d | unique | list", "['b', 'a']"],
    ["range(3) | unique | list", "[0, 1, 2]"],
    ["[] | unique | list", "[]"],
    ["missing | unique | list", "[]"],
    ["[missing, missing2] | unique | list | length", "1"],
    ["[[1], [1]] | unique | list", { error: "unhashable type: 'list'" }],
    ["[{}] | unique | list", { error: "unhashable type: 'dict'" }],
    ["5 | unique | list", { error: "'int' object is not iterable" }],
    ["[1, 1] | unique | length", {
      error: "object of type 'generator' has no len()",
    }],
    ["[1] | unique(true, none, 1) | list", {
      error: "unique() takes at most 3 arguments (4 given)",
    }],
  ], { context });
});
