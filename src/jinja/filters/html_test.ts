import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

const context = { "html": "<b>a & b</b>", "q": { "a b": "c&d", "e": 1 } };

Deno.test("escape and e escape everything but markup", () => {
  checkExpressions([
    [
      "'<a href=\"x\">\\'&\\'</a>' | escape",
      "Markup('&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;&lt;/a&gt;')",
    ],
    ["'<' | e", "Markup('&lt;')"],
    ["'' | escape", "Markup('')"],
    ["5 | escape", "Markup('5')"],
    ["none | escape", "Markup('None')"],
    ["true | e", "Markup('True')"],
    ["['<', 1] | escape", "Markup('[&#39;&lt;&#39;, 1]')"],
    ["{'<': '>'} | e", "Markup('{&#39;&lt;&#39;: &#39;&gt;&#39;}')"],
    ["('<' | safe) | escape", "Markup('<')"],
    ["'<' | escape | escape", "Markup('&lt;')"],
    ["'é😀' | escape", "Markup('é😀')"],
    ["missing | escape", "Markup('')"],
    ["'<' | escape(1)", {
      error: "escape() takes exactly 1 argument (2 given)",
    }],
  ]);
  checkExpressions([
    ["html | escape", "Markup('&lt;b&gt;a &amp; b&lt;/b&gt;')"],
    ["(html | safe) | escape", "Markup('<b>a & b</b>')"],
  ], { context, autoescape: true });
  checkExpressions([
    ["missing | escape", { error: "'missing' is undefined" }],
  ], { strict: true });
});

Deno.test("forceescape escapes markup too", () => {
  checkExpressions([
    ["'<' | forceescape", "Markup('&lt;')"],
    ["('<' | safe) | forceescape", "Markup('&lt;')"],
    ["'<' | escape | forceescape", "Markup('&amp;lt;')"],
    ["5 | forceescape", "Markup('5')"],
    ["none | forceescape", "Markup('None')"],
    ["['<'] | forceescape", "Markup('[&#39;&lt;&#39;]')"],
    ["missing | forceescape", "Markup('')"],
    ["'<' | forceescape(1)", {
      error: "forceescape() takes exactly 1 argument (2 given)",
    }],
  ]);
});

Deno.test("safe marks a string as markup", () => {
  checkExpressions([
    ["'<b>' | safe", "Markup('<b>')"],
    ["5 | safe", "Markup('5')"],
    ["none | safe", "Markup('None')"],
    ["['<'] | safe", "Markup(\"['<']\")"],
    ["('<' | safe) | safe", "Markup('<')"],
    ["missing | safe", "Markup('')"],
    ["('<' | safe) ~ '<'", "'<<'"],
    ["('<' | safe) + '<'", "Markup('<&lt;')"],
    ["'<' | safe(1)", { error: "safe() takes exactly 1 argument (2 given)" }],
  ]);
  checkExpressions([
    [
      "(html | safe) ~ html",
      "Markup('<b>a & b</b>&lt;b&gt;a &amp; b&lt;/b&gt;')",
    ],
    [
      "(html | safe) + html",
      "Markup('<b>a & b</b>&lt;b&gt;a &amp; b&lt;/b&gt;')",
    ],
  ], { context, autoescape: true });
});

Deno.test("striptags removes tags and comments and decodes entities", () => {
  checkExpressions([
    ["'<p>a <b>b</b></p>' | striptags", "'a b'"],
    ["'a<br>b<br/>c' | striptags", "'abc'"],
    ["'a<!-- x > y -->b' | striptags", "'ab'"],
    ["'a<!-- x <b> -->b<i>' | striptags", "'ab'"],
    ["'a<!-- never closed' | striptags", "'a<!-- never closed'"],
    ["'a < b > c' | striptags", "'a c'"],
    ["'a < b' | striptags", "'a < b'"],
    ["'1 > 0' | striptags", "'1 > 0'"],
    ["'  a \\n\\t b  ' | striptags", "'a b'"],
    [
      "'&lt;b&gt; &amp;amp; &quot;x&quot; &#39;' | striptags",
      "'<b> &amp; \"x\" \\''",
    ],
    ["'&eacute;&Eacute;&copy&reg; &hellip; &euro;' | striptags", "'éÉ©® … €'"],
    ["'&#233;&#xE9;&#0;&#x110000;&#xD800;' | striptags", "'éé���'"],
    ["'&nope; &ampx &notx; &;' | striptags", "'&nope; &x ¬x; &;'"],
    ["'<a title=\">\">x</a>' | striptags", "'\">x'"],
    ["('<b>x</b>' | safe) | striptags", "'x'"],
    ["5 | striptags", "'5'"],
    ["none | striptags", "'None'"],
    ["['<a>'] | striptags", "\"['']\""],
    ["missing | striptags", "''"],
    ["'x' | striptags(1)", {
      error: "striptags() takes exactly 1 argument (2 given)",
    }],
  ]);
});

