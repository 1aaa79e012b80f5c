import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("toRepr() prints values as Python's repr()", () => {
  checkExpressions([
    ["1", "1"],
    ["-1", "-1"],
    ["1.0", "1.0"],
    ["-0.0", "-0.0"],
    ["0.1", "0.1"],
    ["1e16", "1e+16"],
    ["1e15", "1000000000000000.0"],
    ["123456789012345680.0", "1.2345678901234568e+17"],
    ["1e-5", "1e-05"],
    ["0.0001", "0.0001"],
    ["1e22", "1e+22"],
    ["1.5e300", "1.5e+300"],
    ["5e-324", "5e-324"],
    ["('inf' | float)", "inf"],
    ["('-inf' | float)", "-inf"],
    ["('nan' | float)", "nan"],
    ["2 ** 70", "1180591620717411303424"],
    ["true", "True"],
    ["false", "False"],
    ["none", "None"],
    ["'a'", "'a'"],
    ["''", "''"],
    ['"it\'s"', '"it\'s"'],
    ["'say \"hi\"'", "'say \"hi\"'"],
    ["'it\\'s \"x\"'", "'it\\'s \"x\"'"],
    ["'a\\nb\\tc\\rd'", "'a\\nb\\tc\\rd'"],
    ["'\\x00\\x1f\\x7f'", "'\\x00\\x1f\\x7f'"],
    ["'\\x80\\xa0\\xad'", "'\\x80\\xa0\\xad'"],
    ["'é'", "'é'"],
    ["'😀'", "'😀'"],
    ["'\\u200b\\u2028\\ufeff'", "'\\u200b\\u2028\\ufeff'"],
    ["'\\ue000'", "'\\ue000'"],
    ["'\\U0010ffff'", "'\\U0010ffff'"],
    ["'a\\\\b'", "'a\\\\b'"],
    ["'\\u0301'", "'\u0301'"],
    ["[]", "[]"],
    ["[1, 'a', none]", "[1, 'a', None]"],
    ["()", "()"],
    ["(1,)", "(1,)"],
    ["{}", "{}"],
    ["{'a': 1, 2: (3,)}", "{'a': 1, 2: (3,)}"],
    ["range(3)", "range(0, 3)"],
    ["('<' | safe)", "Markup('<')"],
    ["{'a': 1}.items()", "dict_items([('a', 1)])"],
    ["missing", "Undefined"],
    ["[missing]", "[Undefined]"],
    ["dict", "<class 'dict'>"],
    ["range", "<class 'range'>"],
    ["namespace(a=1, b='x')", "<Namespace {'a': 1, 'b': 'x'}>"],
    ["namespace()", "<Namespace {}>"],
  ]);
});

Deno.test("toText() prints values as Python's str()", () => {
  checkExpressions([
    ["1 ~ ''", "'1'"],
    ["1.0 ~ ''", "'1.0'"],
    ["-0.0 ~ ''", "'-0.0'"],
    ["1e16 ~ ''", "'1e+16'"],
    ["true ~ ''", "'True'"],
    ["none ~ ''", "'None'"],
    ["'a' ~ ''", "'a'"],
    ["\"it's\" ~ ''", '"it\'s"'],
    ["['a'] ~ ''", "\"['a']\""],
    ["('a',) ~ ''", "\"('a',)\""],
    ["{'a': 'b'} ~ ''", "\"{'a': 'b'}\""],
    ["missing ~ ''", "''"],
    ["('<' | safe) ~ ''", "'<'"],
    ["range(2) ~ ''", "'range(0, 2)'"],
    ["2 ** 70 ~ ''", "'1180591620717411303424'"],
    ["[1.0, none, true] ~ ''", "'[1.0, None, True]'"],
    ["dict ~ ''", "\"<class 'dict'>\""],
  ]);
});

Deno.test("toText() refuses integers that are too long", () => {
  checkExpressions([
    ["((10 ** 4299) ~ '') | length", "4300"],
    ["(10 ** 4300) ~ ''", {
      error: "Exceeds the limit (4300 digits) for integer string conversion",
    }],
    ["-(10 ** 4300) ~ ''", {
      error: "Exceeds the limit (4300 digits) for integer string conversion",
    }],
    ["[10 ** 4300] ~ ''", {
      error: "Exceeds the limit (4300 digits) for integer string conversion",
    }],
    ["(10 ** 4300) | string", {
      error: "Exceeds the limit (4300 digits) for integer string conversion",
    }],
  ]);
});

Deno.test("toRepr() escapes what str.isprintable() denies", () => {
  checkExpressions([
    ["['\\u0378']", "['\\u0378']"],
    ["['\\u2029']", "['\\u2029']"],
    ["['\\ud7ff']", "['\\ud7ff']"],
    ["['\\uff01']", "['！']"],
    ["['\\U0001f9ff']", "['🧿']"],
    ["['\\xad']", "['\\xad']"],
    ["['\\u3000']", "['\\u3000']"],
    ["[' ']", "[' ']"],
    ["['\\x85']", "['\\x85']"],
    ["['👨\\u200d👩']", "['👨\\u200d👩']"],
  ]);
});
