import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("textLength() counts code points", () => {
  checkExpressions([
    ["'' | length", "0"],
    ["'abc' | length", "3"],
    ["'é' | length", "1"],
    ["'e\\u0301' | length", "2"],
    ["'😀' | length", "1"],
    ["'a😀b' | length", "3"],
    ["'👨\\u200d👩\\u200d👧' | length", "5"],
    ["'𐐀𐐨' | length", "2"],
    ["'中文' | length", "2"],
    ["'\\u0000' | length", "1"],
  ]);
});

Deno.test("characters() returns code points", () => {
  checkExpressions([
    ["'' | list", "[]"],
    ["'abc' | list", "['a', 'b', 'c']"],
    ["'a😀b' | list", "['a', '😀', 'b']"],
    ["'e\\u0301' | list", "['e', '\u0301']"],
    ["'👍🏽' | list", "['👍', '🏽']"],
    ["'\\n\\t' | list", "['\\n', '\\t']"],
    ["'𝟘' | list", "['𝟘']"],
  ]);
});

Deno.test("sliceText() cuts between code points", () => {
  checkExpressions([
    ["'a😀b😀c'[0]", "'a'"],
    ["'a😀b😀c'[1]", "'😀'"],
    ["'a😀b😀c'[2]", "'b'"],
    ["'a😀b😀c'[-1]", "'c'"],
    ["'a😀b😀c'[-2]", "'😀'"],
    ["'a😀b😀c'[1:]", "'😀b😀c'"],
    ["'a😀b😀c'[1:3]", "'😀b'"],
    ["'a😀b😀c'[::2]", "'abc'"],
    ["'a😀b😀c'[::-1]", "'c😀b😀a'"],
    ["'a😀b😀c'[3:1:-1]", "'😀b'"],
    ["'a😀b😀c'[:-1]", "'a😀b😀'"],
    ["'a😀b😀c'[10:]", "''"],
    ["'a😀b'.find('b')", "2"],
    ["'a😀b😀'.rfind('😀')", "3"],
    ["'😀b'.index('b')", "1"],
    ["'a😀b'.count('', 1)", "3"],
    ["'a😀b'.startswith('b', 2)", "True"],
    ["'a😀b'.partition('😀')", "('a', '😀', 'b')"],
    ["'%.2s|' % 'a😀b'", "'a😀|'"],
    ["'{:.2}|'.format('a😀b')", "'a😀|'"],
  ]);
});

Deno.test("escapeCharacter() writes what ascii() writes", () => {
  checkExpressions([
    ["'%a' % 'a'", "\"'a'\""],
    ["'%a' % 'é'", "\"'\\\\xe9'\""],
    ["'%a' % '\\xff'", "\"'\\\\xff'\""],
    ["'%a' % 'Ā'", "\"'\\\\u0100'\""],
    ["'%a' % '\\uffff'", "\"'\\\\uffff'\""],
    ["'%a' % '😀'", "\"'\\\\U0001f600'\""],
    ["'%a' % '\\U0010ffff'", "\"'\\\\U0010ffff'\""],
    ["'%a' % 'a\\'b'", "'\"a\\'b\"'"],
    ["'%a' % '\\n'", "\"'\\\\n'\""],
    ["'%a' % '\\x7f'", "\"'\\\\x7f'\""],
    ["'%a' % 'ß😀'", "\"'\\\\xdf\\\\U0001f600'\""],
    ["'{!a}'.format('é😀')", "\"'\\\\xe9\\\\U0001f600'\""],
    ["'%a' % ['é']", "\"['\\\\xe9']\""],
    ["'%a' % {'é': 1}", "\"{'\\\\xe9': 1}\""],
  ]);
});
