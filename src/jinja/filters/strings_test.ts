import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

const context = {
  "s": "the quick brown fox",
  "html": "<b>a & b</b>",
  "n": null,
};

Deno.test("capitalize makes the first letter upper case and the others lower case", () => {
  checkExpressions([
    ["'hELLO wORLD' | capitalize", "'Hello world'"],
    ["'' | capitalize", "''"],
    ["'élan VITAL' | capitalize", "'Élan vital'"],
    ["'ǆabc' | capitalize", "'ǅabc'"],
    ["'ß' | capitalize", "'Ss'"],
    ["'ﬁN' | capitalize", "'Fin'"],
    ["'😀A' | capitalize", "'😀a'"],
    ["' A' | capitalize", "' a'"],
    ["'İI' | capitalize", "'İi'"],
    ["42 | capitalize", "'42'"],
    ["true | capitalize", "'True'"],
    ["none | capitalize", "'None'"],
    ["['A', 'B'] | capitalize", "\"['a', 'b']\""],
    ["missing | capitalize", "''"],
    ["('<B>' | safe) | capitalize", "Markup('<b>')"],
    ["capitalize(1)", { error: "'capitalize' is undefined" }],
    ["'a' | capitalize(1)", {
      error: "capitalize() takes exactly 1 argument (2 given)",
    }],
    ["'a' | capitalize(x=1)", {
      error: "capitalize() got an unexpected keyword argument 'x'",
    }],
  ]);
  checkExpressions([
    ["html | capitalize", "'<b>a & b</b>'"],
    ["(html | safe) | capitalize", "Markup('<b>a & b</b>')"],
  ], { context, autoescape: true });
  checkExpressions([
    ["missing | capitalize", { error: "'missing' is undefined" }],
  ], { strict: true });
});

Deno.test("format fills in placeholders by position or by name", () => {
  checkExpressions([
    ["'%s and %s' | format('a', 1)", "'a and 1'"],
    ["'%(x)s-%(y)03d' | format(x='a', y=7)", "'a-007'"],
    ["'%s' | format([1, 'a'])", "\"[1, 'a']\""],
    ["'%s' | format((1, 2))", "'(1, 2)'"],
    ["'%d%%' | format(50)", "'50%'"],
    ["'%5.1f|%-5s|%+d' | format(3.14159, 'ab', 2)", "'  3.1|ab   |+2'"],
    [
      "'%x %X %o %e %g' | format(255, 255, 8, 12345.678, 0.00001)",
      "'ff FF 10 1.234568e+04 1e-05'",
    ],
    ["'%r %s' | format('a', none)", "\"'a' None\""],
    ["'%s' | format(true)", "'True'"],
    ["'%d' | format(2 ** 70)", "'1180591620717411303424'"],
    ["'é%s' | format('😀')", "'é😀'"],
    ["5 | format", "'5'"],
    ["'plain' | format", "'plain'"],
    ["'%s' | format", { error: "not enough arguments for format string" }],
    ["'%s %s' | format(1)", {
      error: "not enough arguments for format string",
    }],
    ["'plain' | format(1)", {
      error: "not all arguments converted during string formatting",
    }],
    ["'%s' | format(1, x=2)", {
      error: "can't handle positional and keyword arguments at the same time",
    }],
    ["'%(x)s' | format(y=1)", { error: "KeyError: 'x'" }],
    ["'%d' | format('a')", {
      error: "%d format: a real number is required, not str",
    }],
    ["'%q' | format(1)", {
      error: "unsupported format character 'q' (0x71) at index 1",
    }],
    ["('<%s>' | safe) | format('<')", "Markup('<&lt;>')"],
    ["('<%s>' | safe) | format('<' | safe)", "Markup('<<>')"],
    ["('<%(x)s>' | safe) | format(x='&')", "Markup('<&amp;>')"],
    ["missing | format", "''"],
  ], { context });
  checkExpressions([
    ["'<%s>' | format('<')", "'<<>'"],
    ["('<%s>' | safe) | format('<')", "Markup('<&lt;>')"],
  ], { context, autoescape: true });
});

