import { deepStrictEqual, ok } from "node:assert/strict";
import {
  Environment,
  TemplateError,
  TemplateLimitError,
} from "../../src/jinja/mod.ts";

/**
 * Limits that are met soon. The time is not limited, so that work that nothing
 * charges shows as a test that does not end.
 */
const TIGHT = new Environment({
  limits: {
    maxSteps: 100_000,
    maxBytes: 16 * 1024 * 1024,
    maxLength: 1_000_000,
    timeoutMs: Infinity,
  },
});

/** Returns what a template does that should exceed a limit; `undefined` if it does. */
function survivor(source: string): string | undefined {
  try {
    TIGHT.render(source, {});
    return `${source}: rendered`;
  } catch (error) {
    if (error instanceof TemplateLimitError) return undefined;
    if (!(error instanceof TemplateError)) throw error;
    return `${source}: ${error.reason}`;
  }
}

function checkLimited(sources: readonly string[]): void {
  deepStrictEqual(sources.map(survivor).filter((line) => line), []);
}

/** Repeats a statement without end, in terms of the limits. */
function repeated(statement: string, setUp = ""): string {
  return `${setUp}{% for i in range(10 ** 9) %}${statement}{% endfor %}`;
}

const NESTED = "{% set ns = namespace(t=(1,)) %}" +
  "{% for i in range(100) %}{% set ns.t = (ns.t, ns.t) %}{% endfor %}";
const OTHER = "{% set ns.u = (1,) %}" +
  "{% for i in range(100) %}{% set ns.u = (ns.u, ns.u) %}{% endfor %}";

Deno.test("limits end loops and calls that call each other", () => {
  checkLimited([
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(99) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(x=m()) %}{% endmacro %}{{ m() }}",
    "{% macro m(n, x=0) %}{{ m(n, m(n)) }}{% endmacro %}{{ m(1) }}",
    "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% macro r() %}{% call m() %}{{ r() }}{% endcall %}{% endmacro %}{{ r() }}",
    "{% block b %}{{ self.b() }}{% endblock %}",
    "{% block a %}{{ self.b() }}{% endblock %}{% block b %}{{ self.a() }}{% endblock %}",
    "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% for x in [1, 2] recursive %}{{ loop([1, 2]) if loop.depth < 40 }}{% endfor %}",
    "{% for x in range(10 ** 12) %}{% endfor %}",
    "{% for x in range(10 ** 12) if false %}{% endfor %}",
    "{% for x in range(1000) %}{% for y in range(1000) %}{% endfor %}{% endfor %}",
    repeated("{% continue %}"),
    repeated("{{ i }}"),
    repeated("{% set x = i %}"),
    repeated("{% if i == i %}{% endif %}"),
    repeated("{{ namespace(a=1) }}"),
    repeated("{% filter upper %}{% endfilter %}"),
  ]);
});

Deno.test("limits end native loops over ranges and generators", () => {
  checkLimited([
    "{{ range(10 ** 12) | list }}",
    "{{ range(10 ** 12) | sum }}",
    "{{ range(10 ** 12) | sort }}",
    "{{ range(10 ** 12) | max }}",
    "{{ range(10 ** 12) | join }}",
    "{{ range(10 ** 12) | unique | list }}",
    "{{ range(10 ** 12) | reject('ge', 0) | first }}",
    "{{ range(10 ** 12) | batch(2) | list }}",
    "{{ range(10 ** 12) | batch(10 ** 12) | first }}",
    "{{ range(10 ** 12) | slice(3) | list }}",
    "{{ range(10 ** 12) | groupby('real') }}",
    "{{ range(10 ** 12) | reverse | list }}",
    "{{ range(10 ** 12) | select('gt', 10 ** 11) | first }}",
    "{{ 1 in (range(10 ** 12) | select('odd') | reject('odd')) }}",
    "{{ {}.fromkeys(range(10 ** 12)) }}",
    "{{ [1] | batch(10 ** 12, 0) | list }}",
    "{{ [1] | slice(10 ** 12) | list }}",
    "{{ [].extend(range(10 ** 12)) }}",
    "{{ ','.join(range(10 ** 12) | map('string')) }}",
    "{{ (range(10 ** 12) | list)[::-1] }}",
    "{{ lipsum(10 ** 12) }}",
    "{{ lipsum(1, min=10 ** 12, max=10 ** 12 + 1) }}",
  ]);
});

