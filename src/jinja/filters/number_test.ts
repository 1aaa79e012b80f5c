import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("abs returns the absolute value", () => {
  checkExpressions([
    ["(-5) | abs", "5"],
    ["5 | abs", "5"],
    ["(-2.5) | abs", "2.5"],
    ["(-0.0) | abs", "0.0"],
    ["(-(2 ** 70)) | abs", "1180591620717411303424"],
    ["true | abs", "1"],
    ["false | abs", "0"],
    ["(-1e400) | abs", "inf"],
    ["'-5' | abs", { error: "bad operand type for abs(): 'str'" }],
    ["none | abs", { error: "bad operand type for abs(): 'NoneType'" }],
    ["[1] | abs", { error: "bad operand type for abs(): 'list'" }],
    ["missing | abs", { error: "'missing' is undefined" }],
    ["(-5) | abs(1)", { error: "abs() takes exactly 1 argument (2 given)" }],
    ["(-5) | abs(x=1)", {
      error: "abs() got an unexpected keyword argument 'x'",
    }],
  ]);
});

Deno.test("filesizeformat writes a size with a unit", () => {
  checkExpressions([
    ["0 | filesizeformat", "'0 Bytes'"],
    ["1 | filesizeformat", "'1 Byte'"],
    ["2.5 | filesizeformat", "'2 Bytes'"],
    ["999 | filesizeformat", "'999 Bytes'"],
    ["1000 | filesizeformat", "'1.0 kB'"],
    ["1024 | filesizeformat(true)", "'1.0 KiB'"],
    ["1023 | filesizeformat(binary=true)", "'1023 Bytes'"],
    ["123456789 | filesizeformat", "'123.5 MB'"],
    ["123456789 | filesizeformat(true)", "'117.7 MiB'"],
    ["(10 ** 12) | filesizeformat", "'1.0 TB'"],
    ["(10 ** 24) | filesizeformat", "'1000.0 ZB'"],
    ["(10 ** 30) | filesizeformat", "'1000000.0 YB'"],
    ["(2 ** 80) | filesizeformat(true)", "'1.0 YiB'"],
    ["999999 | filesizeformat", "'1000.0 kB'"],
    ["1e308 | filesizeformat", "'inf YB'"],
    ["'1500' | filesizeformat", "'1.5 kB'"],
    ["' 1e3 ' | filesizeformat", "'1.0 kB'"],
    ["'٣٠٠٠' | filesizeformat", "'3.0 kB'"],
    ["true | filesizeformat", "'1 Byte'"],
    ["(-5000) | filesizeformat", "'-5000 Bytes'"],
    ["'abc' | filesizeformat", {
      error: "could not convert string to float: 'abc'",
    }],
    ["none | filesizeformat", {
      error:
        "float() argument must be a string or a real number, not 'NoneType'",
    }],
    ["[1] | filesizeformat", {
      error: "float() argument must be a string or a real number, not 'list'",
    }],
    ["missing | filesizeformat", { error: "'missing' is undefined" }],
    ["1 | filesizeformat(true, 1)", {
      error: "filesizeformat() takes at most 2 arguments (3 given)",
    }],
  ]);
});

Deno.test("float converts to a float", () => {
  checkExpressions([
    ["'1.5' | float", "1.5"],
    ["'1' | float", "1.0"],
    ["5 | float", "5.0"],
    ["2.5 | float", "2.5"],
    ["true | float", "1.0"],
    ["(2 ** 70) | float", "1.1805916207174113e+21"],
    ["' 1.5\\n' | float", "1.5"],
    ["'1_0.2_5' | float", "10.25"],
    ["'_1' | float", "0.0"],
    ["'1__0' | float", "0.0"],
    ["'.5' | float", "0.5"],
    ["'5.' | float", "5.0"],
    ["'.' | float", "0.0"],
    ["'1e3' | float", "1000.0"],
    ["'1e' | float", "0.0"],
    ["'+1.5e-3' | float", "0.0015"],
    ["'inf' | float", "inf"],
    ["'-Infinity' | float", "-inf"],
    ["'nan' | float", "nan"],
    ["'infinit' | float", "0.0"],
    ["'٣.٥' | float", "3.5"],
    ["'𝟙𝟚' | float", "12.0"],
    ["'0x10' | float", "0.0"],
    ["'1,5' | float", "0.0"],
    ["'' | float", "0.0"],
    ["'abc' | float", "0.0"],
    ["'abc' | float(2.5)", "2.5"],
    ["'1.' | float", "1.0"],
    ["'1_0.0_1' | float", "10.01"],
    ["'1__0' | float", "0.0"],
    // A pattern that can split the digits in many ways would not end.
    ["('1' * 10 ** 6 ~ 'x') | float", "0.0"],
    ["('1' * 10 ** 6 ~ '.' ~ '1' * 10 ** 6 ~ 'ex') | float", "0.0"],
    ["'abc' | float(default='x')", "'x'"],
    ["none | float", "0.0"],
    ["none | float(none)", "None"],
    ["[] | float('d')", "'d'"],
    ["{} | float", "0.0"],
    ["('1.5' | safe) | float", "1.5"],
    ["missing | float", { error: "'missing' is undefined" }],
    ["'1' | float(1, 2)", {
      error: "float() takes at most 2 arguments (3 given)",
    }],
  ]);
});

