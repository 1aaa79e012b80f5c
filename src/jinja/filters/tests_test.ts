import { deepStrictEqual } from "node:assert/strict";
import { Environment } from "../mod.ts";
import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

const context = { "l": [1, 2], "d": { "a": 1 }, "t": "abc" };

/** A value of each type. */
const VALUES = [
  "none",
  "true",
  "false",
  "0",
  "1",
  "2.0",
  "1.5",
  "''",
  "'abc'",
  "'ABC'",
  "'Ab1'",
  "'1'",
  "[]",
  "l",
  "(1,)",
  "{}",
  "d",
  "range(3)",
  "missing",
  "('<'|e)",
  "range",
  "(2**70)",
  "(l|map('string'))",
  "namespace()",
  "d.items()",
];

/** The values that pass a test of types. */
const ACCEPTED = {
  boolean: ["true", "false"],
  callable: ["missing", "range"],
  defined: [
    "none",
    "true",
    "false",
    "0",
    "1",
    "2.0",
    "1.5",
    "''",
    "'abc'",
    "'ABC'",
    "'Ab1'",
    "'1'",
    "[]",
    "l",
    "(1,)",
    "{}",
    "d",
    "range(3)",
    "('<'|e)",
    "range",
    "(2**70)",
    "(l|map('string'))",
    "namespace()",
    "d.items()",
  ],
  escaped: ["('<'|e)"],
  false: ["false"],
  float: ["2.0", "1.5"],
  integer: ["0", "1", "(2**70)"],
  iterable: [
    "''",
    "'abc'",
    "'ABC'",
    "'Ab1'",
    "'1'",
    "[]",
    "l",
    "(1,)",
    "{}",
    "d",
    "range(3)",
    "missing",
    "('<'|e)",
    "(l|map('string'))",
    "d.items()",
  ],
  mapping: ["{}", "d"],
  none: ["none"],
  number: ["true", "false", "0", "1", "2.0", "1.5", "(2**70)"],
  sequence: [
    "''",
    "'abc'",
    "'ABC'",
    "'Ab1'",
    "'1'",
    "[]",
    "l",
    "(1,)",
    "{}",
    "d",
    "range(3)",
    "missing",
    "('<'|e)",
  ],
  string: ["''", "'abc'", "'ABC'", "'Ab1'", "'1'", "('<'|e)"],
  true: ["true"],
  undefined: ["missing"],
};

for (const [test, accepted] of Object.entries(ACCEPTED)) {
  Deno.test(`is ${test} accepts what Jinja2 does`, () => {
    const environment = new Environment();
    const passed = VALUES.filter((value) =>
      environment.render(`{{ ${value} is ${test} }}`, context) === "True"
    );
    deepStrictEqual(passed, accepted);
  });
}

Deno.test("even and odd look at the remainder", () => {
  checkExpressions([
    ["2 is even", "True"],
    ["3 is even", "False"],
    ["0 is even", "True"],
    ["-3 is odd", "True"],
    ["(2 ** 70) is even", "True"],
    ["(2 ** 70 + 1) is odd", "True"],
    ["2.0 is even", "True"],
    ["2.5 is odd", "False"],
    ["true is odd", "True"],
    ["'a' is even", {
      error: "not all arguments converted during string formatting",
    }],
    ["none is odd", {
      error: "unsupported operand type(s) for %: 'NoneType' and 'int'",
    }],
    ["[] is even", {
      error: "unsupported operand type(s) for %: 'list' and 'int'",
    }],
    ["missing is odd", { error: "'missing' is undefined" }],
    ["2 is even(1)", { error: "even() takes exactly 1 argument (2 given)" }],
  ], { context });
});

Deno.test("divisibleby looks at the remainder of any number", () => {
  checkExpressions([
    ["10 is divisibleby 5", "True"],
    ["10 is divisibleby(3)", "False"],
    ["10 is divisibleby(num=2)", "True"],
    ["7.5 is divisibleby 2.5", "True"],
    ["-9 is divisibleby 3", "True"],
    ["0 is divisibleby 7", "True"],
    ["10 is divisibleby 0", { error: "integer modulo by zero" }],
    ["'a' is divisibleby 2", {
      error: "not all arguments converted during string formatting",
    }],
    ["none is divisibleby 2", {
      error: "unsupported operand type(s) for %: 'NoneType' and 'int'",
    }],
    ["missing is divisibleby 2", { error: "'missing' is undefined" }],
    ["10 is divisibleby", {
      error: "divisibleby() missing 1 required positional argument: 'num'",
    }],
    ["10 is divisibleby(1, 2)", {
      error: "divisibleby() takes exactly 2 arguments (3 given)",
    }],
  ], { context });
});

