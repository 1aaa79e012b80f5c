import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("urlize links URLs", () => {
  checkExpressions([
    [
      "'see http://example.com now' | urlize",
      '\'see <a href="http://example.com" rel="noopener">http://example.com</a> now\'',
    ],
    [
      "'https://example.com/a?b=1#c' | urlize",
      '\'<a href="https://example.com/a?b=1#c" rel="noopener">https://example.com/a?b=1#c</a>\'',
    ],
    [
      "'www.example.com' | urlize",
      '\'<a href="https://www.example.com" rel="noopener">www.example.com</a>\'',
    ],
    [
      "'example.com example.org/x example.xyz' | urlize",
      '\'<a href="https://example.com" rel="noopener">example.com</a> <a href="https://example.org/x" rel="noopener">example.org/x</a> example.xyz\'',
    ],
    [
      "'http://localhost/ http://127.0.0.1:80/a http://[::1]/' | urlize",
      '\'<a href="http://localhost/" rel="noopener">http://localhost/</a> <a href="http://127.0.0.1:80/a" rel="noopener">http://127.0.0.1:80/a</a> <a href="http://[::1]/" rel="noopener">http://[::1]/</a>\'',
    ],
    [
      "'http://example.com:8080' | urlize",
      '\'<a href="http://example.com:8080" rel="noopener">http://example.com:8080</a>\'',
    ],
    ["'http://example.com:123456' | urlize", "'http://example.com:123456'"],
    [
      "'HTTP://EXAMPLE.COM' | urlize",
      '\'<a href="https://HTTP://EXAMPLE.COM" rel="noopener">HTTP://EXAMPLE.COM</a>\'',
    ],
    ["'http://' | urlize", "'http://'"],
    [
      "'http://a.b.c.de/ä?ö=ü' | urlize",
      '\'<a href="http://a.b.c.de/ä?ö=ü" rel="noopener">http://a.b.c.de/ä?ö=ü</a>\'',
    ],
    [
      "'http://münchen.de' | urlize",
      '\'<a href="http://münchen.de" rel="noopener">http://münchen.de</a>\'',
    ],
    [
      "'www.xn--abc' | urlize",
      '\'<a href="https://www.xn--abc" rel="noopener">www.xn--abc</a>\'',
    ],
    ["'http://1.2.3' | urlize", "'http://1.2.3'"],
    ["'ftp://x.org' | urlize", "'ftp://x.org'"],
    ["'plain text' | urlize", "'plain text'"],
    ["'' | urlize", "''"],
    [
      "'a\\thttp://a.com\\nb  c' | urlize",
      '\'a\\t<a href="http://a.com" rel="noopener">http://a.com</a>\\nb  c\'',
    ],
    [
      "'http://x.com/?a=1&b=2' | urlize",
      '\'<a href="http://x.com/?a=1&amp;b=2" rel="noopener">http://x.com/?a=1&amp;b=2</a>\'',
    ],
    ["'<b>http://x.com</b>' | urlize", "'&lt;b&gt;http://x.com&lt;/b&gt;'"],
    ["5 | urlize", "'5'"],
    ["none | urlize", "'None'"],
    ["missing | urlize", "''"],
  ]);
});

Deno.test("urlize leaves punctuation around a URL outside the link", () => {
  checkExpressions([
    [
      "'(http://x.com)' | urlize",
      '\'(<a href="http://x.com" rel="noopener">http://x.com</a>)\'',
    ],
    [
      "'http://x.com.' | urlize",
      '\'<a href="http://x.com" rel="noopener">http://x.com</a>.\'',
    ],
    [
      "'http://x.com, http://y.com' | urlize",
      '\'<a href="http://x.com" rel="noopener">http://x.com</a>, <a href="http://y.com" rel="noopener">http://y.com</a>\'',
    ],
    [
      "'<http://x.com>' | urlize",
      '\'&lt;<a href="http://x.com" rel="noopener">http://x.com</a>&gt;\'',
    ],
    [
      "'((http://x.com))' | urlize",
      '\'((<a href="http://x.com" rel="noopener">http://x.com</a>))\'',
    ],
    [
      "'http://x.com/a_(b)' | urlize",
      '\'<a href="http://x.com/a_(b)" rel="noopener">http://x.com/a_(b)</a>\'',
    ],
    [
      "'(http://x.com/a_(b))' | urlize",
      '\'(<a href="http://x.com/a_(b)" rel="noopener">http://x.com/a_(b)</a>)\'',
    ],
    [
      "'http://x.com/(a' | urlize",
      '\'<a href="http://x.com/(a" rel="noopener">http://x.com/(a</a>\'',
    ],
    [
      "'http://x.com/((a)b))' | urlize",
      '\'<a href="http://x.com/((a)b))" rel="noopener">http://x.com/((a)b))</a>\'',
    ],
    [
      "'http://x.com/a)b' | urlize",
      '\'<a href="http://x.com/a)b" rel="noopener">http://x.com/a)b</a>\'',
    ],
    [
      "'http://x.com/<a>' | urlize",
      '\'<a href="http://x.com/&lt;a&gt;" rel="noopener">http://x.com/&lt;a&gt;</a>\'',
    ],
    [
      "'http://x.com>.,)' | urlize",
      '\'<a href="http://x.com" rel="noopener">http://x.com</a>&gt;.,)\'',
    ],
    [
      "'(www.x.com/<(a>)>' | urlize",
      '\'(<a href="https://www.x.com/&lt;(a&gt;)" rel="noopener">www.x.com/&lt;(a&gt;)</a>&gt;\'',
    ],
    ["'...' | urlize", "'...'"],
    ["'()' | urlize", "'()'"],
  ]);
});

