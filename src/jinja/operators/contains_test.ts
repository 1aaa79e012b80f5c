import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("contains() looks for a part of a string", () => {
  checkExpressions([
    ["'b' in 'abc'", "True"],
    ["'bc' in 'abc'", "True"],
    ["'' in 'abc'", "True"],
    ["'' in ''", "True"],
    ["'x' in 'abc'", "False"],
    ["'😀' in 'a😀b'", "True"],
    ["'a' in ('<a>' | safe)", "True"],
    ["('a' | safe) in 'abc'", "True"],
    ["'B' in 'abc'", "False"],
    ["'b' not in 'abc'", "False"],
    ["1 in 'a1'", {
      error: "'in <string>' requires string as left operand, not int",
    }],
    ["none in 'None'", {
      error: "'in <string>' requires string as left operand, not NoneType",
    }],
    ["['a'] in 'a'", {
      error: "'in <string>' requires string as left operand, not list",
    }],
    ["missing in 'abc'", { error: "'missing' is undefined" }],
    ["'a' in none", { error: "argument of type 'NoneType' is not iterable" }],
    ["'a' in 5", { error: "argument of type 'int' is not iterable" }],
    ["'a' in 1.5", { error: "argument of type 'float' is not iterable" }],
    ["'a' in true", { error: "argument of type 'bool' is not iterable" }],
  ]);
});

Deno.test("contains() looks for a key of a mapping", () => {
  checkExpressions([
    ["'a' in {'a': 1}", "True"],
    ["1 in {'a': 1}", "False"],
    ["1 in {1.0: 'x'}", "True"],
    ["true in {1: 'x'}", "True"],
    ["none in {none: 1}", "True"],
    ["(1, 2) in {(1, 2): 'x'}", "True"],
    ["[] in {}", { error: "unhashable type: 'list'" }],
    ["{} in {'a': 1}", { error: "unhashable type: 'dict'" }],
    ["(1, []) in {1: 2}", { error: "unhashable type: 'list'" }],
    ["'a' in {}", "False"],
  ]);
});

Deno.test("contains() looks for an equal item", () => {
  checkExpressions([
    ["1 in [1, 2]", "True"],
    ["1.0 in [1, 2]", "True"],
    ["true in [1]", "True"],
    ["'1' in [1]", "False"],
    ["[1] in [[1], 2]", "True"],
    ["none in [none]", "True"],
    ["missing in [1]", "False"],
    ["missing in [other]", "True"],
    ["1 in (1,)", "True"],
    ["1 in ()", "False"],
    ["1 in []", "False"],
    ["'a' in ['a', 'b'] | map('upper')", "False"],
    ["'A' in (['a'] | map('upper'))", "True"],
    ["'a' in missing", "False"],
    ["1 in {'a': 1}.values()", "True"],
    ["('a', 1) in {'a': 1}.items()", "True"],
  ]);
});

Deno.test("contains() computes whether a number is in a range", () => {
  checkExpressions([
    ["3 in range(5)", "True"],
    ["5 in range(5)", "False"],
    ["-1 in range(5)", "False"],
    ["3.0 in range(5)", "True"],
    ["3.5 in range(5)", "False"],
    ["true in range(5)", "True"],
    ["4 in range(0, 10, 2)", "True"],
    ["5 in range(0, 10, 2)", "False"],
    ["7 in range(10, 0, -3)", "True"],
    ["8 in range(10, 0, -3)", "False"],
    ["10 ** 29 in range(10 ** 30)", "True"],
    ["10 ** 30 in range(10 ** 30)", "False"],
    ["'a' in range(3)", "False"],
    ["none in range(3)", "False"],
    ["1e3 in range(2000)", "True"],
  ]);
});