Deno.test("urlencode quotes a string for a path and pairs for a query", () => {
  checkExpressions([
    ["'a b&c=d/e' | urlencode", "'a%20b%26c%3Dd/e'"],
    ["'ü😀' | urlencode", "'%C3%BC%F0%9F%98%80'"],
    ['"-._~ !\'()*:;@" | urlencode', "'-._~%20%21%27%28%29%2A%3A%3B%40'"],
    ["'%20+' | urlencode", "'%2520%2B'"],
    ["'\\n\\t' | urlencode", "'%0A%09'"],
    ["'' | urlencode", "''"],
    ["5 | urlencode", "'5'"],
    ["1.5 | urlencode", "'1.5'"],
    ["none | urlencode", "'None'"],
    ["q | urlencode", "'a+b=c%26d&e=1'"],
    ["{'a/b': 'c/d'} | urlencode", "'a%2Fb=c%2Fd'"],
    ["{'ä': none, 1: true} | urlencode", "'%C3%A4=None&1=True'"],
    ["{} | urlencode", "''"],
    ["[('a', 1), ['b', 'c d']] | urlencode", "'a=1&b=c+d'"],
    ["[] | urlencode", "''"],
    ["{'a': [1, 2]} | urlencode", "'a=%5B1%2C+2%5D'"],
    ["q.items() | urlencode", "'a+b=c%26d&e=1'"],
    ["['ab', 'cd'] | urlencode", "'a=b&c=d'"],
    ["(html | safe) | urlencode", "'%3Cb%3Ea%20%26%20b%3C/b%3E'"],
    ["missing | urlencode", "''"],
    ["['a'] | urlencode", {
      error: "not enough values to unpack (expected 2, got 1)",
    }],
    ["['abc'] | urlencode", {
      error: "too many values to unpack (expected 2)",
    }],
    ["[5] | urlencode", { error: "'int' object is not iterable" }],
    ["'a' | urlencode(1)", {
      error: "urlencode() takes exactly 1 argument (2 given)",
    }],
  ], { context });
});

Deno.test("xmlattr writes a mapping as attributes", () => {
  checkExpressions([
    ["{'class': 'a b', 'id': 5} | xmlattr", '\' class="a b" id="5"\''],
    [
      "{'a': none, 'b': missing, 'c': '', 'd': 0, 'e': false} | xmlattr",
      '\' c="" d="0" e="False"\'',
    ],
    ["{'a': '<\"&\\'>'} | xmlattr", "' a=\"&lt;&#34;&amp;&#39;&gt;\"'"],
    ["{'a': '<' | safe} | xmlattr", "' a=\"<\"'"],
    ["{'a': 1} | xmlattr(false)", "'a=\"1\"'"],
    ["{'a': 1} | xmlattr(autospace=false)", "'a=\"1\"'"],
    ["{'a': 1} | xmlattr(autospace=1)", "' a=\"1\"'"],
    ["{} | xmlattr", "''"],
    ["{'a': none} | xmlattr", "''"],
    ["{'<': 1, 'é': 2} | xmlattr", '\' &lt;="1" é="2"\''],
    ["{'data-x': [1]} | xmlattr", "' data-x=\"[1]\"'"],
    ["dict(a=1) | xmlattr", "' a=\"1\"'"],
    ["{'a b': 1} | xmlattr", {
      error: "Invalid character in attribute name: 'a b'",
    }],
    ["{'a/b': 1} | xmlattr", {
      error: "Invalid character in attribute name: 'a/b'",
    }],
    ["{'a>b': 1} | xmlattr", {
      error: "Invalid character in attribute name: 'a>b'",
    }],
    ["{'a=b': 1} | xmlattr", {
      error: "Invalid character in attribute name: 'a=b'",
    }],
    ["{'a\\tb': 1} | xmlattr", {
      error: "Invalid character in attribute name: 'a\\tb'",
    }],
    ["{'a\\x0cb': 1} | xmlattr", {
      error: "Invalid character in attribute name: 'a\\x0cb'",
    }],
    ["{5: 1} | xmlattr", { error: "must be str, not int" }],
    ["[1] | xmlattr", { error: "'list' object has no attribute 'items'" }],
    ["'a' | xmlattr", { error: "'str' object has no attribute 'items'" }],
    ["none | xmlattr", { error: "'NoneType' object has no attribute 'items'" }],
    ["missing | xmlattr", { error: "'missing' is undefined" }],
    ["{'a': 1} | xmlattr(true, 1)", {
      error: "xmlattr() takes at most 2 arguments (3 given)",
    }],
  ]);
  checkExpressions([
    ["{'a': '<'} | xmlattr", "Markup(' a=\"&lt;\"')"],
    ["{} | xmlattr", "Markup('')"],
  ], { autoescape: true });
});