Deno.test("limits end loops over long strings", () => {
  const long = "{% set s = 'xy' * 300000 %}";
  checkLimited([
    `${long}{{ s[::-1] }}`,
    `${long}{{ s | list }}`,
    `${long}{{ s | reverse }}`,
    `${long}{{ s | wordwrap(1) }}`,
    `${long}{{ s.swapcase() }}`,
    `${long}{{ s.title() }}`,
    `${long}{{ s.casefold() }}`,
    `${long}{{ s.strip('xy') }}`,
    `${long}{{ s.split('x') }}`,
    `${long}{{ s.rsplit('x') }}`,
    `${long}{{ s.count('x') }}`,
    `${long}{{ s.replace('x', 'y') }}`,
    `${long}{{ s.replace('', 'y') }}`,
    `${long}{{ s.translate({120: 'y'}) }}`,
    `${long}{{ ('é😀' * 300000) | length }}`,
    `${long}{{ ('é😀' * 300000)[0] }}`,
    "{{ ('{{}}' * 300000).format() }}",
    "{{ '%%' * 300000 % () }}",
    "{{ ('a\n' * 300000).splitlines() }}",
    "{{ ('a ' * 300000).split() }}",
    "{{ ('\\t' * 300000).expandtabs() }}",
    "{{ ('<' * 300000) | escape }}",
    "{% for c in 'x' * 900000 %}{% endfor %}",
  ]);
});

Deno.test("limits end repeated work on one long string or list", () => {
  const long = "{% set s = 'xy' * 400000 %}{% set l = range(40000) | list %}";
  checkLimited([
    "{% set x = s.upper() %}",
    "{% set x = s.isalpha() %}",
    "{% set x = s.strip() %}",
    "{% set x = 'z' in s %}",
    "{% set x = s.find('z') %}",
    "{% set x = s.startswith(s) %}",
    "{% set x = s | length %}",
    "{% set x = s[1:2] %}",
    "{% set x = s == s ~ '' %}",
    "{% set x = s < s ~ '' %}",
    "{% set x = s ~ 'z' %}",
    "{% set x = '%s' % s %}",
    "{% set x = '{}'.format(s) %}",
    "{% set x = s | escape %}",
    "{% set x = s.join(['a', 'b']) %}",
    "{% set x = l[1:] %}",
    "{% set x = l + [1] %}",
    "{% set x = l.copy() %}",
    "{% set x = -1 in l %}",
    "{% set x = l.count(1) %}",
    "{% set x = l == l.copy() %}",
    "{% set x = l | sort %}",
    "{% set x = l.insert(0, 1) %}",
    "{% set x = l.pop(0) if l | length > 20000 %}",
    "{% set x = l.reverse() %}",
    "{% set x = l | string %}",
    "{% set x = [s] | string %}",
  ].map((statement) => repeated(statement, long)));
});

Deno.test("limits refuse strings before they are built", () => {
  checkLimited([
    "{{ 'a' * 10 ** 12 }}",
    "{{ 10 ** 12 * 'a' }}",
    "{{ 'a'.center(10 ** 12) }}",
    "{{ 'a'.ljust(10 ** 12) }}",
    "{{ 'a'.rjust(10 ** 12, '😀') }}",
    "{{ 'a'.zfill(10 ** 12) }}",
    "{{ '\\t'.expandtabs(10 ** 12) }}",
    "{{ '{:1000000000000}'.format(1) }}",
    "{{ '{:01000000000000,}'.format(1) }}",
    "{{ '{:>1000000000000}'.format('a') }}",
    "{{ '{:.1000000000000f}'.format(1.5) }}",
    "{{ '{:.1000000000000e}'.format(1.5) }}",
    "{{ '{:#.1000000000000g}'.format(1.5) }}",
    "{{ '%1000000000000d' % 1 }}",
    "{{ '%01000000000000d' % 1 }}",
    "{{ '%.1000000000000d' % 1 }}",
    "{{ '%.1000000000000f' % 1.5 }}",
    "{{ '%-*s' % (10 ** 12, 'a') }}",
    "{{ 'a' | center(10 ** 12) }}",
    "{{ 'a\nb' | indent(10 ** 12) }}",
    "{{ ('a\n' * 1000) | indent(100000) }}",
    "{{ [1] | tojson(10 ** 12) }}",
    "{{ ('a' * 1000).replace('a', 'b' * 100000) }}",
    "{{ ('a' * 1000).replace('', 'b' * 100000) }}",
    "{{ ('a' * 100000).join('b' * 1000) }}",
    "{{ ('a' * 1000).translate({97: 'b' * 100000}) }}",
    "{{ (['a' * 100000] * 1000) | join }}",
    "{{ ['a' * 100000] * 1000 }}",
    "{{ ('%s' * 100) % (('a' * 100000,) * 100) }}",
    "{{ ('{0}' * 100).format('a' * 100000) }}",
    "{{ ('<' * 900000) | e }}",
    "{{ ('%' * 900000) | urlencode }}",
    "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
    "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = '%s%s' % (ns.s, ns.s) %}{% endfor %}",
    "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s %}{{ ns.s }}{{ ns.s }}{% endset %}{% endfor %}",
    repeated("{{ 'x' * 1000 }}"),
  ]);
});

