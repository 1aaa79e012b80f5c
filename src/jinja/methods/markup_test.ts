import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("methods that return text of the string return markup", () => {
  checkExpressions([
    ["('<b> a & b </b>' | safe).upper()", "Markup('<B> A & B </B>')"],
    ["('<b> a & b </b>' | safe).lower()", "Markup('<b> a & b </b>')"],
    ["('<b> a & b </b>' | safe).capitalize()", "Markup('<b> a & b </b>')"],
    ["('<b> a & b </b>' | safe).title()", "Markup('<B> A & B </B>')"],
    ["('<b> a & b </b>' | safe).swapcase()", "Markup('<B> A & B </B>')"],
    ["('<b> a & b </b>' | safe).strip()", "Markup('<b> a & b </b>')"],
    ["('<b> a & b </b>' | safe).lstrip('<')", "Markup('<b> a & b </b>')"],
    ["('<b> a & b </b>' | safe).rstrip('>')", "Markup('<b> a & b </b>')"],
    ["('<b> a & b </b>' | safe).center(20)", "Markup('   <b> a & b </b>   ')"],
    [
      "('<b> a & b </b>' | safe).ljust(20, '.')",
      "Markup('<b> a & b </b>......')",
    ],
    ["('<b> a & b </b>' | safe).rjust(20)", "Markup('      <b> a & b </b>')"],
    ["('<b> a & b </b>' | safe).zfill(20)", "Markup('000000<b> a & b </b>')"],
    ["('<b> a & b </b>' | safe).expandtabs()", "Markup('<b> a & b </b>')"],
    [
      "('<b> a & b </b>' | safe).replace('a', '<i>')",
      "Markup('<b> &lt;i&gt; & b </b>')",
    ],
    [
      "('<b> a & b </b>' | safe).replace('&', '&', 1)",
      "Markup('<b> a & b </b>')",
    ],
    [
      "('<b> a & b </b>' | safe).translate({97: '<'})",
      "Markup('<b> < & b </b>')",
    ],
    [
      "('<b> a & b </b>' | safe).split()",
      "[Markup('<b>'), Markup('a'), Markup('&'), Markup('b'), Markup('</b>')]",
    ],
    [
      "('<b> a & b </b>' | safe).split('&')",
      "[Markup('<b> a '), Markup(' b </b>')]",
    ],
    [
      "('<b> a & b </b>' | safe).rsplit(' ', 1)",
      "[Markup('<b> a & b'), Markup('</b>')]",
    ],
    ["('<b> a & b </b>' | safe).splitlines()", "[Markup('<b> a & b </b>')]"],
    [
      "('<b> a & b </b>' | safe).partition('a')",
      "(Markup('<b> '), Markup('a'), Markup(' & b </b>'))",
    ],
    [
      "('<b> a & b </b>' | safe).rpartition('a')",
      "(Markup('<b> '), Markup('a'), Markup(' & b </b>'))",
    ],
    [
      "('<b> a & b </b>' | safe).partition('<')",
      "(Markup('<b> a & b </b>'), Markup(''), Markup(''))",
    ],
  ]);
});

Deno.test("methods that test or search return plain values", () => {
  checkExpressions([
    ["('<b>a</b>' | safe).find('a')", "3"],
    ["('<b>a</b>' | safe).count('b')", "2"],
    ["('<b>a</b>' | safe).index('a')", "3"],
    ["('<b>a</b>' | safe).startswith('<')", "True"],
    ["('<b>a</b>' | safe).endswith('>')", "True"],
    ["('<b>a</b>' | safe).isalpha()", "False"],
    ["('<b>a</b>' | safe).islower()", "True"],
    ["('<b>a</b>' | safe).casefold()", "'<b>a</b>'"],
    ["('<b>a</b>' | safe).removeprefix('<')", "'b>a</b>'"],
    ["('<b>a</b>' | safe).removesuffix('>')", "'<b>a</b'"],
  ]);
});

Deno.test("join, format and % escape what they put in", () => {
  checkExpressions([
    ["('<br>' | safe).join(['<', ('<i>' | safe)])", "Markup('&lt;<br><i>')"],
    ["('' | safe).join(['a', 1, none])", "Markup('a1None')"],
    ["('<b>{}</b>' | safe).format('<')", "Markup('<b>&lt;</b>')"],
    ["('{} {a}' | safe).format('<', a='>')", "Markup('&lt; &gt;')"],
    ["('{}' | safe).format(('<i>' | safe))", "Markup('<i>')"],
    ["('{!r}' | safe).format('<')", "Markup('&#39;&lt;&#39;')"],
    ["('{:5}|' | safe).format('<')", "Markup('&lt;    |')"],
    ["('{:5}' | safe).format(('a' | safe))", {
      error: "Unsupported format specification for Markup.",
    }],
    ["('{0.x}' | safe).format(1)", {
      error: "'int' object has no attribute 'x'",
    }],
    ["('{a}' | safe).format()", { error: "KeyError: 'a'" }],
    ["('{}' | safe).format(1.5)", "Markup('1.5')"],
    ["('{:.1f}' | safe).format(2.55)", "Markup('2.5')"],
  ]);
});

Deno.test("escape, unescape and striptags", () => {
  checkExpressions([
    ["('' | safe).escape('<')", "Markup('&lt;')"],
    ["('' | safe).escape(('<' | safe))", "Markup('<')"],
    ["('' | safe).escape(5)", "Markup('5')"],
    ["('' | safe).escape(none)", "Markup('None')"],
    ["('&lt;b&gt;' | safe).unescape()", "'<b>'"],
    ["('<b>a</b> &amp; b' | safe).striptags()", "'a & b'"],
    ["('a' | safe).nosuch", "Undefined"],
  ]);
});

Deno.test("a fill character is escaped, so that it may become too long", () => {
  checkExpressions([
    ["('a' | safe).center(5, '<')", {
      error: "The fill character must be exactly one character long",
    }],
    ["('a' | safe).ljust(5, '&')", {
      error: "The fill character must be exactly one character long",
    }],
    ["('a' | safe).rjust(5, ('<' | safe))", "Markup('<<<<a')"],
  ]);
});
