import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("parseFields() ends a name at ! or :, but not within brackets", () => {
  checkExpressions([
    ["'{0[a:b]}'.format({'a:b': 1})", "'1'"],
    ["'{0[a!r]}'.format({'a!r': 1})", "'1'"],
    ["'{0[a}b]}'.format({'a}b': 1})", "'1'"],
    ["'{0[a{b]}'.format({'a{b': 1})", "'1'"],
    ["'{0[a[b]}'.format({'a[b': 1})", "'1'"],
    ["'{a]b}'.format(**{'a]b': 1})", "'1'"],
    ["'{0[a]:>3}'.format({'a': 1})", "'  1'"],
    ["'{0[a]!r}'.format({'a': 'x'})", "\"'x'\""],
    ["'{a.b.c}'.format(a=1)", { error: "'int' object has no attribute 'b'" }],
    ["'{a..b}'.format(a=1)", { error: "Empty attribute in format string" }],
    ["'{a.}'.format(a=1)", { error: "Empty attribute in format string" }],
    ["'{.}'.format(1)", { error: "Empty attribute in format string" }],
    ["'{[}'.format(1)", { error: "expected '}' before end of string" }],
    ["'{[]}'.format([1])", { error: "Empty attribute in format string" }],
    ["'{]}'.format(1)", { error: "KeyError: ']'" }],
  ]);
});
