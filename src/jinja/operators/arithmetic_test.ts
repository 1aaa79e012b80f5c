import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("add() adds numbers and keeps their kind", () => {
  checkExpressions([
    ["1 + 2", "3"],
    ["1 + 2.0", "3.0"],
    ["1 + 0.5", "1.5"],
    ["1 + true", "2"],
    ["1.0 + 2", "3.0"],
    ["1.0 + 2.0", "3.0"],
    ["1.0 + 0.5", "1.5"],
    ["1.0 + true", "2.0"],
    ["true + 2", "3"],
    ["true + 2.0", "3.0"],
    ["true + 0.5", "1.5"],
    ["true + true", "2"],
    ["-1 + 2", "1"],
    ["-1 + 2.0", "1.0"],
    ["-1 + 0.5", "-0.5"],
    ["-1 + true", "0"],
    ["2 ** 53 + 1", "9007199254740993"],
    ["9007199254740991 + 1", "9007199254740992"],
    ["-9007199254740991 - 2", "-9007199254740993"],
    ["2 ** 64 + 1.0", "1.8446744073709552e+19"],
    ["0.1 + 0.2", "0.30000000000000004"],
    ["1e308 + 1e308", "inf"],
    ["-0.0 + 0", "0.0"],
    ["-0.0 + -0.0", "-0.0"],
    ["10 ** 30 + 10 ** 30", "2000000000000000000000000000000"],
    ["10 ** 400 + 1.0", { error: "int too large to convert to float" }],
  ]);
});

Deno.test("subtract() subtracts numbers", () => {
  checkExpressions([
    ["1 - 2", "-1"],
    ["1 - 2.0", "-1.0"],
    ["1 - true", "0"],
    ["1.5 - 2", "-0.5"],
    ["1.5 - 2.0", "-0.5"],
    ["1.5 - true", "0.5"],
    ["false - 2", "-2"],
    ["false - 2.0", "-2.0"],
    ["false - true", "-1"],
    ["2 ** 64 - 2 ** 64", "0"],
    ["0 - 0", "0"],
    ["-0.0 - 0", "-0.0"],
    ["1 - 1.0", "0.0"],
    ["'a' - 'b'", {
      error: "unsupported operand type(s) for -: 'str' and 'str'",
    }],
    ["[] - []", {
      error: "unsupported operand type(s) for -: 'list' and 'list'",
    }],
    ["none - 1", {
      error: "unsupported operand type(s) for -: 'NoneType' and 'int'",
    }],
    ["{} - {}", {
      error: "unsupported operand type(s) for -: 'dict' and 'dict'",
    }],
    ["1 - missing", { error: "'missing' is undefined" }],
  ]);
});

Deno.test("multiply() multiplies numbers of any size", () => {
  checkExpressions([
    ["3 * 4", "12"],
    ["3 * 0", "0"],
    ["3 * 0.5", "1.5"],
    ["3 * false", "0"],
    ["-2.5 * 4", "-10.0"],
    ["-2.5 * 0", "-0.0"],
    ["-2.5 * 0.5", "-1.25"],
    ["-2.5 * false", "-0.0"],
    ["true * 4", "4"],
    ["true * 0", "0"],
    ["true * 0.5", "0.5"],
    ["true * false", "0"],
    ["-1 * 0", "0"],
    ["-1.0 * 0", "-0.0"],
    ["10 ** 20 * 10 ** 20", "10000000000000000000000000000000000000000"],
    ["9007199254740991 * 9007199254740991", "81129638414606663681390495662081"],
    ["2 ** 64 * 1.0", "1.8446744073709552e+19"],
    ["('inf' | float) * 0", "nan"],
    ["0 * ('nan' | float)", "nan"],
    ["1e308 * 10", "inf"],
    ["none * 2", {
      error: "unsupported operand type(s) for *: 'NoneType' and 'int'",
    }],
    ["{} * 2", {
      error: "unsupported operand type(s) for *: 'dict' and 'int'",
    }],
    ["2 * missing", { error: "'missing' is undefined" }],
    ["missing * 2", { error: "'missing' is undefined" }],
  ]);
});