Deno.test("lower and upper change the case of all letters", () => {
  checkExpressions([
    ["'ABC xyz' | lower", "'abc xyz'"],
    ["'abc XYZ' | upper", "'ABC XYZ'"],
    ["'ÀÉÎ' | lower", "'àéî'"],
    ["'ß ﬁ ŉ' | upper", "'SS FI ʼN'"],
    ["'ΑΣ ΣΑΣ' | lower", "'ας σας'"],
    ["'ǅ' | lower", "'ǆ'"],
    ["'ǅ' | upper", "'Ǆ'"],
    ["'İ' | lower | length", "2"],
    ["'ı' | upper", "'I'"],
    ["'😀a' | upper", "'😀A'"],
    ["12 | lower", "'12'"],
    ["true | upper", "'TRUE'"],
    ["none | lower", "'none'"],
    ["['A'] | lower", "\"['a']\""],
    ["{'A': 'B'} | lower", "\"{'a': 'b'}\""],
    ["missing | upper", "''"],
    ["('<B>' | safe) | lower", "Markup('<b>')"],
    ["'a' | lower('b')", {
      error: "lower() takes exactly 1 argument (2 given)",
    }],
    ["'a' | upper(x=1)", {
      error: "upper() got an unexpected keyword argument 'x'",
    }],
  ]);
});

Deno.test("replace replaces all or the first occurrences", () => {
  checkExpressions([
    ["'banana' | replace('a', 'o')", "'bonono'"],
    ["'banana' | replace('a', 'o', 2)", "'bonona'"],
    ["'banana' | replace('an', '')", "'ba'"],
    ["'banana' | replace('', '-')", "'-b-a-n-a-n-a-'"],
    ["'banana' | replace('', '-', 2)", "'-b-anana'"],
    ["'banana' | replace('x', 'y')", "'banana'"],
    ["'banana' | replace('a', 'o', count=1)", "'bonana'"],
    ["'banana' | replace(new='o', old='a')", "'bonono'"],
    ["'banana' | replace('a', 'o', 0)", "'banana'"],
    ["'banana' | replace('a', 'o', -5)", "'bonono'"],
    ["'banana' | replace('a', 'o', none)", "'bonono'"],
    ["'1 2 1' | replace(1, 'one')", "'one 2 one'"],
    ["'1.5' | replace('.', 5)", "'155'"],
    ["12.5 | replace('.', ',')", "'12,5'"],
    ["none | replace('on', 'ew')", "'Newe'"],
    ["[1] | replace('1', '2')", "'[2]'"],
    ["'aaa' | replace('aa', 'b')", "'ba'"],
    ["'é😀é' | replace('😀', '')", "'éé'"],
    ["'a\\nb' | replace('\\n', '\\\\n')", "'a\\\\nb'"],
    ["('<a>' | safe) | replace('a', '<')", "'<<>'"],
    ["missing | replace('a', 'b')", "''"],
    ["'a' | replace('a')", {
      error: "replace() missing 1 required positional argument: 'new'",
    }],
    ["'a' | replace", {
      error:
        "replace() missing 2 required positional arguments: 'old' and 'new'",
    }],
    ["'a' | replace('a', 'b', 'c')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["'a' | replace('a', 'b', 1, 2)", {
      error: "replace() takes at most 4 arguments (5 given)",
    }],
    ["'a' | replace('a', 'b', times=1)", {
      error: "replace() got an unexpected keyword argument 'times'",
    }],
  ], { context });
  checkExpressions([
    ["html | replace('b', '<')", "'<<>a & <</<>'"],
    ["(html | safe) | replace('b', '<')", "Markup('<&lt;>a & &lt;</&lt;>')"],
    [
      "html | replace('a', '<i>' | safe)",
      "Markup('&lt;b&gt;<i> &<i>mp; b&lt;/b&gt;')",
    ],
    [
      "html | replace('<' | safe, '[')",
      "Markup('&lt;b&gt;a &amp; b&lt;/b&gt;')",
    ],
    ["(html | safe) | replace('<' | safe, '[')", "Markup('[b>a & b[/b>')"],
  ], { context, autoescape: true });
});

