import { Environment } from "../../src/jinja/mod.ts";
import { FILTERS } from "../../src/templates/filters.ts";
import { checkLinear } from "../support/counted_work.ts";

const ENVIRONMENT = new Environment({
  filters: FILTERS,
  limits: { timeoutMs: Infinity },
});

/** What strings are made of. */
const UNITS: Readonly<Record<string, string>> = {
  "letters": "a",
  "blanks": " ",
  "lines of words": "Ab c_d-e\n",
  "characters of two units": "😀é",
  "accents": "e\u0301\u0345Σ",
  "HTML": "<a href='x'>&amp;&#65;<!-- ",
  "addresses": "(http://a.bc/?d=e). f@g.com, ",
  "braces and percents": "{0} {a[b]} %s %(c)d ",
  "JSON": '{"a":[1,2.5]},',
  "pairs": "a=b,c=d,",
};

/** What is done with a string `s`, its words `w` and its numbers `n`. */
const EXPRESSIONS: readonly string[] = [
  "s | upper ~ s | lower ~ s | title ~ s | capitalize",
  "s.swapcase() ~ s.casefold() ~ s.expandtabs()",
  "s | trim ~ s.strip('a ') ~ s.rstrip() ~ s.lstrip('{')",
  "s | escape | forceescape ~ (s | striptags) ~ ({'a': s} | xmlattr)",
  "s | urlize",
  "s | urlencode",
  "s | wordwrap(7)",
  "s | wordwrap(3, true, '')",
  "s | wordcount ~ s.count('a') ~ s.find('zz') ~ s.rfind('zz')",
  "s | indent(4, true)",
  "s | center(9) ~ s.ljust(9) ~ s.zfill(9)",
  "s | replace('a', 'bc') ~ s.replace('', '-', 9)",
  "s | truncate(9) ~ s | truncate(99, true, '')",
  "s.split() | join ~ s.split('a') | join('b') ~ s.rsplit(' ', 3) | join",
  "s.splitlines() | join ~ s.partition('zz') | join ~ s.rpartition(' ') | join",
  "s[::-1] ~ s[::2] ~ s[1:] | reverse",
  "s | list | unique | join ~ s | batch(3) | list | length",
  "s | tojson ~ s | pprint",
  "s | json_dumps ~ s | to_nice_yaml ~ s | to_base64",
  "s | kv_comma_pairs_to_json",
  "s | tojson | from_json",
  "(s.replace('{', '{{').replace('}', '}}') ~ '{0}{1:>3}' * 40).format(1, 2)",
  "(s | replace('%', '%%') ~ '%s' * 40) % ((1,) * 40)",
  "('%s' % s) ~ '{}'.format(s) ~ '{!r:>9}'.format(s)",
  "s.translate({97: 'b'}) ~ s.isidentifier() ~ s.istitle() ~ s.isprintable()",
  "s | int ~ s | float",
  "w | sort | join ~ w | unique | join ~ w | groupby('x', 'y') | list | length",
  "w | map('upper') | select | reject('none') | list | join(',')",
  "w | sort(reverse=true) | max ~ w | min",
  "w | tojson ~ w | pprint ~ w | to_nice_yaml",
  "w | slice(3) | map('join') | join ~ w | batch(2, 'x') | list | length",
  "(w + w) == (w + w) ~ (w in [w]) ~ w.index(w | last) ~ w.count('a')",
  "dict(w | batch(2, 'z')) | length",
  "n | sum ~ n | sort | first ~ n | max ~ n | unique | list | length",
];

for (const [name, unit] of Object.entries(UNITS)) {
  Deno.test(`Environment.render() of ${name} takes work in proportion to their length`, async () => {
    for (const expression of EXPRESSIONS) {
      const template = ENVIRONMENT.compile(`{{ ${expression} }}`);
      await checkLinear(
        40,
        (size) => unit.repeat(size),
        (s) => {
          const w = s.split(/[ ,]/);
          const n = w.map((word, index) => word.length * (index % 7));
          return template.render({ s, w, n });
        },
      );
    }
  });
}
