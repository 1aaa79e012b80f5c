import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("formatPercent() prints with %s, %r and %a", () => {
  checkExpressions([
    ["'%s' % 'abc'", "'abc'"],
    ["'%s' % 'é😀'", "'é😀'"],
    ["'%s' % 1.0", "'1.0'"],
    ["'%s' % none", "'None'"],
    ["'%s' % [1, 'a']", "\"[1, 'a']\""],
    ["'%s' % ('x',)", "'x'"],
    ["'%r' % 'abc'", "\"'abc'\""],
    ["'%r' % 'é😀'", "\"'é😀'\""],
    ["'%r' % 1.0", "'1.0'"],
    ["'%r' % none", "'None'"],
    ["'%r' % [1, 'a']", "\"[1, 'a']\""],
    ["'%r' % ('x',)", "\"'x'\""],
    ["'%a' % 'abc'", "\"'abc'\""],
    ["'%a' % 'é😀'", "\"'\\\\xe9\\\\U0001f600'\""],
    ["'%a' % 1.0", "'1.0'"],
    ["'%a' % none", "'None'"],
    ["'%a' % [1, 'a']", "\"[1, 'a']\""],
    ["'%a' % ('x',)", "\"'x'\""],
    ["'%10s|' % 'abc'", "'       abc|'"],
    ["'%10s|' % 'é😀'", "'        é😀|'"],
    ["'%10s|' % 1.0", "'       1.0|'"],
    ["'%10s|' % none", "'      None|'"],
    ["'%10s|' % [1, 'a']", "\"  [1, 'a']|\""],
    ["'%10s|' % ('x',)", "'         x|'"],
    ["'%-10s|' % 'abc'", "'abc       |'"],
    ["'%-10s|' % 'é😀'", "'é😀        |'"],
    ["'%-10s|' % 1.0", "'1.0       |'"],
    ["'%-10s|' % none", "'None      |'"],
    ["'%-10s|' % [1, 'a']", "\"[1, 'a']  |\""],
    ["'%-10s|' % ('x',)", "'x         |'"],
    ["'%.2s' % 'abc'", "'ab'"],
    ["'%.2s' % 'é😀'", "'é😀'"],
    ["'%.2s' % 1.0", "'1.'"],
    ["'%.2s' % none", "'No'"],
    ["'%.2s' % [1, 'a']", "'[1'"],
    ["'%.2s' % ('x',)", "'x'"],
    ["'%5.1s|' % 'abc'", "'    a|'"],
    ["'%5.1s|' % 'é😀'", "'    é|'"],
    ["'%5.1s|' % 1.0", "'    1|'"],
    ["'%5.1s|' % none", "'    N|'"],
    ["'%5.1s|' % [1, 'a']", "'    [|'"],
    ["'%5.1s|' % ('x',)", "'    x|'"],
    ["'%s' % missing", "''"],
    ["'%s' % (missing,)", "''"],
    ["'%s' % true", "'True'"],
    ["'%s' % {'a': 1}", "\"{'a': 1}\""],
    ["'%s' % range(3)", "'range(0, 3)'"],
  ]);
});

Deno.test("formatPercent() formats characters with %c", () => {
  checkExpressions([
    ["'%c' % 65", "'A'"],
    ["'%c' % 'é'", "'é'"],
    ["'%c' % '😀'", "'😀'"],
    ["'%c' % 0x1F600", "'😀'"],
    ["'%c' % 'ab'", { error: "%c requires int or char" }],
    ["'%c' % ''", { error: "%c requires int or char" }],
    ["'%c' % -1", { error: "%c arg not in range(0x110000)" }],
    ["'%c' % 1114112", { error: "%c arg not in range(0x110000)" }],
    ["'%c' % 1.5", { error: "%c requires int or char" }],
    ["'%c' % none", { error: "%c requires int or char" }],
    ["'%5c|' % 65", "'    A|'"],
    ["'%-5c|' % 'a'", "'a    |'"],
    ["'%.0c' % 'a'", "'a'"],
    ["'%05c' % 65", "'    A'"],
  ]);
});

Deno.test("formatPercent() refuses what does not fit", () => {
  checkExpressions([
    ["'%d' % 'a'", { error: "%d format: a real number is required, not str" }],
    ["'%d' % none", {
      error: "%d format: a real number is required, not NoneType",
    }],
    ["'%d' % []", { error: "%d format: a real number is required, not list" }],
    ["'%i' % '5'", { error: "%i format: a real number is required, not str" }],
    ["'%x' % 1.0", { error: "%x format: an integer is required, not float" }],
    ["'%f' % '1'", { error: "must be real number, not str" }],
    ["'%y' % 1", {
      error: "unsupported format character 'y' (0x79) at index 1",
    }],
    ["'%é' % 1", {
      error: "unsupported format character '?' (0xe9) at index 1",
    }],
    ["'% %' % 1", {
      error: "unsupported format character '%' (0x25) at index 2",
    }],
    ["'%\\n' % 1", {
      error: "unsupported format character '?' (0xa) at index 1",
    }],
    ["'%s%z' % (1, 2)", {
      error: "unsupported format character 'z' (0x7a) at index 3",
    }],
    ["'%d' % ('nan' | float)", {
      error: "cannot convert float NaN to integer",
    }],
    ["'%d' % ('inf' | float)", {
      error: "cannot convert float infinity to integer",
    }],
    ["'%d' % (10 ** 4300)", {
      error: "Exceeds the limit (4300 digits) for integer string conversion",
    }],
    ["'%99999999999999999999d' % 1", { error: "width too big" }],
    ["'%.99999999999999999999f' % 1", { error: "precision too big" }],
  ]);
});

Deno.test("formatPercent() escapes what it puts into markup", () => {
  checkExpressions([
    ["('%s' | safe) % '<'", "Markup('&lt;')"],
    ["('<%s>' | safe) % '&'", "Markup('<&amp;>')"],
    ["('%s' | safe) % ('<b>' | safe)", "Markup('<b>')"],
    ["('%s %s' | safe) % ('<', '>')", "Markup('&lt; &gt;')"],
    ["('%(a)s' | safe) % {'a': '<'}", "Markup('&lt;')"],
    ["('%r' | safe) % '<'", "Markup('&#39;&lt;&#39;')"],
    ["('%d' | safe) % 5", "Markup('5')"],
    ["('%5s|' | safe) % '<'", "Markup(' &lt;|')"],
    ["('%.2s' | safe) % '<<<'", "Markup('&l')"],
    ["('%s' | safe) % ['<']", "Markup('[&#39;&lt;&#39;]')"],
    ["('%f' | safe) % 1.5", "Markup('1.500000')"],
    ["'%s' % ('<' | safe)", "'<'"],
    ["('%%' | safe) % ()", "Markup('%')"],
  ]);
});