Deno.test("limits refuse lists and numbers before they are built", () => {
  checkLimited([
    "{{ [0] * 10 ** 12 }}",
    "{{ (0,) * 10 ** 12 }}",
    "{{ 10 ** 12 * [0] }}",
    "{% set ns = namespace(l=[0]) %}{% for i in range(99) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
    "{% set ns = namespace(l=(0,)) %}{% for i in range(99) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
    "{% set l = [0] %}{% for i in range(99) %}{% set _ = l.extend(l) %}{% endfor %}",
    repeated("{% set _ = l.append(i) %}", "{% set l = [] %}"),
    repeated("{% set _ = d.update({i: i}) %}", "{% set d = {} %}"),
    repeated("{% set x = range(1000) | list %}"),
    "{{ 10 ** (10 ** 6) }}",
    "{{ 2 ** (10 ** 12) }}",
    "{{ 2 ** (2 ** 70) }}",
    "{% set ns = namespace(x=3) %}{% for i in range(99) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "{% set ns = namespace(x=3) %}{% for i in range(99) %}{% set ns.x = ns.x ** 2 %}{% endfor %}",
    repeated("{% set y = x * x %}", "{% set x = 2 ** 400000 %}"),
    repeated("{% set y = x // 3 %}", "{% set x = 2 ** 400000 %}"),
    repeated("{% set y = x % 3 %}", "{% set x = 2 ** 400000 %}"),
    repeated("{% set y = '%x' % x %}", "{% set x = 2 ** 400000 %}"),
  ]);
});

Deno.test("limits end walks through values that hold themselves many times", () => {
  checkLimited([
    `${NESTED}{{ ns.t }}`,
    `${NESTED}{{ ns.t | string }}`,
    `${NESTED}{{ ns.t | pprint }}`,
    `${NESTED}{{ ns.t | tojson }}`,
    `${NESTED}{{ {ns.t: 1} }}`,
    `${NESTED}{{ ns.t in {} }}`,
    `${NESTED}{{ [ns.t, ns.t] | unique | list }}`,
    `${NESTED}{{ '%s' % (ns.t,) }}`,
    `${NESTED}{{ '{}'.format(ns.t) }}`,
    `${NESTED}{{ ns.t ~ '' }}`,
    `${NESTED}{{ (1,)[ns.t].x }}`,
    `${NESTED}${OTHER}{{ ns.t == ns.u }}`,
    `${NESTED}${OTHER}{{ ns.t < ns.u }}`,
    `${NESTED}${OTHER}{{ ns.t in [ns.u] }}`,
    `${NESTED}${OTHER}{{ [ns.u].index(ns.t) }}`,
    `${NESTED}${OTHER}{{ [ns.t, ns.u] | sort }}`,
    "{% set l = [] %}{% set _ = l.append(l) %}{% set k = [] %}{% set _ = k.append(k) %}{{ l == k }}",
    "{% set l = [] %}{% set _ = l.append(l) %}{% set k = [] %}{% set _ = k.append(k) %}{{ l < k }}",
    "{% set ns = namespace(l=[]) %}{% for i in range(3000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
  ]);
});

Deno.test("limits leave room for large but reasonable templates", () => {
  const environment = new Environment();
  const sources: [source: string, length: number][] = [
    ["{% for i in range(200000) %}x{% endfor %}", 200_000],
    ["{{ 'x' * 10000000 }}", 10_000_000],
    ["{{ range(300000) | map('string') | join(',') }}", 1_988_889],
    [
      "{% set l = [] %}{% for i in range(50000) %}{% set _ = l.append(i) %}{% endfor %}{{ l | length }}",
      5,
    ],
    ["{{ (range(100000) | sort(reverse=true))[0] }}", 5],
    ["{{ ('a b ' * 100000).split() | length }}", 6],
    ["{{ 2 ** 10000 % 1000 }}", 3],
    ["{{ ('line\n' * 50000) | indent(2) | length }}", 6],
    [
      "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}.{% endmacro %}{{ m(200) }}",
      201,
    ],
  ];
  for (const [source, length] of sources) {
    ok(environment.render(source, {}).length === length, source);
  }
});
