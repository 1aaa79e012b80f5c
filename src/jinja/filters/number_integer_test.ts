import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("int converts to an integer", () => {
  checkExpressions([
    ["'42' | int", "42"],
    ["'-42' | int", "-42"],
    ["'+42' | int", "42"],
    ["' 42\\n' | int", "42"],
    ["'4_2' | int", "42"],
    ["'4__2' | int", "0"],
    ["'_42' | int", "0"],
    ["'42_' | int", "0"],
    ["'42.9' | int", "42"],
    ["'-42.9' | int", "-42"],
    ["'1e3' | int", "1000"],
    ["'1e400' | int", { error: "cannot convert float infinity to integer" }],
    ["'inf' | int", { error: "cannot convert float infinity to integer" }],
    ["'nan' | int", "0"],
    ["'nan' | int(7)", "7"],
    ["42.9 | int", "42"],
    ["(-42.9) | int", "-42"],
    ["1e20 | int", "100000000000000000000"],
    ["true | int", "1"],
    ["(2 ** 70) | int", "1180591620717411303424"],
    ["'123456789012345678901' | int", "123456789012345678901"],
    ["'٤٢' | int", "42"],
    ["'４２' | int", "42"],
    ["'abc' | int", "0"],
    ["'abc' | int(7)", "7"],
    ["'abc' | int(default='x')", "'x'"],
    ["'' | int", "0"],
    ["none | int", "0"],
    ["none | int(3)", "3"],
    ["[] | int('d')", "'d'"],
    ["('42' | safe) | int", "42"],
    ["missing | int", { error: "'missing' is undefined" }],
    ["'1' | int(1, 2, 3)", {
      error: "int() takes at most 3 arguments (4 given)",
    }],
  ]);
});

Deno.test("int reads strings in a base", () => {
  checkExpressions([
    ["'ff' | int(base=16)", "255"],
    ["'FF' | int(0, 16)", "255"],
    ["'0xff' | int(0, 16)", "255"],
    ["'-0xff' | int(0, 16)", "-255"],
    ["'0x_ff' | int(0, 16)", "255"],
    ["'0xff' | int", "0"],
    ["'0b11' | int(base=2)", "3"],
    ["'0o17' | int(base=8)", "15"],
    ["'0b1' | int(base=16)", "177"],
    ["'0b2' | int(7, 2)", "7"],
    ["'0xff' | int(7, 8)", "7"],
    ["'0xff' | int(base=0)", "255"],
    ["'0b11' | int(base=0)", "3"],
    ["'0o17' | int(base=0)", "15"],
    ["'12' | int(base=0)", "12"],
    ["'012' | int(7, base=0)", "12"],
    ["'00' | int(7, base=0)", "0"],
    ["'012' | int", "12"],
    ["'z' | int(base=36)", "35"],
    ["'zz' | int(7, 35)", "7"],
    ["'1' | int(7, base=1)", "1"],
    ["'1' | int(7, base=37)", "1"],
    ["'12' | int(7, 'x')", "12"],
    ["'12' | int(7, none)", "12"],
    ["'12.5' | int(7, 16)", "12"],
    ["'1e1' | int(7, 16)", "481"],
    ["12.5 | int(7, 16)", "12"],
  ]);
});

Deno.test("int refuses to parse more than 4300 digits", () => {
  checkExpressions([
    ["('1' * 4300) | int | string | length", "4300"],
    ["('1' * 4301) | int", {
      error: "cannot convert float infinity to integer",
    }],
  ]);
});
