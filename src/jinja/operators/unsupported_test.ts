import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("unsupported() names both types", () => {
  checkExpressions([
    ["'a' - 1", {
      error: "unsupported operand type(s) for -: 'str' and 'int'",
    }],
    ["1 - 'a'", {
      error: "unsupported operand type(s) for -: 'int' and 'str'",
    }],
    ["none - 1", {
      error: "unsupported operand type(s) for -: 'NoneType' and 'int'",
    }],
    ["[] - {}", {
      error: "unsupported operand type(s) for -: 'list' and 'dict'",
    }],
    ["(1,) - 1", {
      error: "unsupported operand type(s) for -: 'tuple' and 'int'",
    }],
    ["1 - range(3)", {
      error: "unsupported operand type(s) for -: 'int' and 'range'",
    }],
    ["'a' / 1", {
      error: "unsupported operand type(s) for /: 'str' and 'int'",
    }],
    ["1 / 'a'", {
      error: "unsupported operand type(s) for /: 'int' and 'str'",
    }],
    ["none / 1", {
      error: "unsupported operand type(s) for /: 'NoneType' and 'int'",
    }],
    ["[] / {}", {
      error: "unsupported operand type(s) for /: 'list' and 'dict'",
    }],
    ["(1,) / 1", {
      error: "unsupported operand type(s) for /: 'tuple' and 'int'",
    }],
    ["1 / range(3)", {
      error: "unsupported operand type(s) for /: 'int' and 'range'",
    }],
    ["'a' // 1", {
      error: "unsupported operand type(s) for //: 'str' and 'int'",
    }],
    ["1 // 'a'", {
      error: "unsupported operand type(s) for //: 'int' and 'str'",
    }],
    ["none // 1", {
      error: "unsupported operand type(s) for //: 'NoneType' and 'int'",
    }],
    ["[] // {}", {
      error: "unsupported operand type(s) for //: 'list' and 'dict'",
    }],
    ["(1,) // 1", {
      error: "unsupported operand type(s) for //: 'tuple' and 'int'",
    }],
    ["1 // range(3)", {
      error: "unsupported operand type(s) for //: 'int' and 'range'",
    }],
    ["'a' ** 1", {
      error: "unsupported operand type(s) for ** or pow(): 'str' and 'int'",
    }],
    ["1 ** 'a'", {
      error: "unsupported operand type(s) for ** or pow(): 'int' and 'str'",
    }],
    ["none ** 1", {
      error:
        "unsupported operand type(s) for ** or pow(): 'NoneType' and 'int'",
    }],
    ["[] ** {}", {
      error: "unsupported operand type(s) for ** or pow(): 'list' and 'dict'",
    }],
    ["(1,) ** 1", {
      error: "unsupported operand type(s) for ** or pow(): 'tuple' and 'int'",
    }],
    ["1 ** range(3)", {
      error: "unsupported operand type(s) for ** or pow(): 'int' and 'range'",
    }],
    ["1 + 'a'", {
      error: "unsupported operand type(s) for +: 'int' and 'str'",
    }],
    ["1 + []", {
      error: "unsupported operand type(s) for +: 'int' and 'list'",
    }],
    ["none + none", {
      error: "unsupported operand type(s) for +: 'NoneType' and 'NoneType'",
    }],
    ["{} + {}", {
      error: "unsupported operand type(s) for +: 'dict' and 'dict'",
    }],
    ["1.5 + 'a'", {
      error: "unsupported operand type(s) for +: 'float' and 'str'",
    }],
    ["true + 'a'", {
      error: "unsupported operand type(s) for +: 'bool' and 'str'",
    }],
    ["range(2) + range(2)", {
      error: "unsupported operand type(s) for +: 'range' and 'range'",
    }],
    ["none * none", {
      error: "unsupported operand type(s) for *: 'NoneType' and 'NoneType'",
    }],
    ["{} * 2", {
      error: "unsupported operand type(s) for *: 'dict' and 'int'",
    }],
    ["dict + 1", {
      error: "unsupported operand type(s) for +: 'type' and 'int'",
    }],
    ["('a' | safe) - 1", {
      error: "unsupported operand type(s) for -: 'Markup' and 'int'",
    }],
    ["'a'.upper + 1", {
      error:
        "unsupported operand type(s) for +: 'builtin_function_or_method' and 'int'",
    }],
  ]);
});

Deno.test("checkDefined() prefers to say what is undefined", () => {
  checkExpressions([
    ["missing - 'a'", { error: "'missing' is undefined" }],
    ["'a' - missing", { error: "'missing' is undefined" }],
    ["[] - missing", { error: "'missing' is undefined" }],
    ["missing + []", { error: "'missing' is undefined" }],
    ["none * missing", { error: "'missing' is undefined" }],
    ["missing ** 'a'", { error: "'missing' is undefined" }],
    ["missing // missing", { error: "'missing' is undefined" }],
    ["missing % other", { error: "'missing' is undefined" }],
  ]);
});