Deno.test("round rounds to a number of digits", () => {
  checkExpressions([
    ["3.14159 | round", "3.0"],
    ["3.14159 | round(2)", "3.14"],
    ["3.14159 | round(precision=3)", "3.142"],
    ["2.5 | round", "2.0"],
    ["3.5 | round", "4.0"],
    ["(-2.5) | round", "-2.0"],
    ["0.5 | round", "0.0"],
    ["2.675 | round(2)", "2.67"],
    ["1.005 | round(2)", "1.0"],
    ["1234.5 | round(-2)", "1200.0"],
    ["1250 | round(-2)", "1200"],
    ["1350 | round(-2)", "1400"],
    ["42 | round", "42"],
    ["42 | round(3)", "42"],
    ["true | round", "1"],
    ["(2 ** 70) | round(-5)", "1180591620717411300000"],
    ["1e300 | round(2)", "1e+300"],
    ["1e-300 | round(5)", "0.0"],
    ["1.1 | round(30)", "1.1"],
    ["1.1 | round(500)", "1.1"],
    ["12345.678 | round(-500)", "0.0"],
    ["(10 ** 20) | round(-5000)", "0"],
    ["3.7 | round(none)", "4"],
    ["1e400 | round", "inf"],
    ["3.14159 | round(2, 'common')", "3.14"],
  ]);
});

Deno.test("round rounds up or down", () => {
  checkExpressions([
    ["3.14159 | round(2, 'ceil')", "3.15"],
    ["3.14159 | round(2, 'floor')", "3.14"],
    ["(-3.14159) | round(2, 'ceil')", "-3.14"],
    ["(-3.14159) | round(2, 'floor')", "-3.15"],
    ["42.1 | round(method='ceil')", "43.0"],
    ["42.9 | round(0, 'floor')", "42.0"],
    ["1234 | round(-2, 'ceil')", "1300.0"],
    ["1234 | round(-2, 'floor')", "1200.0"],
    ["7 | round(1, 'ceil')", "7.0"],
    ["true | round(0, 'ceil')", "1.0"],
    ["(2 ** 70) | round(0, 'floor')", "1.1805916207174113e+21"],
    ["1e15 | round(2, 'ceil')", "1000000000000000.0"],
    ["3.0 | round(0, 'ceil')", "3.0"],
    ["1e400 | round(0, 'ceil')", {
      error: "cannot convert float infinity to integer",
    }],
  ]);
});

Deno.test("round refuses what is not a number or a method", () => {
  checkExpressions([
    ["'3' | round", { error: "type str doesn't define __round__ method" }],
    ["none | round", {
      error: "type NoneType doesn't define __round__ method",
    }],
    ["[1] | round", { error: "type list doesn't define __round__ method" }],
    ["missing | round", { error: "'missing' is undefined" }],
    ["3.14 | round('a')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["3.14 | round(1.5)", {
      error: "'float' object cannot be interpreted as an integer",
    }],
    ["3.14 | round(0, 'up')", {
      error: "method must be common, ceil or floor",
    }],
    ["3.14 | round(0, 5)", { error: "method must be common, ceil or floor" }],
    ["3.14 | round(0, none)", {
      error: "method must be common, ceil or floor",
    }],
    ["'3' | round(0, 'ceil')", {
      error: "type str doesn't define __round__ method",
    }],
    ["1 | round(0, 'ceil', 1)", {
      error: "round() takes at most 3 arguments (4 given)",
    }],
  ]);
});
