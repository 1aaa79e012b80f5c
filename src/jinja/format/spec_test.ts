import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("parseSpec() reads fill, alignment and width", () => {
  checkExpressions([
    ["'{:5}'.format(1)", "'    1'"],
    ["'{:<5}'.format(1)", "'1    '"],
    ["'{:>5}'.format(1)", "'    1'"],
    ["'{:^5}'.format(1)", "'  1  '"],
    ["'{:^6}'.format(1)", "'  1   '"],
    ["'{:=5}'.format(-1)", "'-   1'"],
    ["'{:*<5}'.format(1)", "'1****'"],
    ["'{:*>5}'.format('a')", "'****a'"],
    ["'{:*^5}'.format('a')", "'**a**'"],
    ["'{:é^5}'.format('a')", "'ééaéé'"],
    ["'{:😀>4}'.format('a')", "'😀😀😀a'"],
    ["'{:<<5}'.format(1)", "'1<<<<'"],
    ["'{:>>5}'.format(1)", "'>>>>1'"],
    ["'{:==5}'.format(-1)", "'-===1'"],
    ["'{:0<5}'.format(1)", "'10000'"],
    ["'{:05}'.format(-1)", "'-0001'"],
    ["'{:<05}'.format(1)", "'10000'"],
    ["'{:*<05}'.format(1)", "'1****'"],
    ["'{:x=05}'.format(-1)", "'-xxx1'"],
    ["'{:05}'.format('a')", "'a0000'"],
    ["'{:0}'.format(5)", "'5'"],
    ["'{:00}'.format(5)", "'5'"],
    ["'{: 5}'.format(1)", "'    1'"],
    ["'{: <5}'.format(1)", "'1    '"],
    ["'{:5}'.format('abcdefgh')", "'abcdefgh'"],
    ["'{:2}'.format(12345)", "'12345'"],
    ["'{:1}'.format('')", "' '"],
  ]);
});

Deno.test("parseSpec() reads sign, z, # and grouping", () => {
  checkExpressions([
    ["'{:+}'.format(1)", "'+1'"],
    ["'{:-}'.format(1)", "'1'"],
    ["'{: }'.format(1)", "' 1'"],
    ["'{:+}'.format(-1)", "'-1'"],
    ["'{: }'.format(-1)", "'-1'"],
    ["'{:+}'.format(0)", "'+0'"],
    ["'{:+.1f}'.format(-0.04)", "'-0.0'"],
    ["'{:z.1f}'.format(-0.04)", "'0.0'"],
    ["'{:+z.1f}'.format(-0.04)", "'+0.0'"],
    ["'{:z}'.format(-0.0)", "'0.0'"],
    ["'{:z}'.format(1.5)", "'1.5'"],
    ["'{:#x}'.format(255)", "'0xff'"],
    ["'{:#X}'.format(255)", "'0XFF'"],
    ["'{:#o}'.format(8)", "'0o10'"],
    ["'{:#b}'.format(5)", "'0b101'"],
    ["'{:#}'.format(5)", "'5'"],
    ["'{:#d}'.format(5)", "'5'"],
    ["'{:#.0f}'.format(1.0)", "'1.'"],
    ["'{:#g}'.format(1.0)", "'1.00000'"],
    ["'{:,}'.format(1234567)", "'1,234,567'"],
    ["'{:_}'.format(1234567)", "'1_234_567'"],
    ["'{:_x}'.format(1048575)", "'f_ffff'"],
    ["'{:_b}'.format(1000)", "'11_1110_1000'"],
    ["'{:_o}'.format(123456)", "'36_1100'"],
    ["'{:,}'.format(123)", "'123'"],
    ["'{:,.2f}'.format(1234567.891)", "'1,234,567.89'"],
    ["'{:_.2f}'.format(1234567.891)", "'1_234_567.89'"],
    ["'{:010,}'.format(1234)", "'00,001,234'"],
    ["'{:09,}'.format(1234)", "'0,001,234'"],
    ["'{:08,}'.format(1234)", "'0,001,234'"],
    ["'{:07,}'.format(1234)", "'001,234'"],
    ["'{:06,}'.format(1234)", "'01,234'"],
    ["'{:#012_x}'.format(70000)", "'0x0_0001_1170'"],
    ["'{:+012,.1f}'.format(1234.5)", "'+0,001,234.5'"],
    ["'{:012,}'.format(-1234.5)", "'-0,001,234.5'"],
    ["'{:030,}'.format(10 ** 20)", "'00,100,000,000,000,000,000,000'"],
  ]);
});

Deno.test("parseSpec() reports what Python reports", () => {
  checkExpressions([
    ["'{:10x2}'.format(1)", {
      error: "Invalid format specifier '10x2' for object of type 'int'",
    }],
    ["'{:..}'.format(1.5)", { error: "Format specifier missing precision" }],
    ["'{:.}'.format(1.5)", { error: "Format specifier missing precision" }],
    ["'{:.f}'.format(1.5)", { error: "Format specifier missing precision" }],
    ["'{:y}'.format(1)", {
      error: "Unknown format code 'y' for object of type 'int'",
    }],
    ["'{:y}'.format(1.5)", {
      error: "Unknown format code 'y' for object of type 'float'",
    }],
    ["'{:y}'.format('a')", {
      error: "Unknown format code 'y' for object of type 'str'",
    }],
    ["'{:y}'.format(true)", {
      error: "Unknown format code 'y' for object of type 'bool'",
    }],
    ["'{:é}'.format(1)", {
      error: "Unknown format code '\\xe9' for object of type 'int'",
    }],
    ["'{:$}'.format(1)", {
      error: "Unknown format code '$' for object of type 'int'",
    }],
    ["'{:\\t}'.format(1)", {
      error: "Unknown format code '\\x9' for object of type 'int'",
    }],
    ["'{:,_}'.format(1)", { error: "Cannot specify both ',' and '_'." }],
    ["'{:_,}'.format(1)", { error: "Cannot specify both ',' and '_'." }],
    ["'{:,,}'.format(1)", { error: "Cannot specify ',' with ','." }],
    ["'{:__}'.format(1)", { error: "Cannot specify '_' with '_'." }],
    ["'{:,x}'.format(1)", { error: "Cannot specify ',' with 'x'." }],
    ["'{:,s}'.format('a')", { error: "Cannot specify ',' with 's'." }],
    ["'{:,}'.format('a')", { error: "Cannot specify ',' with 's'." }],
    ["'{:_}'.format('a')", { error: "Cannot specify '_' with 's'." }],
    ["'{:,n}'.format(1)", { error: "Cannot specify ',' with 'n'." }],
    ["'{:,c}'.format(97)", { error: "Cannot specify ',' with 'c'." }],
    ["'{:99999999999999999999}'.format(1)", {
      error: "Too many decimal digits in format string",
    }],
    ["'{:.99999999999999999999f}'.format(1.0)", {
      error: "Too many decimal digits in format string",
    }],
    ["'{:5d5}'.format(1)", {
      error: "Invalid format specifier '5d5' for object of type 'int'",
    }],
    ["'{:5 }'.format(1)", {
      error: "Unknown format code '\\x20' for object of type 'int'",
    }],
    ["'{:a5}'.format(1)", {
      error: "Invalid format specifier 'a5' for object of type 'int'",
    }],
    ["'{:\\'5}'.format(1)", {
      error: "Invalid format specifier ''5' for object of type 'int'",
    }],
  ]);
});
