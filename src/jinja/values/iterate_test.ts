import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("iterate() goes through every iterable", () => {
  checkExpressions([
    ["[1, 2] | list", "[1, 2]"],
    ["(1, 2) | list", "[1, 2]"],
    ["'ab' | list", "['a', 'b']"],
    ["'a😀' | list", "['a', '😀']"],
    ["'' | list", "[]"],
    ["{'a': 1, 'b': 2} | list", "['a', 'b']"],
    ["{1: 2} | list", "[1]"],
    ["{} | list", "[]"],
    ["range(3) | list", "[0, 1, 2]"],
    ["range(3, 0, -1) | list", "[3, 2, 1]"],
    ["range(0, 10, 4) | list", "[0, 4, 8]"],
    ["range(5, 2) | list", "[]"],
    ["('<a>' | safe) | list", "['<', 'a', '>']"],
    ["{'a': 1}.keys() | list", "['a']"],
    ["{'a': 1}.values() | list", "[1]"],
    ["{'a': 1}.items() | list", "[('a', 1)]"],
    ["[1, 2] | map('string') | list", "['1', '2']"],
    ["missing | list", "[]"],
    ["[3, 1] | sort | list", "[1, 3]"],
    ["'ab' | reverse | list", "['b', 'a']"],
    [
      "range(2 ** 60, 2 ** 60 + 2) | list",
      "[1152921504606846976, 1152921504606846977]",
    ],
  ]);
});

Deno.test("iterate() names the type of what cannot be iterated", () => {
  checkExpressions([
    ["1 | list", { error: "'int' object is not iterable" }],
    ["1.5 | list", { error: "'float' object is not iterable" }],
    ["none | list", { error: "'NoneType' object is not iterable" }],
    ["true | list", { error: "'bool' object is not iterable" }],
    ["2 ** 70 | list", { error: "'int' object is not iterable" }],
    ["dict | list", { error: "'type' object is not iterable" }],
    ["'a'.upper | list", {
      error: "'builtin_function_or_method' object is not iterable",
    }],
    ["namespace() | list", { error: "'Namespace' object is not iterable" }],
    ["cycler(1) | list", { error: "'Cycler' object is not iterable" }],
    ["missing | list | length", "0"],
  ]);
});

Deno.test("requireLength() counts items", () => {
  checkExpressions([
    ["[] | length", "0"],
    ["[1, 2] | length", "2"],
    ["() | length", "0"],
    ["(1,) | length", "1"],
    ["'' | length", "0"],
    ["'a😀' | length", "2"],
    ["{} | length", "0"],
    ["{'a': 1} | length", "1"],
    ["range(0) | length", "0"],
    ["range(10, 0, -3) | length", "4"],
    ["('<a>' | safe) | length", "3"],
    ["{'a': 1}.keys() | length", "1"],
    ["{'a': 1}.items() | length", "1"],
    ["missing | length", "0"],
    ["1 | length", { error: "object of type 'int' has no len()" }],
    ["1.5 | length", { error: "object of type 'float' has no len()" }],
    ["none | length", { error: "object of type 'NoneType' has no len()" }],
    ["true | length", { error: "object of type 'bool' has no len()" }],
    ["[1] | map('string') | length", {
      error: "object of type 'generator' has no len()",
    }],
    ["dict | length", { error: "object of type 'type' has no len()" }],
    ["range(2 ** 70) | length", {
      error: "Python int too large to convert to C ssize_t",
    }],
  ]);
});
