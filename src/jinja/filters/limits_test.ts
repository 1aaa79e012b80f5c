import { ok, throws } from "node:assert/strict";
import { Environment, TemplateLimitError } from "../mod.ts";

const LIMITS = { maxSteps: 50_000, maxLength: 200_000, maxBytes: 2_000_000 };
const ENVIRONMENT = new Environment({ limits: LIMITS });

/** Lists that contain one another twice, 30 levels deep. */
const NEST = "{% set ns = namespace(v=['x']) %}{% for i in range(30) %}" +
  "{% set ns.v = [ns.v, ns.v] %}{% endfor %}";

/** Expressions that would build or visit more than the limits allow. */
const EXCESSIVE = [
  // Sizes that are given as arguments.
  "'x' | center(10 ** 12)",
  "'a\\nb' | indent(10 ** 12)",
  "'a\\nb' | indent('y' * 150000)",
  "('\\n' * 1000) | indent('y' * 1000)",
  "[1] | batch(10 ** 12, 0) | list",
  "[1] | batch(2 ** 70, 0) | list",
  "[1] | slice(10 ** 12) | list",
  "[1] | slice(40000) | list",
  "'x' | truncate(1, true, 'y' * 10 ** 9)",
  "[[1]] | tojson(10 ** 12)",
  "[[1]] | tojson('y' * 10 ** 9)",
  "'%1000000000d' | format(1)",
  "'%.1000000000f' | format(1)",
  "lipsum(10 ** 9)",
  "lipsum(1, true, 10 ** 9, 10 ** 9 + 1)",
  "lipsum(10 ** 6, false, 0, 1)",
  "range(10 ** 12) | list",
  "range(10 ** 30) | join",
  "cycler(*range(10 ** 9))",
  "dict([['a', 1]] * 10 ** 9)",
  // Separators and replacements that multiply.
  "range(1000) | join('y' * 1000)",
  "('a' * 1000) | replace('a', 'y' * 1000)",
  "('a' * 1000) | replace('', 'y' * 1000)",
  "('a ' * 1000) | wordwrap(1, true, 'y' * 1000)",
  "('a ' * 30000) | wordwrap(5)",
  "('http://x.com ' * 1000) | urlize(rel='y' * 1000)",
  "('a ' * 1000) | urlize(extra_schemes=['ab:'] * 1000)",
  "{'a': 'x' * 100000, 'b': 'x' * 100000, 'c': 1} | xmlattr",
  "('&' * 100000) | escape",
  "('&' * 100000) | forceescape",
  "('ü' * 100000) | urlencode",
  "([['a' * 10000] * 5] * 100) | tojson",
  // Every kind of walk.
  "range(10 ** 9) | sum",
  "range(10 ** 9) | max",
  "range(10 ** 9) | sort",
  "range(10 ** 9) | map('string') | list",
  "range(10 ** 9) | select('lt', 0) | list",
  "range(10 ** 9) | reject('ge', 0) | first",
  "range(10 ** 9) | unique | list",
  "range(10 ** 9) | groupby('real')",
  "range(10 ** 9) | batch(10 ** 9) | first",
  "([['a', 1]] * 60000) | urlencode",
  "(['a'] * 1000) | select('in', 'b' * 200000) | list",
  "(['a' * 100000] * 100) | map('upper') | list",
  "(['a' * 10000] * 1000) | sort",
  "(['a' * 10000] * 1000) | max",
  "(['a' * 10000] * 1000) | unique | list",
  "(['a' * 10000] * 1000) | join",
  "['a'] | map(attribute='0.' * 90000 ~ '0') | list",
  "([[1] * 1000] * 1000) | sum(start=[])",
  "ns.v | string",
  "ns.v | pprint",
  "ns.v | tojson",
  "ns.v | urlencode",
  "[ns.v, ns.v] | sort",
  "('a b' * 50000) | title",
  "('a b' * 50000) | wordcount",
  "('a ' * 60000) | striptags",
  "('a' * 150000) | list",
  "('a' * 150000) | reverse | list",
];

/** Expressions that look alike, and that the limits allow. */
const MODEST = [
  "range(10 ** 30) | first",
  "range(10 ** 15) | last",
  "range(10 ** 15) | length",
  "range(10 ** 15) | reverse | first",
  "range(10 ** 12) | map('string') | first",
  "range(1000) | join(', ')",
  "('a' * 1000) | replace('a', 'bb')",
  "('word ' * 200) | wordwrap(20)",
  "('&' * 1000) | escape",
  "('-' * 10000) | wordwrap(79)",
  "'x' | center(1000)",
  "[1] | slice(100) | list",
  "lipsum()",
  "range(1000) | sort(reverse=true)",
  "[[1, [2, [3]]]] | tojson(2)",
];

Deno.test("filters charge what they build or visit before they do", () => {
  for (const expression of EXCESSIVE) {
    throws(
      () => ENVIRONMENT.render(`${NEST}{{ ${expression} }}`, {}),
      TemplateLimitError,
      expression,
    );
  }
});

Deno.test("filters charge no more than they build or visit", () => {
  for (const expression of MODEST) {
    ok(ENVIRONMENT.render(`{{ ${expression} }}`, {}) !== "", expression);
  }
});
