import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("concatenateSequences() joins values of one type", () => {
  checkExpressions([
    ["'a' + 'b'", "'ab'"],
    ["'' + ''", "''"],
    ["'é' + '😀'", "'é😀'"],
    ["[1] + [2, 3]", "[1, 2, 3]"],
    ["[] + []", "[]"],
    ["(1,) + (2,)", "(1, 2)"],
    ["() + ()", "()"],
    ["[[1]] + [2]", "[[1], 2]"],
    ["('<' | safe) + '<'", "Markup('<&lt;')"],
    ["'<' + ('<' | safe)", "Markup('&lt;<')"],
    ["('a' | safe) + ('<b>' | safe)", "Markup('a<b>')"],
  ]);
});

Deno.test("concatenateSequences() names the types that it does not join", () => {
  checkExpressions([
    ["'a' + 1", { error: 'can only concatenate str (not "int") to str' }],
    ["'a' + [2]", { error: 'can only concatenate str (not "list") to str' }],
    ["'a' + (2,)", { error: 'can only concatenate str (not "tuple") to str' }],
    ["'a' + none", {
      error: 'can only concatenate str (not "NoneType") to str',
    }],
    ["'a' + missing", { error: "'missing' is undefined" }],
    ["[1] + 1", { error: 'can only concatenate list (not "int") to list' }],
    ["[1] + 'b'", { error: 'can only concatenate list (not "str") to list' }],
    ["[1] + (2,)", {
      error: 'can only concatenate list (not "tuple") to list',
    }],
    ["[1] + none", {
      error: 'can only concatenate list (not "NoneType") to list',
    }],
    ["[1] + missing", { error: "'missing' is undefined" }],
    ["(1,) + 1", { error: 'can only concatenate tuple (not "int") to tuple' }],
    ["(1,) + 'b'", {
      error: 'can only concatenate tuple (not "str") to tuple',
    }],
    ["(1,) + [2]", {
      error: 'can only concatenate tuple (not "list") to tuple',
    }],
    ["(1,) + none", {
      error: 'can only concatenate tuple (not "NoneType") to tuple',
    }],
    ["(1,) + missing", { error: "'missing' is undefined" }],
    ["('a' | safe) + 1", {
      error: "unsupported operand type(s) for +: 'Markup' and 'int'",
    }],
    ["('a' | safe) + [2]", {
      error: "unsupported operand type(s) for +: 'Markup' and 'list'",
    }],
    ["('a' | safe) + (2,)", {
      error: "unsupported operand type(s) for +: 'Markup' and 'tuple'",
    }],
    ["('a' | safe) + none", {
      error: "unsupported operand type(s) for +: 'Markup' and 'NoneType'",
    }],
    ["('a' | safe) + missing", { error: "'missing' is undefined" }],
    ["1 + 'b'", {
      error: "unsupported operand type(s) for +: 'int' and 'str'",
    }],
    ["1 + [2]", {
      error: "unsupported operand type(s) for +: 'int' and 'list'",
    }],
    ["1 + (2,)", {
      error: "unsupported operand type(s) for +: 'int' and 'tuple'",
    }],
    ["1 + none", {
      error: "unsupported operand type(s) for +: 'int' and 'NoneType'",
    }],
    ["1 + missing", { error: "'missing' is undefined" }],
    ["none + 1", {
      error: "unsupported operand type(s) for +: 'NoneType' and 'int'",
    }],
    ["none + 'b'", {
      error: "unsupported operand type(s) for +: 'NoneType' and 'str'",
    }],
    ["none + [2]", {
      error: "unsupported operand type(s) for +: 'NoneType' and 'list'",
    }],
    ["none + (2,)", {
      error: "unsupported operand type(s) for +: 'NoneType' and 'tuple'",
    }],
    ["none + none", {
      error: "unsupported operand type(s) for +: 'NoneType' and 'NoneType'",
    }],
    ["none + missing", { error: "'missing' is undefined" }],
    ["{} + 1", {
      error: "unsupported operand type(s) for +: 'dict' and 'int'",
    }],
    ["{} + 'b'", {
      error: "unsupported operand type(s) for +: 'dict' and 'str'",
    }],
    ["{} + [2]", {
      error: "unsupported operand type(s) for +: 'dict' and 'list'",
    }],
    ["{} + (2,)", {
      error: "unsupported operand type(s) for +: 'dict' and 'tuple'",
    }],
    ["{} + none", {
      error: "unsupported operand type(s) for +: 'dict' and 'NoneType'",
    }],
    ["{} + missing", { error: "'missing' is undefined" }],
    ["1.5 + 'b'", {
      error: "unsupported operand type(s) for +: 'float' and 'str'",
    }],
    ["1.5 + [2]", {
      error: "unsupported operand type(s) for +: 'float' and 'list'",
    }],
    ["1.5 + (2,)", {
      error: "unsupported operand type(s) for +: 'float' and 'tuple'",
    }],
    ["1.5 + none", {
      error: "unsupported operand type(s) for +: 'float' and 'NoneType'",
    }],
    ["1.5 + missing", { error: "'missing' is undefined" }],
    ["missing + 'a'", { error: "'missing' is undefined" }],
    ["missing + 1", { error: "'missing' is undefined" }],
    ["1 + ('a' | safe)", {
      error: "unsupported operand type(s) for +: 'int' and 'Markup'",
    }],
  ]);
});