Deno.test("urlize links email addresses", () => {
  checkExpressions([
    [
      "'me@example.com' | urlize",
      "'<a href=\"mailto:me@example.com\">me@example.com</a>'",
    ],
    [
      "'mailto:me@example.com' | urlize",
      "'<a href=\"mailto:me@example.com\">me@example.com</a>'",
    ],
    ["'mailto:nope' | urlize", "'mailto:nope'"],
    [
      "'a.b+c@d-e.co.uk.' | urlize",
      "'<a href=\"mailto:a.b+c@d-e.co.uk\">a.b+c@d-e.co.uk</a>.'",
    ],
    [
      "'(me@example.com)' | urlize",
      "'(<a href=\"mailto:me@example.com\">me@example.com</a>)'",
    ],
    ["'me@localhost' | urlize", "'me@localhost'"],
    ["'www.me@example.com' | urlize", "'www.me@example.com'"],
    ["'x:me@example.com' | urlize", "'x:me@example.com'"],
    ["'mailto:a@b.c?cc=d' | urlize", "'mailto:a@b.c?cc=d'"],
    ["'é@ü.de' | urlize", "'<a href=\"mailto:é@ü.de\">é@ü.de</a>'"],
  ]);
});

Deno.test("urlize takes a limit, rel, target and schemes", () => {
  checkExpressions([
    [
      "'http://example.com/path' | urlize(10)",
      '\'<a href="http://example.com/path" rel="noopener">http://exa...</a>\'',
    ],
    [
      "'http://example.com/path' | urlize(trim_url_limit=100)",
      '\'<a href="http://example.com/path" rel="noopener">http://example.com/path</a>\'',
    ],
    [
      "'http://example.com/path' | urlize(0)",
      '\'<a href="http://example.com/path" rel="noopener">...</a>\'',
    ],
    [
      "'http://x.com/😀😀😀' | urlize(14)",
      '\'<a href="http://x.com/😀😀😀" rel="noopener">http://x.com/😀...</a>\'',
    ],
    [
      "'http://x.com' | urlize(nofollow=true)",
      '\'<a href="http://x.com" rel="nofollow noopener">http://x.com</a>\'',
    ],
    [
      "'http://x.com' | urlize(none, true, '_blank')",
      '\'<a href="http://x.com" rel="nofollow noopener" target="_blank">http://x.com</a>\'',
    ],
    [
      "'http://x.com' | urlize(target='a\"b')",
      '\'<a href="http://x.com" rel="noopener" target="a&#34;b">http://x.com</a>\'',
    ],
    [
      "'http://x.com' | urlize(rel='me you')",
      '\'<a href="http://x.com" rel="me noopener you">http://x.com</a>\'',
    ],
    [
      "'http://x.com' | urlize(rel='noopener', nofollow=true)",
      '\'<a href="http://x.com" rel="nofollow noopener">http://x.com</a>\'',
    ],
    [
      "'http://x.com' | urlize(rel='\"<')",
      '\'<a href="http://x.com" rel="&#34;&lt; noopener">http://x.com</a>\'',
    ],
    [
      "'me@x.com' | urlize(5, true, '_top', 'me')",
      "'<a href=\"mailto:me@x.com\">me@x.com</a>'",
    ],
    [
      "'tel:123 ftp://x' | urlize(extra_schemes=['tel:', 'ftp://'])",
      '\'<a href="tel:123" rel="noopener">tel:123</a> <a href="ftp://x" rel="noopener">ftp://x</a>\'',
    ],
    ["'tel:' | urlize(extra_schemes=['tel:'])", "'tel:'"],
    [
      "'tel:1' | urlize(none, false, none, none, ['tel:'])",
      '\'<a href="tel:1" rel="noopener">tel:1</a>\'',
    ],
    [
      "'tel:1' | urlize(extra_schemes=('tel:',))",
      '\'<a href="tel:1" rel="noopener">tel:1</a>\'',
    ],
    ["'tel:1' | urlize(extra_schemes=['tel'])", {
      error: "'tel' is not a valid URI scheme prefix.",
    }],
    ["'tel:1' | urlize(extra_schemes=['t:'])", {
      error: "'t:' is not a valid URI scheme prefix.",
    }],
    ["'tel:1' | urlize(extra_schemes='tel:')", {
      error: "'t' is not a valid URI scheme prefix.",
    }],
    ["'tel:1' | urlize(extra_schemes=5)", {
      error: "'int' object is not iterable",
    }],
    ["'http://x.com' | urlize('10')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["'nothing' | urlize('10')", "'nothing'"],
    ["'http://x.com' | urlize(rel=5)", { error: "must be str, not int" }],
    ["'http://x.com' | urlize(1, 2, 3, 'x', [], 6)", {
      error: "urlize() takes at most 6 arguments (7 given)",
    }],
  ]);
  checkExpressions([
    [
      "'<http://x.com>' | urlize",
      'Markup(\'&lt;<a href="http://x.com" rel="noopener">http://x.com</a>&gt;\')',
    ],
    [
      "('<http://x.com>' | safe) | urlize",
      'Markup(\'<<a href="http://x.com" rel="noopener">http://x.com</a>>\')',
    ],
  ], { autoescape: true });
});
