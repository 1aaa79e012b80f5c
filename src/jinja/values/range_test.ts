import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("Range takes one to three integers of any size", () => {
  checkExpressions([
    ["range(3)", "range(0, 3)"],
    ["range(1, 3)", "range(1, 3)"],
    ["range(1, 3, 1)", "range(1, 3)"],
    ["range(1, 10, 2)", "range(1, 10, 2)"],
    ["range(-3)", "range(0, -3)"],
    ["range(10, 0, -1)", "range(10, 0, -1)"],
    ["range(true)", "range(0, 1)"],
    ["range(0)", "range(0, 0)"],
    ["range(2 ** 70)", "range(0, 1180591620717411303424)"],
    [
      "range(2 ** 70, 2 ** 70 + 3) | list",
      "[1180591620717411303424, 1180591620717411303425, 1180591620717411303426]",
    ],
    [
      "range(-(2 ** 70), -(2 ** 70) + 2) | list",
      "[-1180591620717411303424, -1180591620717411303423]",
    ],
    ["range(0, 2 ** 70, 2 ** 69) | list", "[0, 590295810358705651712]"],
    [
      "range(9007199254740990, 9007199254740994) | list",
      "[9007199254740990, 9007199254740991, 9007199254740992, 9007199254740993]",
    ],
    [
      "range(-9007199254740994, -9007199254740990) | list",
      "[-9007199254740994, -9007199254740993, -9007199254740992, -9007199254740991]",
    ],
  ]);
});

Deno.test("Range computes its length", () => {
  checkExpressions([
    ["range(5) | length", "5"],
    ["range(2, 5) | length", "3"],
    ["range(0, 10, 3) | length", "4"],
    ["range(0, 9, 3) | length", "3"],
    ["range(0, 1, 100) | length", "1"],
    ["range(10, 0, -3) | length", "4"],
    ["range(9, 0, -3) | length", "3"],
    ["range(5, 2) | length", "0"],
    ["range(2, 5, -1) | length", "0"],
    ["range(-5, 5, 2) | length", "5"],
    ["range(0, -10, -20) | length", "1"],
  ]);
});

Deno.test("Range has attributes", () => {
  checkExpressions([
    ["range(3).start", "0"],
    ["range(3).stop", "3"],
    ["range(3).step", "1"],
    ["range(2, 9, 3).start", "2"],
    ["range(2, 9, 3).stop", "9"],
    ["range(2, 9, 3).step", "3"],
    ["range(3).nosuch", "Undefined"],
  ]);
});

Deno.test("Range prints as Python prints it", () => {
  checkExpressions([
    ["range(3)", "range(0, 3)"],
    ["range(0, 3)", "range(0, 3)"],
    ["range(0, 3, 2)", "range(0, 3, 2)"],
    ["range(3, 0, -1)", "range(3, 0, -1)"],
    ["[range(2)]", "[range(0, 2)]"],
    ["range(10)[2:8:2]", "range(2, 8, 2)"],
    ["range(10)[::-1]", "range(9, -1, -1)"],
  ]);
});
