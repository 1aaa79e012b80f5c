import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("order() orders numbers", () => {
  checkExpressions([
    ["1 < 2", "True"],
    ["2 < 2", "False"],
    ["1 < 1.5", "True"],
    ["true < 2", "True"],
    ["2 ** 64 < 2.0 ** 63", "False"],
    ["2 ** 53 + 1 < 2.0 ** 53", "False"],
    ["('nan' | float) < 1", "False"],
    ["1 < ('nan' | float)", "False"],
    ["('-inf' | float) < -(10 ** 400)", "True"],
    ["0.0 < -0.0", "False"],
    ["10 ** 400 < ('inf' | float)", "True"],
    ["1 <= 2", "True"],
    ["2 <= 2", "True"],
    ["1 <= 1.5", "True"],
    ["true <= 2", "True"],
    ["2 ** 64 <= 2.0 ** 63", "False"],
    ["2 ** 53 + 1 <= 2.0 ** 53", "False"],
    ["('nan' | float) <= 1", "False"],
    ["1 <= ('nan' | float)", "False"],
    ["('-inf' | float) <= -(10 ** 400)", "True"],
    ["0.0 <= -0.0", "True"],
    ["10 ** 400 <= ('inf' | float)", "True"],
    ["1 > 2", "False"],
    ["2 > 2", "False"],
    ["1 > 1.5", "False"],
    ["true > 2", "False"],
    ["2 ** 64 > 2.0 ** 63", "True"],
    ["2 ** 53 + 1 > 2.0 ** 53", "True"],
    ["('nan' | float) > 1", "False"],
    ["1 > ('nan' | float)", "False"],
    ["('-inf' | float) > -(10 ** 400)", "False"],
    ["0.0 > -0.0", "False"],
    ["10 ** 400 > ('inf' | float)", "False"],
    ["1 >= 2", "False"],
    ["2 >= 2", "True"],
    ["1 >= 1.5", "False"],
    ["true >= 2", "False"],
    ["2 ** 64 >= 2.0 ** 63", "True"],
    ["2 ** 53 + 1 >= 2.0 ** 53", "True"],
    ["('nan' | float) >= 1", "False"],
    ["1 >= ('nan' | float)", "False"],
    ["('-inf' | float) >= -(10 ** 400)", "False"],
    ["0.0 >= -0.0", "True"],
    ["10 ** 400 >= ('inf' | float)", "False"],
  ]);
});

Deno.test("order() orders strings by code points", () => {
  checkExpressions([
    ["'a' < 'b'", "True"],
    ["'b' < 'a'", "False"],
    ["'a' < 'aa'", "True"],
    ["'' < 'a'", "True"],
    ["'Z' < 'a'", "True"],
    ["'z' < 'é'", "True"],
    ["'\\uffff' < '😀'", "True"],
    ["'😀' < '\\uffff'", "False"],
    ["'\\ue000' < '\\U00010000'", "True"],
    ["'a' < ('b' | safe)", "True"],
    ["'10' < '9'", "True"],
    ["'a' <= 'a'", "True"],
    ["'a' >= 'b'", "False"],
    ["('b' | safe) > 'a'", "True"],
  ]);
});

Deno.test("order() orders lists and tuples by their first difference", () => {
  checkExpressions([
    ["[1, 2] < [1, 3]", "True"],
    ["[1, 2] < [1, 2, 0]", "True"],
    ["[] < [1]", "True"],
    ["[2] < [1, 9]", "False"],
    ["[1] < [1]", "False"],
    ["[1] <= [1]", "True"],
    ["(1, 'a') < (1, 'b')", "True"],
    ["(1, 'a') < (2, none)", "True"],
    ["[1, 'a'] < [1, 2]", {
      error: "'<' not supported between instances of 'str' and 'int'",
    }],
    ["[[1]] < [[2]]", "True"],
    ["[none, 1] < [none, 2]", "True"],
    ["[none] < [1]", {
      error: "'<' not supported between instances of 'NoneType' and 'int'",
    }],
    ["[1, none] < [1, none]", "False"],
    ["[1, none] <= [1, none]", "True"],
  ]);
});

