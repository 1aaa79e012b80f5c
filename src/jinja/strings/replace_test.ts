import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("replace() replaces every occurrence, or the first ones", () => {
  checkExpressions([
    ["'aaa'.replace('a', 'b')", "'bbb'"],
    ["'aaa'.replace('a', 'b', 2)", "'bba'"],
    ["'aaa'.replace('a', 'b', 0)", "'aaa'"],
    ["'aaa'.replace('a', 'b', -5)", "'bbb'"],
    ["'aaa'.replace('a', 'b', 99)", "'bbb'"],
    ["'aaaa'.replace('aa', 'b')", "'bb'"],
    ["'abc'.replace('', '-')", "'-a-b-c-'"],
    ["'abc'.replace('', '-', 2)", "'-a-bc'"],
    ["'abc'.replace('', '-', 0)", "'abc'"],
    ["''.replace('', '-')", "'-'"],
    ["''.replace('a', '-')", "''"],
    ["'abc'.replace('b', '')", "'ac'"],
    ["'abc'.replace('x', 'y')", "'abc'"],
    ["'a.c'.replace('.', '$&')", "'a$&c'"],
    ["'a$b'.replace('$', '$$')", "'a$$b'"],
    ["'😀b😀'.replace('😀', 'x')", "'xbx'"],
    ["'😀b'.replace('', '.')", "'.😀.b.'"],
    ["'éa'.replace('é', 'e')", "'ea'"],
    ["'aXbX'.replace('X', '\\n')", "'a\\nb\\n'"],
    ["'abab'.replace('ab', 'ba')", "'baba'"],
  ]);
});