Deno.test("lower and upper look at the letters", () => {
  checkExpressions([
    ["'abc' is lower", "True"],
    ["'aBc' is lower", "False"],
    ["'a1-é' is lower", "True"],
    ["'123' is lower", "False"],
    ["'' is lower", "False"],
    ["'ABC' is upper", "True"],
    ["'ABc' is upper", "False"],
    ["'A1-É' is upper", "True"],
    ["'ß' is lower", "True"],
    ["'ǅ' is lower", "False"],
    ["'ǅ' is upper", "False"],
    ["5 is lower", "False"],
    ["none is lower", "False"],
    ["true is upper", "False"],
    ["missing is lower", "False"],
    ["('<b>' | safe) is lower", "True"],
    ["'a' is lower(1)", {
      error: "lower() takes exactly 1 argument (2 given)",
    }],
  ], { context });
});

Deno.test("comparison tests compare two values", () => {
  checkExpressions([
    ["1 is eq 1.0", "True"],
    ["1 is eq true", "True"],
    ["'a' is equalto 'a'", "True"],
    ["[1] is eq [1]", "True"],
    ["l is ne [1, 2]", "False"],
    ["1 is ne 2", "True"],
    ["1 is lt 2", "True"],
    ["1 is lessthan 1", "False"],
    ["'a' is lt 'b'", "True"],
    ["1 is le 1", "True"],
    ["[1] is le [1, 2]", "True"],
    ["2 is gt 1", "True"],
    ["2 is greaterthan 2.0", "False"],
    ["2 is ge 2", "True"],
    ["'b' is ge 'a'", "True"],
    ["none is eq none", "True"],
    ["missing is eq missing2", "True"],
    ["missing is ne 1", "True"],
    ["1 is lt 'a'", {
      error: "'<' not supported between instances of 'int' and 'str'",
    }],
    ["none is gt 1", {
      error: "'>' not supported between instances of 'NoneType' and 'int'",
    }],
    ["missing is lt 1", { error: "'missing' is undefined" }],
    ["l is le d", {
      error: "'<=' not supported between instances of 'list' and 'dict'",
    }],
    ["1 is eq", { error: "eq() missing 1 required positional argument: 'b'" }],
    ["1 is eq(1, 2)", { error: "eq() takes exactly 2 arguments (3 given)" }],
    ["1 is eq(b=1)", { error: "eq() got an unexpected keyword argument 'b'" }],
    ["[1, 2, 3] | select('==', 2) | list", "[2]"],
    ["[1, 2, 3] | select('!=', 2) | list", "[1, 3]"],
    ["[1, 2, 3] | select('<', 2) | list", "[1]"],
    ["[1, 2, 3] | select('<=', 2) | list", "[1, 2]"],
    ["[1, 2, 3] | select('>', 2) | list", "[3]"],
    ["[1, 2, 3] | select('>=', 2) | list", "[2, 3]"],
  ], { context });
});

Deno.test("in looks for a value in a container", () => {
  checkExpressions([
    ["1 is in l", "True"],
    ["5 is in l", "False"],
    ["'b' is in t", "True"],
    ["'z' is in t", "False"],
    ["'a' is in d", "True"],
    ["1 is in d", "False"],
    ["2.0 is in range(5)", "True"],
    ["none is in [none]", "True"],
    ["[1] is in [[1]]", "True"],
    ["1 is in (1, 2)", { error: "in() takes exactly 2 arguments (3 given)" }],
    ["missing is in [1]", "False"],
    ["1 is in missing", "False"],
    ["1 is in 5", { error: "argument of type 'int' is not iterable" }],
    ["1 is in t", {
      error: "'in <string>' requires string as left operand, not int",
    }],
    ["missing is in t", { error: "'missing' is undefined" }],
    ["[1] is in d", { error: "unhashable type: 'list'" }],
    ["1 is in(seq=l)", "True"],
    ["1 is in(1, 2)", { error: "in() takes exactly 2 arguments (3 given)" }],
    ["1 is not in l", "False"],
  ], { context });
});

Deno.test("sameas compares identities", () => {
  checkExpressions([
    ["none is sameas none", "True"],
    ["true is sameas true", "True"],
    ["1 is sameas true", "False"],
    ["0 is sameas false", "False"],
    ["l is sameas l", "True"],
    ["l is sameas [1, 2]", "False"],
    ["d is sameas d", "True"],
    ["l is sameas", {
      error: "sameas() missing 1 required positional argument: 'other'",
    }],
    ["1 is sameas(1, 2)", {
      error: "sameas() takes exactly 2 arguments (3 given)",
    }],
  ], { context });
});

Deno.test("filter and test know the names of filters and tests", () => {
  checkExpressions([
    ["'upper' is filter", "True"],
    ["'e' is filter", "True"],
    ["'nope' is filter", "False"],
    ["'odd' is filter", "False"],
    ["'odd' is test", "True"],
    ["'==' is test", "True"],
    ["'nope' is test", "False"],
    ["'upper' is test", "True"],
    ["'' is filter", "False"],
    ["('upper' | safe) is filter", "True"],
    ["5 is filter", "False"],
    ["none is test", "False"],
    ["missing is filter", "False"],
    ["[1] is filter", { error: "unhashable type: 'list'" }],
    ["d is test", { error: "unhashable type: 'dict'" }],
    ["'upper' is filter(1)", {
      error: "filter() takes exactly 1 argument (2 given)",
    }],
  ], { context });
});
