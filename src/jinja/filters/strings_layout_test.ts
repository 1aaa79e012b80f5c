import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

const context = {
  "s": "the quick brown fox",
  "html": "<b>a & b</b>",
  "n": null,
};

Deno.test("center pads a string on both sides", () => {
  checkExpressions([
    ["'ab' | center(6)", "'  ab  '"],
    ["'ab' | center(7)", "'   ab  '"],
    ["'abc' | center(6)", "' abc  '"],
    ["'abc' | center(width=7)", "'  abc  '"],
    ["'ab' | center(1)", "'ab'"],
    ["'ab' | center(-3)", "'ab'"],
    ["'ab' | center(0)", "'ab'"],
    ["'' | center(3)", "'   '"],
    ["'é😀' | center(5)", "'  é😀 '"],
    ["7 | center(3)", "' 7 '"],
    ["none | center(8)", "'  None  '"],
    ["missing | center(2)", "'  '"],
    ["('<i>' | safe) | center(5)", "Markup(' <i> ')"],
    ["'x' | center | length", "80"],
    ["'ab' | center(true)", "'ab'"],
    ["'ab' | center('6')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["'ab' | center(2.5)", {
      error: "'float' object cannot be interpreted as an integer",
    }],
    ["'ab' | center(none)", {
      error: "'NoneType' object cannot be interpreted as an integer",
    }],
    ["'ab' | center(4, '*')", {
      error: "center() takes at most 2 arguments (3 given)",
    }],
    ["'ab' | center(4, width=4)", {
      error: "center() got multiple values for argument 'width'",
    }],
    ["'ab' | center(fill='*')", {
      error: "center() got an unexpected keyword argument 'fill'",
    }],
  ]);
});

Deno.test("indent puts spaces or a string in front of lines", () => {
  checkExpressions([
    ["'a\\nb\\n\\nc' | indent", "'a\\n    b\\n\\n    c'"],
    ["'a\\nb\\n\\nc' | indent(2)", "'a\\n  b\\n\\n  c'"],
    ["'a\\nb\\n\\nc' | indent(2, true)", "'  a\\n  b\\n\\n  c'"],
    ["'a\\nb\\n\\nc' | indent(2, false, true)", "'a\\n  b\\n  \\n  c'"],
    ["'a\\nb\\n\\nc' | indent(2, true, true)", "'  a\\n  b\\n  \\n  c'"],
    ["'a\\nb' | indent('> ')", "'a\\n> b'"],
    ["'a\\nb' | indent(width='--', first=true)", "'--a\\n--b'"],
    ["'a\\n\\nb' | indent(blank=true, width=1)", "'a\\n \\n b'"],
    ["'a' | indent", "'a'"],
    ["'' | indent", "''"],
    ["'' | indent(2, true)", "'  '"],
    ["'a\\n' | indent(2)", "'a\\n'"],
    ["'\\na' | indent(2, true)", "'  \\n  a'"],
    ["'a\\r\\nb\\rc' | indent(1)", "'a\\n b\\n c'"],
    ["'a\\x0bb\\x1cc\\u2028d' | indent(1)", "'a\\n b\\n c\\n d'"],
    ["'a\\nb' | indent(0)", "'a\\nb'"],
    ["'a\\nb' | indent(-4)", "'a\\nb'"],
    ["'a\\nb' | indent('')", "'a\\nb'"],
    ["('a\\n<b>' | safe) | indent(1)", "Markup('a\\n <b>')"],
    ["('a\\nb' | safe) | indent('<')", "Markup('a\\n<b')"],
    ["'é\\n😀' | indent('é')", "'é\\né😀'"],
    ["'a\\nb' | indent(1.5)", {
      error: "'float' object cannot be interpreted as an integer",
    }],
    ["'a\\nb' | indent(none)", {
      error: "'NoneType' object cannot be interpreted as an integer",
    }],
    ["5 | indent", { error: "must be str, not int" }],
    ["none | indent", { error: "must be str, not NoneType" }],
    ["missing | indent", { error: "'missing' is undefined" }],
    ["'a' | indent(2, true, true, 1)", {
      error: "indent() takes at most 4 arguments (5 given)",
    }],
  ], { context });
  checkExpressions([
    ["html | indent(2, true)", "'  <b>a & b</b>'"],
    ["(html | safe) | indent(2, true)", "Markup('  <b>a & b</b>')"],
  ], { context, autoescape: true });
});