Deno.test("string converts everything but markup to a string", () => {
  checkExpressions([
    ["5 | string", "'5'"],
    ["1.0 | string", "'1.0'"],
    ["none | string", "'None'"],
    ["[1, 'a'] | string", "\"[1, 'a']\""],
    ["{'a': 1} | string", "\"{'a': 1}\""],
    ["(1,) | string", "'(1,)'"],
    ["'a' | string", "'a'"],
    ["('<' | safe) | string", "Markup('<')"],
    ["(2 ** 70) | string", "'1180591620717411303424'"],
    ["range(3) | string", "'range(0, 3)'"],
    ["missing | string", "''"],
    ["(5 | string) ~ 5", "'55'"],
    ["5 | string(1)", { error: "string() takes exactly 1 argument (2 given)" }],
  ]);
});

Deno.test("title makes the first letter of each word upper case", () => {
  checkExpressions([
    ["'hello world' | title", "'Hello World'"],
    ["'HELLO' | title", "'Hello'"],
    ["\"it's o'neil\" | title", "\"It's O'neil\""],
    ["'foo-bar baz_qux a.b' | title", "'Foo-Bar Baz_qux A.b'"],
    ["'(a [b {c <d' | title", "'(A [B {C <D'"],
    ["'1st 2ND' | title", "'1st 2nd'"],
    ["'a\\tb\\nc' | title", "'A\\tB\\nC'"],
    ["'a\\u00a0b\\u2003c' | title", "'A\\xa0B\\u2003C'"],
    ["'élan ñandú' | title", "'Élan Ñandú'"],
    ["'ǆa ßb' | title", "'Ǆa SSb'"],
    ["'😀a a😀b' | title", "'😀a A😀b'"],
    ["'' | title", "''"],
    ["'  a  ' | title", "'  A  '"],
    ["5 | title", "'5'"],
    ["none | title", "'None'"],
    ["missing | title", "''"],
    ["('<b>x' | safe) | title", "'<B>x'"],
    ["'a--b' | title", "'A--B'"],
  ], { context });
});

Deno.test("trim removes characters from both ends", () => {
  checkExpressions([
    ["'  a b  ' | trim", "'a b'"],
    ["'\\n\\t a\\r\\x0b' | trim", "'a'"],
    ["'\\u00a0\\u2003a\\u3000' | trim", "'a'"],
    ["'xxaxx' | trim('x')", "'a'"],
    ["'xyaybx' | trim('yx')", "'ayb'"],
    ["'a' | trim('a')", "''"],
    ["' a ' | trim(none)", "'a'"],
    ["' a ' | trim('')", "' a '"],
    ["'-a-' | trim(chars='-')", "'a'"],
    ["'😀a😀' | trim('😀')", "'a'"],
    ["12.50 | trim('1')", "'2.5'"],
    ["none | trim('N')", "'one'"],
    ["missing | trim", "''"],
    ["(' <b> ' | safe) | trim", "Markup('<b>')"],
    ["('<b>' | safe) | trim('<')", "Markup('<b>')"],
    ["'-a-' | trim(5)", { error: "strip arg must be None or str, not int" }],
    ["'-a-' | trim('-', 'x')", {
      error: "trim() takes at most 2 arguments (3 given)",
    }],
  ], { context });
});

Deno.test("wordcount counts runs of letters, digits and underscores", () => {
  checkExpressions([
    ["s | wordcount", "4"],
    ["'' | wordcount", "0"],
    ["' - ' | wordcount", "0"],
    ['"don\'t stop" | wordcount', "3"],
    ["'a_b c-d 1.5' | wordcount", "5"],
    ["'é ü 日本 语' | wordcount", "4"],
    ["'①②' | wordcount", "1"],
    ["12.5 | wordcount", "2"],
    ["none | wordcount", "1"],
    ["['a b', 'c'] | wordcount", "3"],
    ["missing | wordcount", "0"],
    ["'a' | wordcount(1)", {
      error: "wordcount() takes exactly 1 argument (2 given)",
    }],
  ], { context });
});
