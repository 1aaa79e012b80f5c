import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("isEqual() compares values of every two types", () => {
  checkExpressions([
    ["1 == 1", "True"],
    ["1 == 1.0", "True"],
    ["1 == true", "True"],
    ["1 == '1'", "False"],
    ["1 == 'a'", "False"],
    ["1 == none", "False"],
    ["1 == [1]", "False"],
    ["1 == (1,)", "False"],
    ["1 == {'a': 1}", "False"],
    ["1 == range(1)", "False"],
    ["1.0 == 1.0", "True"],
    ["1.0 == true", "True"],
    ["1.0 == '1'", "False"],
    ["1.0 == 'a'", "False"],
    ["1.0 == none", "False"],
    ["1.0 == [1]", "False"],
    ["1.0 == (1,)", "False"],
    ["1.0 == {'a': 1}", "False"],
    ["1.0 == range(1)", "False"],
    ["true == true", "True"],
    ["true == '1'", "False"],
    ["true == 'a'", "False"],
    ["true == none", "False"],
    ["true == [1]", "False"],
    ["true == (1,)", "False"],
    ["true == {'a': 1}", "False"],
    ["true == range(1)", "False"],
    ["'1' == '1'", "True"],
    ["'1' == 'a'", "False"],
    ["'1' == none", "False"],
    ["'1' == [1]", "False"],
    ["'1' == (1,)", "False"],
    ["'1' == {'a': 1}", "False"],
    ["'1' == range(1)", "False"],
    ["'a' == 'a'", "True"],
    ["'a' == none", "False"],
    ["'a' == [1]", "False"],
    ["'a' == (1,)", "False"],
    ["'a' == {'a': 1}", "False"],
    ["'a' == range(1)", "False"],
    ["none == none", "True"],
    ["none == [1]", "False"],
    ["none == (1,)", "False"],
    ["none == {'a': 1}", "False"],
    ["none == range(1)", "False"],
    ["[1] == [1]", "True"],
    ["[1] == (1,)", "False"],
    ["[1] == {'a': 1}", "False"],
    ["[1] == range(1)", "False"],
    ["(1,) == (1,)", "True"],
    ["(1,) == {'a': 1}", "False"],
    ["(1,) == range(1)", "False"],
    ["{'a': 1} == {'a': 1}", "True"],
    ["{'a': 1} == range(1)", "False"],
    ["range(1) == range(1)", "True"],
  ]);
});

Deno.test("isEqual() compares numbers exactly", () => {
  checkExpressions([
    ["2 ** 53 == 2.0 ** 53", "True"],
    ["2 ** 53 + 1 == 2.0 ** 53", "False"],
    ["10 ** 20 == 1e20", "True"],
    ["10 ** 23 == 1e23", "False"],
    ["0.0 == -0.0", "True"],
    ["0 == -0.0", "True"],
    ["0.1 + 0.2 == 0.3", "False"],
    ["('nan' | float) == ('nan' | float)", "False"],
    ["('inf' | float) == ('inf' | float)", "True"],
    ["('inf' | float) == 10 ** 400", "False"],
    ["false == 0", "True"],
    ["true == 1.0", "True"],
    ["true == 2", "False"],
    ["2 ** 70 == 2 ** 70", "True"],
    ["2 ** 70 != 2 ** 70 + 1", "True"],
  ]);
});

Deno.test("isEqual() compares strings by code points", () => {
  checkExpressions([
    ["'é' == 'e\\u0301'", "False"],
    ["'ß' == 'ss'", "False"],
    ["'😀' == '\\U0001f600'", "True"],
    ["'a' == 'A'", "False"],
    ["'a' == ('a' | safe)", "True"],
    ["('a' | safe) == 'a'", "True"],
    ["'' == none", "False"],
    ["'1' == 1", "False"],
    ["'a' != 'b'", "True"],
  ]);
});

Deno.test("isEqual() compares lists and tuples item by item", () => {
  checkExpressions([
    ["[1, 2] == [1, 2]", "True"],
    ["[1, 2] == [1.0, 2.0]", "True"],
    ["[1, 2] == [2, 1]", "False"],
    ["[1] == [1, 2]", "False"],
    ["[] == []", "True"],
    ["[[1], [2]] == [[1], [2]]", "True"],
    ["(1, 2) == (1, 2)", "True"],
    ["(1, 2) == [1, 2]", "False"],
    ["() == ()", "True"],
    ["[none] == [none]", "True"],
    ["[true] == [1]", "True"],
    ["['a', [1, {'b': 2}]] == ['a', [1, {'b': 2.0}]]", "True"],
  ]);
});

Deno.test("isEqual() compares mappings without regard to order", () => {
  checkExpressions([
    ["{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "True"],
    ["{'a': 1} == {'a': 1.0}", "True"],
    ["{'a': 1} == {'a': 2}", "False"],
    ["{'a': 1} == {'b': 1}", "False"],
    ["{1: 'x'} == {1.0: 'x'}", "True"],
    ["{1: 'x'} == {true: 'x'}", "True"],
    ["{} == {}", "True"],
    ["{'a': [1]} == {'a': [1]}", "True"],
    ["{'a': 1} == {'a': 1, 'b': 2}", "False"],
    ["{'a': 1} != {}", "True"],
  ]);
});

Deno.test("isEqual() compares ranges by their numbers", () => {
  checkExpressions([
    ["range(3) == range(0, 3)", "True"],
    ["range(3) == range(0, 3, 1)", "True"],
    ["range(0) == range(5, 2)", "True"],
    ["range(0, 3, 2) == range(0, 4, 2)", "True"],
    ["range(0, 1, 5) == range(0, 3, 9)", "True"],
    ["range(3) == range(1, 3)", "False"],
    ["range(3) == [0, 1, 2]", "False"],
    ["range(3) != range(4)", "True"],
  ]);
});

Deno.test("isEqual() treats undefined values as equal to each other only", () => {
  checkExpressions([
    ["missing == missing", "True"],
    ["missing == other", "True"],
    ["missing == none", "False"],
    ["missing == ''", "False"],
    ["missing == 0", "False"],
    ["[missing] == [other]", "True"],
    ["missing != none", "True"],
  ]);
});

Deno.test("isEqual() fails on undefined values where they are errors", () => {
  checkExpressions([
    ["missing == 1", { error: "'missing' is undefined" }],
    ["1 == missing", { error: "'missing' is undefined" }],
    ["missing != missing", { error: "'missing' is undefined" }],
    ["[missing] == [1]", { error: "'missing' is undefined" }],
    ["[1, missing] == [2, 1]", "False"],
    ["[1] == [1, missing]", "False"],
    ["missing in [1]", { error: "'missing' is undefined" }],
    ["1 in [missing]", { error: "'missing' is undefined" }],
    ["{'a': missing} == {'a': 1}", { error: "'missing' is undefined" }],
  ], { strict: true });
});