Deno.test("truncate shortens a string at a word or anywhere", () => {
  checkExpressions([
    ["s | truncate(9)", "'the...'"],
    ["s | truncate(9, true)", "'the qu...'"],
    ["s | truncate(9, false, '…')", "'the…'"],
    ["s | truncate(9, true, '')", "'the quick'"],
    ["s | truncate(9, true, '', 0)", "'the quick'"],
    ["s | truncate(14)", "'the quick brown fox'"],
    ["s | truncate(13)", "'the quick...'"],
    ["s | truncate(14, leeway=0)", "'the quick...'"],
    ["s | truncate(10, leeway=9)", "'the quick brown fox'"],
    ["s | truncate(10, leeway=8)", "'the...'"],
    [
      "s | truncate(length=9, killwords=true, end='!', leeway=0)",
      "'the quic!'",
    ],
    ["s | truncate(3)", "'...'"],
    ["s | truncate(3, true)", "'...'"],
    ["s | truncate(2)", { error: "expected length >= 3, got 2" }],
    ["s | truncate(-1)", { error: "expected length >= 3, got -1" }],
    ["s | truncate(0, true, '')", "''"],
    ["'abcdefghijklm' | truncate(5)", "'ab...'"],
    ["'abcdefghijklm' | truncate(5, false, '')", "'abcde'"],
    ["'a bcdefghijklm' | truncate(6)", "'a...'"],
    ["'😀😀😀😀😀😀😀😀😀' | truncate(3, true, '')", "'😀😀😀'"],
    ["('x' * 260) | truncate | length", "260"],
    ["('x ' * 200) | truncate | length", "254"],
    ["s | truncate | length", "19"],
    [
      "('<i>abcdefghijk' | safe) | truncate(5, true, '<')",
      "Markup('<i>a&lt;')",
    ],
    ["('ab' | safe) | truncate(1, true, '', 0)", "Markup('a')"],
    ["[1, 2, 3] | truncate(1, leeway=9)", {
      error: "expected length >= 3, got 1",
    }],
    ["{} | truncate", "{}"],
    ["[1, 2, 3] | truncate(1, true, '', 0)", {
      error: "must be str, not list",
    }],
    ["5 | truncate", { error: "object of type 'int' has no len()" }],
    ["none | truncate", { error: "object of type 'NoneType' has no len()" }],
    ["missing | truncate(3)", "Undefined"],
    ["s | truncate(9, leeway=-1)", { error: "expected leeway >= 0, got -1" }],
    ["s | truncate('9')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["s | truncate(9, end=5)", { error: "must be str, not int" }],
    ["s | truncate(9, true, '', 0, 1)", {
      error: "truncate() takes at most 5 arguments (6 given)",
    }],
  ], { context });
  checkExpressions([
    ["html | truncate(5, true, '<', 0)", "'<b>a<'"],
    ["(html | safe) | truncate(5, true, '<', 0)", "Markup('<b>a&lt;')"],
  ], { context, autoescape: true });
});

Deno.test("wordwrap breaks each line of a string", () => {
  checkExpressions([
    ["s | wordwrap(10)", "'the quick\\nbrown fox'"],
    ["s | wordwrap(10, true, '|')", "'the quick|brown fox'"],
    ["s | wordwrap(width=10, wrapstring='<br>')", "'the quick<br>brown fox'"],
    ["s | wordwrap(3)", "'the\\nqui\\nck \\nbro\\nwn\\nfox'"],
    ["s | wordwrap(3, false)", "'the\\nquick\\nbrown\\nfox'"],
    ["s | wordwrap(3, break_long_words=false)", "'the\\nquick\\nbrown\\nfox'"],
    ["'state-of-the-art' | wordwrap(8)", "'state-\\nof-the-\\nart'"],
    [
      "'state-of-the-art' | wordwrap(8, break_on_hyphens=false)",
      "'state-of\\n-the-art'",
    ],
    [
      "'state-of-the-art' | wordwrap(8, false, none, false)",
      "'state-of-the-art'",
    ],
    [
      "'one two\\nthree four\\n\\nfive' | wordwrap(5)",
      "'one\\ntwo\\nthree\\nfour\\n\\nfive'",
    ],
    ["'one two\\r\\nthree' | wordwrap(4)", "'one\\ntwo\\nthre\\ne'"],
    ["'a b\\n' | wordwrap(9)", "'a b'"],
    ["'\\na b' | wordwrap(9)", "'\\na b'"],
    ["'' | wordwrap", "''"],
    ["s | wordwrap", "'the quick brown fox'"],
    [
      "('word ' * 20) | wordwrap",
      "'word word word word word word word word word word word word word word word word\\nword word word word'",
    ],
    ["s | wordwrap(10, true, none)", "'the quick\\nbrown fox'"],
    ["('<b> a b c</b>' | safe) | wordwrap(4)", "'<b>\\na b \\nc</b\\n>'"],
    ["s | wordwrap(0)", { error: "invalid width 0 (must be > 0)" }],
    ["s | wordwrap(-5)", { error: "invalid width -5 (must be > 0)" }],
    ["s | wordwrap('10')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["s | wordwrap(10, true, 5)", { error: "must be str, not int" }],
    ["5 | wordwrap", { error: "must be str, not int" }],
    ["none | wordwrap", { error: "must be str, not NoneType" }],
    ["missing | wordwrap", { error: "'missing' is undefined" }],
    ["s | wordwrap(5, true, none, true, 1)", {
      error: "wordwrap() takes at most 5 arguments (6 given)",
    }],
  ], { context });
});
