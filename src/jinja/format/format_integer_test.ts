import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("formatInteger() formats integers by type", () => {
  checkExpressions([
    ["'{:d}'.format(0)", "'0'"],
    ["'{:d}'.format(65)", "'65'"],
    ["'{:d}'.format(-65)", "'-65'"],
    ["'{:d}'.format(true)", "'1'"],
    ["'{:b}'.format(0)", "'0'"],
    ["'{:b}'.format(65)", "'1000001'"],
    ["'{:b}'.format(-65)", "'-1000001'"],
    ["'{:b}'.format(true)", "'1'"],
    ["'{:o}'.format(0)", "'0'"],
    ["'{:o}'.format(65)", "'101'"],
    ["'{:o}'.format(-65)", "'-101'"],
    ["'{:o}'.format(true)", "'1'"],
    ["'{:x}'.format(0)", "'0'"],
    ["'{:x}'.format(65)", "'41'"],
    ["'{:x}'.format(-65)", "'-41'"],
    ["'{:x}'.format(true)", "'1'"],
    ["'{:X}'.format(0)", "'0'"],
    ["'{:X}'.format(65)", "'41'"],
    ["'{:X}'.format(-65)", "'-41'"],
    ["'{:X}'.format(true)", "'1'"],
    ["'{:n}'.format(0)", "'0'"],
    ["'{:n}'.format(65)", "'65'"],
    ["'{:n}'.format(-65)", "'-65'"],
    ["'{:n}'.format(true)", "'1'"],
    ["'{:c}'.format(0)", "'\\x00'"],
    ["'{:c}'.format(65)", "'A'"],
    ["'{:c}'.format(128512)", "'😀'"],
    ["'{:c}'.format(true)", "'\\x01'"],
    ["'{:5d}'.format(0)", "'    0'"],
    ["'{:5d}'.format(65)", "'   65'"],
    ["'{:5d}'.format(-65)", "'  -65'"],
    ["'{:5d}'.format(true)", "'    1'"],
    ["'{:+d}'.format(0)", "'+0'"],
    ["'{:+d}'.format(65)", "'+65'"],
    ["'{:+d}'.format(-65)", "'-65'"],
    ["'{:+d}'.format(true)", "'+1'"],
    ["'{:d}'.format(2 ** 70)", "'1180591620717411303424'"],
    ["'{:d}'.format(-(2 ** 70))", "'-1180591620717411303424'"],
    ["'{:x}'.format(2 ** 70)", "'400000000000000000'"],
    ["'{:x}'.format(-255)", "'-ff'"],
    ["'{:b}'.format(-5)", "'-101'"],
    [
      "'{:b}'.format(2 ** 65)",
      "'100000000000000000000000000000000000000000000000000000000000000000'",
    ],
    ["'{:c}'.format(-1)", { error: "%c arg not in range(0x110000)" }],
    ["'{:c}'.format(1114112)", { error: "%c arg not in range(0x110000)" }],
    ["'{:c}'.format(55296 + 70000)", "'\\U0001e970'"],
    ["'{:c}'.format(0x1F600)", "'😀'"],
    ["'{:#c}'.format(65)", {
      error: "Alternate form (#) not allowed with integer format specifier 'c'",
    }],
    ["'{:+c}'.format(65)", {
      error: "Sign not allowed with integer format specifier 'c'",
    }],
    ["'{:.2}'.format(5)", {
      error: "Precision not allowed in integer format specifier",
    }],
    ["'{:.2d}'.format(5)", {
      error: "Precision not allowed in integer format specifier",
    }],
    ["'{:s}'.format(5)", {
      error: "Unknown format code 's' for object of type 'int'",
    }],
    ["'{:z}'.format(5)", {
      error:
        "Negative zero coercion (z) not allowed in integer format specifier",
    }],
    ["'{:.2c}'.format(65)", {
      error: "Precision not allowed in integer format specifier",
    }],
    ["'{:5c}'.format(65)", "'    A'"],
    ["'{:<5c}'.format(65)", "'A    '"],
    ["'{:d}'.format(10 ** 4300)", {
      error: "Exceeds the limit (4300 digits) for integer string conversion",
    }],
  ]);
});
