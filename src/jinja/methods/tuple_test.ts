import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("tuples have index and count", () => {
  checkExpressions([
    ["(1, 2, 1).count(1)", "2"],
    ["(1, true, 1.0).count(1)", "3"],
    ["().count(1)", "0"],
    ["(1, 2).index(2)", "1"],
    ["(1, 2, 1).index(1, 1)", "2"],
    ["(1, 2).index(2, -1)", "1"],
    ["(1, 2).index(3)", { error: "tuple.index(x): x not in tuple" }],
    ["(1, 2).index(1, 1)", { error: "tuple.index(x): x not in tuple" }],
    ["((1,), 2).index((1,))", "0"],
    ["(1, 2).append", "Undefined"],
    ["(1, 2).sort", "Undefined"],
    ["(1,).index(missing)", { error: "tuple.index(x): x not in tuple" }],
  ]);
});

Deno.test("ranges find numbers without looking at each", () => {
  checkExpressions([
    ["range(10).index(3)", "3"],
    ["range(0, 10, 2).index(4)", "2"],
    ["range(0, 10, 2).index(5)", { error: "5 is not in range" }],
    ["range(10, 0, -3).index(4)", "2"],
    ["range(10, 0, -3).index(5)", { error: "5 is not in range" }],
    ["range(10).index(3.0)", "3"],
    ["range(10).index(3.5)", { error: "sequence.index(x): x not in sequence" }],
    ["range(10).index(true)", "1"],
    ["range(10).index('a')", { error: "sequence.index(x): x not in sequence" }],
    ["range(10).index(none)", {
      error: "sequence.index(x): x not in sequence",
    }],
    ["range(10).index(10)", { error: "10 is not in range" }],
    ["range(10).index(-1)", { error: "-1 is not in range" }],
    ["range(10 ** 30).index(10 ** 29)", "100000000000000000000000000000"],
    ["range(0, 10 ** 30, 7).index(7 * 10 ** 20)", "100000000000000000000"],
    ["range(10).count(3)", "1"],
    ["range(10).count(3.0)", "1"],
    ["range(10).count(11)", "0"],
    ["range(10).count('a')", "0"],
    ["range(10 ** 30).count(10 ** 29)", "1"],
    ["range(0).index(0)", { error: "0 is not in range" }],
  ]);
});
