import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("formatValue() without a specification prints as str() does", () => {
  checkExpressions([
    ["'{:}'.format(1)", "'1'"],
    ["'{:}'.format(-0.0)", "'-0.0'"],
    ["'{:}'.format(1e16)", "'1e+16'"],
    ["'{:}'.format(true)", "'True'"],
    ["'{:}'.format(none)", "'None'"],
    ["'{:}'.format([1, 'a'])", "\"[1, 'a']\""],
    ["'{:}'.format({'a': 1})", "\"{'a': 1}\""],
    ["'{:}'.format((1,))", "'(1,)'"],
    ["'{:}'.format('a')", "'a'"],
    ["'{:}'.format('')", "''"],
    ["'{:}'.format(missing)", "''"],
    ["'{:}'.format(range(3))", "'range(0, 3)'"],
    ["'{:}'.format(2 ** 70)", "'1180591620717411303424'"],
  ]);
});

Deno.test("formatValue() formats strings", () => {
  checkExpressions([
    ["'{:10}'.format('abc')", "'abc       '"],
    ["'{:10}'.format('é😀x')", "'é😀x       '"],
    ["'{:10}'.format('')", "'          '"],
    ["'{:<10}'.format('abc')", "'abc       '"],
    ["'{:<10}'.format('é😀x')", "'é😀x       '"],
    ["'{:<10}'.format('')", "'          '"],
    ["'{:^10}'.format('abc')", "'   abc    '"],
    ["'{:^10}'.format('é😀x')", "'   é😀x    '"],
    ["'{:^10}'.format('')", "'          '"],
    ["'{:*>10}'.format('abc')", "'*******abc'"],
    ["'{:*>10}'.format('é😀x')", "'*******é😀x'"],
    ["'{:*>10}'.format('')", "'**********'"],
    ["'{:.2}'.format('abc')", "'ab'"],
    ["'{:.2}'.format('é😀x')", "'é😀'"],
    ["'{:.2}'.format('')", "''"],
    ["'{:.0}'.format('abc')", "''"],
    ["'{:.0}'.format('é😀x')", "''"],
    ["'{:.0}'.format('')", "''"],
    ["'{:6.2}'.format('abc')", "'ab    '"],
    ["'{:6.2}'.format('é😀x')", "'é😀    '"],
    ["'{:6.2}'.format('')", "'      '"],
    ["'{:s}'.format('abc')", "'abc'"],
    ["'{:s}'.format('é😀x')", "'é😀x'"],
    ["'{:s}'.format('')", "''"],
    ["'{:.10s}'.format('abc')", "'abc'"],
    ["'{:.10s}'.format('é😀x')", "'é😀x'"],
    ["'{:.10s}'.format('')", "''"],
    ["'{:+}'.format('a')", {
      error: "Sign not allowed in string format specifier",
    }],
    ["'{:-}'.format('a')", {
      error: "Sign not allowed in string format specifier",
    }],
    ["'{: }'.format('a')", {
      error: "Space not allowed in string format specifier",
    }],
    ["'{:#}'.format('a')", {
      error: "Alternate form (#) not allowed in string format specifier",
    }],
    ["'{:z}'.format('a')", {
      error:
        "Negative zero coercion (z) not allowed in string format specifier",
    }],
    ["'{:=5}'.format('a')", {
      error: "'=' alignment not allowed in string format specifier",
    }],
    ["'{:d}'.format('a')", {
      error: "Unknown format code 'd' for object of type 'str'",
    }],
    ["'{:f}'.format('a')", {
      error: "Unknown format code 'f' for object of type 'str'",
    }],
    ["'{:c}'.format('a')", {
      error: "Unknown format code 'c' for object of type 'str'",
    }],
    ["'{:x}'.format('a')", {
      error: "Unknown format code 'x' for object of type 'str'",
    }],
    ["'{:n}'.format('a')", {
      error: "Unknown format code 'n' for object of type 'str'",
    }],
    ["'{:e}'.format('a')", {
      error: "Unknown format code 'e' for object of type 'str'",
    }],
    ["'{:%}'.format('a')", {
      error: "Unknown format code '%' for object of type 'str'",
    }],
  ]);
});

Deno.test("formatValue() refuses types that do not fit", () => {
  checkExpressions([
    ["'{:d}'.format(1.5)", {
      error: "Unknown format code 'd' for object of type 'float'",
    }],
    ["'{:x}'.format(1.5)", {
      error: "Unknown format code 'x' for object of type 'float'",
    }],
    ["'{:b}'.format(1.5)", {
      error: "Unknown format code 'b' for object of type 'float'",
    }],
    ["'{:c}'.format(1.5)", {
      error: "Unknown format code 'c' for object of type 'float'",
    }],
    ["'{:s}'.format(1.5)", {
      error: "Unknown format code 's' for object of type 'float'",
    }],
    ["'{:5}'.format(none)", {
      error: "unsupported format string passed to NoneType.__format__",
    }],
    ["'{:5}'.format([])", {
      error: "unsupported format string passed to list.__format__",
    }],
    ["'{:5}'.format({})", {
      error: "unsupported format string passed to dict.__format__",
    }],
    ["'{:5}'.format(())", {
      error: "unsupported format string passed to tuple.__format__",
    }],
    ["'{:5}'.format(range(3))", {
      error: "unsupported format string passed to range.__format__",
    }],
    ["'{:5}'.format(missing)", { error: "'missing' is undefined" }],
    ["'{:d}'.format('1')", {
      error: "Unknown format code 'd' for object of type 'str'",
    }],
  ]);
});