Deno.test("repeat() repeats strings, lists and tuples", () => {
  checkExpressions([
    ["'ab' * 3", "'ababab'"],
    ["'ab' * 0", "''"],
    ["'ab' * -1", "''"],
    ["'ab' * true", "'ab'"],
    ["'' * 3", "''"],
    ["'' * 0", "''"],
    ["'' * -1", "''"],
    ["'' * true", "''"],
    ["[1, 2] * 3", "[1, 2, 1, 2, 1, 2]"],
    ["[1, 2] * 0", "[]"],
    ["[1, 2] * -1", "[]"],
    ["[1, 2] * true", "[1, 2]"],
    ["[] * 3", "[]"],
    ["[] * 0", "[]"],
    ["[] * -1", "[]"],
    ["[] * true", "[]"],
    ["(1,) * 3", "(1, 1, 1)"],
    ["(1,) * 0", "()"],
    ["(1,) * -1", "()"],
    ["(1,) * true", "(1,)"],
    ["('<' | safe) * 3", "Markup('<<<')"],
    ["('<' | safe) * 0", "Markup('')"],
    ["('<' | safe) * -1", "Markup('')"],
    ["('<' | safe) * true", "Markup('<')"],
    ["3 * 'ab'", "'ababab'"],
    ["2 * [1]", "[1, 1]"],
    ["2 * (1, 2)", "(1, 2, 1, 2)"],
    ["true * 'a'", "'a'"],
    ["'😀' * 2", "'😀😀'"],
    ["'' * 10 ** 30", {
      error: "cannot fit 'int' into an index-sized integer",
    }],
    ["[] * 10 ** 30", {
      error: "cannot fit 'int' into an index-sized integer",
    }],
    ["'a' * -(10 ** 30)", {
      error: "cannot fit 'int' into an index-sized integer",
    }],
    ["2 * ('<' | safe)", "Markup('<<')"],
  ]);
});

Deno.test("repeat() refuses other factors", () => {
  checkExpressions([
    ["'a' * 1.5", {
      error: "can't multiply sequence by non-int of type 'float'",
    }],
    ["'a' * 'b'", {
      error: "can't multiply sequence by non-int of type 'str'",
    }],
    ["'a' * [2]", {
      error: "can't multiply sequence by non-int of type 'list'",
    }],
    ["'a' * none", {
      error: "can't multiply sequence by non-int of type 'NoneType'",
    }],
    ["'a' * missing", { error: "'missing' is undefined" }],
    ["[1] * 1.5", {
      error: "can't multiply sequence by non-int of type 'float'",
    }],
    ["[1] * 'b'", {
      error: "can't multiply sequence by non-int of type 'str'",
    }],
    ["[1] * [2]", {
      error: "can't multiply sequence by non-int of type 'list'",
    }],
    ["[1] * none", {
      error: "can't multiply sequence by non-int of type 'NoneType'",
    }],
    ["[1] * missing", { error: "'missing' is undefined" }],
    ["(1,) * 1.5", {
      error: "can't multiply sequence by non-int of type 'float'",
    }],
    ["(1,) * 'b'", {
      error: "can't multiply sequence by non-int of type 'str'",
    }],
    ["(1,) * [2]", {
      error: "can't multiply sequence by non-int of type 'list'",
    }],
    ["(1,) * none", {
      error: "can't multiply sequence by non-int of type 'NoneType'",
    }],
    ["(1,) * missing", { error: "'missing' is undefined" }],
    ["('a' | safe) * 1.5", {
      error: "unsupported operand type(s) for *: 'Markup' and 'float'",
    }],
    ["('a' | safe) * 'b'", {
      error: "can't multiply sequence by non-int of type 'Markup'",
    }],
    ["('a' | safe) * [2]", {
      error: "can't multiply sequence by non-int of type 'Markup'",
    }],
    ["('a' | safe) * none", {
      error: "unsupported operand type(s) for *: 'Markup' and 'NoneType'",
    }],
    ["('a' | safe) * missing", { error: "'missing' is undefined" }],
    ["1.5 * 'a'", {
      error: "can't multiply sequence by non-int of type 'float'",
    }],
    ["none * 'a'", {
      error: "can't multiply sequence by non-int of type 'NoneType'",
    }],
    ["missing * 'a'", { error: "'missing' is undefined" }],
    ["{} * [1]", {
      error: "can't multiply sequence by non-int of type 'dict'",
    }],
  ]);
});