Deno.test("order() names the types that have no order", () => {
  checkExpressions([
    ["1 < 'a'", {
      error: "'<' not supported between instances of 'int' and 'str'",
    }],
    ["'a' < 1", {
      error: "'<' not supported between instances of 'str' and 'int'",
    }],
    ["none < none", {
      error: "'<' not supported between instances of 'NoneType' and 'NoneType'",
    }],
    ["none < 1", {
      error: "'<' not supported between instances of 'NoneType' and 'int'",
    }],
    ["[1] < (1,)", {
      error: "'<' not supported between instances of 'list' and 'tuple'",
    }],
    ["{} < {}", {
      error: "'<' not supported between instances of 'dict' and 'dict'",
    }],
    ["range(2) < range(3)", {
      error: "'<' not supported between instances of 'range' and 'range'",
    }],
    ["'a' < ['a']", {
      error: "'<' not supported between instances of 'str' and 'list'",
    }],
    ["1 < {}", {
      error: "'<' not supported between instances of 'int' and 'dict'",
    }],
    ["dict < dict", {
      error: "'<' not supported between instances of 'type' and 'type'",
    }],
    ["1 >= 'a'", {
      error: "'>=' not supported between instances of 'int' and 'str'",
    }],
    ["'a' >= 1", {
      error: "'>=' not supported between instances of 'str' and 'int'",
    }],
    ["none >= none", {
      error:
        "'>=' not supported between instances of 'NoneType' and 'NoneType'",
    }],
    ["none >= 1", {
      error: "'>=' not supported between instances of 'NoneType' and 'int'",
    }],
    ["[1] >= (1,)", {
      error: "'>=' not supported between instances of 'list' and 'tuple'",
    }],
    ["{} >= {}", {
      error: "'>=' not supported between instances of 'dict' and 'dict'",
    }],
    ["range(2) >= range(3)", {
      error: "'>=' not supported between instances of 'range' and 'range'",
    }],
    ["'a' >= ['a']", {
      error: "'>=' not supported between instances of 'str' and 'list'",
    }],
    ["1 >= {}", {
      error: "'>=' not supported between instances of 'int' and 'dict'",
    }],
    ["dict >= dict", {
      error: "'>=' not supported between instances of 'type' and 'type'",
    }],
    ["missing < 1", { error: "'missing' is undefined" }],
    ["1 < missing", { error: "'missing' is undefined" }],
    ["'a' > none", {
      error: "'>' not supported between instances of 'str' and 'NoneType'",
    }],
    ["true <= 'x'", {
      error: "'<=' not supported between instances of 'bool' and 'str'",
    }],
  ]);
});

Deno.test("order() sorts as Python sorts", () => {
  checkExpressions([
    ["[3, 1.5, true, -2] | sort", "[-2, True, 1.5, 3]"],
    ["['b', 'A', 'c'] | sort", "['A', 'b', 'c']"],
    ["['b', 'A', 'c'] | sort(case_sensitive=true)", "['A', 'b', 'c']"],
    ["['é', 'z', 'e'] | sort", "['e', 'z', 'é']"],
    ["[(2, 'a'), (1, 'b'), (1, 'a')] | sort", "[(1, 'a'), (1, 'b'), (2, 'a')]"],
    ["[[2], [1, 5], [1]] | sort", "[[1], [1, 5], [2]]"],
    ["[1, 1.0, true] | sort", "[1, 1.0, True]"],
    ["[true, 1.0, 1] | sort(reverse=true)", "[True, 1.0, 1]"],
    ["['a', ('B' | safe)] | sort", "['a', Markup('B')]"],
    ["[1, 'a'] | sort", {
      error: "'<' not supported between instances of 'str' and 'int'",
    }],
    ["[none, 1] | sort", {
      error: "'<' not supported between instances of 'int' and 'NoneType'",
    }],
    [
      "[2 ** 64, 1e19, 10 ** 18] | sort",
      "[1000000000000000000, 1e+19, 18446744073709551616]",
    ],
    ["[] | sort", "[]"],
    ["'bca' | sort", "['a', 'b', 'c']"],
    ["{'b': 1, 'a': 2} | sort", "['a', 'b']"],
    ["[0.0, -0.0, 0] | sort", "[0.0, -0.0, 0]"],
    ["['\\uffff', '😀', 'a'] | sort", "['a', '\\uffff', '😀']"],
  ]);
});
