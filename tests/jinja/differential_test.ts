import { deepStrictEqual } from "node:assert/strict";
import { renderTemplate, TemplateError } from "../../src/templates/render.ts";
import type { Mapping } from "../../src/values.ts";

/** A template, what Jinja2 3.1.2 renders (`undefined`: an error), and its context. */
type Case = readonly [
  template: string,
  expected: string | undefined,
  context?: Mapping,
];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  "leaves a name undefined until the block that sets it has run": [
    ["{% for i in [1] %}{{ x }}{% endfor %}{% set x = 1 %}{{ x }}", "1", {
      "x": "c",
    }],
    [
      "{{ x }}{% for i in [1] %}{{ x }}{% endfor %}{% set x = 1 %}{{ x }}",
      "cc1",
      { "x": "c" },
    ],
    [
      "{% for i in [1, 2] %}{% for j in [1] %}{{ x }}{% endfor %}{% set x = i %}{{ x }}{% endfor %}",
      "12",
      { "x": "c" },
    ],
    ["{% set x %}{{ x }}!{% endset %}{{ x }}", "!", { "x": "c" }],
    ["{% set x = x ~ '!' %}{{ x }}", "c!", { "x": "c" }],
    [
      "{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% set x = 1 %}{{ m() }}",
      "1",
      { "x": "c" },
    ],
    [
      "{% macro m() %}{% set x %}[{{ x }}]{% endset %}{{ x }}{% endmacro %}{{ m() }}",
      "[]",
      { "x": "c" },
    ],
    [
      "{% with %}{% for i in [1] %}{{ x }}{% endfor %}{% set x = 1 %}{{ x }}{% endwith %}",
      "1",
      { "x": "c" },
    ],
    [
      "{% with %}{% for i in [1] %}{{ x }}{% endfor %}{% set x = 1 %}{{ x }}{% endwith %}{{ x }}",
      "c1c",
      { "x": "c" },
    ],
    [
      "{% for i in [1] %}{{ x }}{% endfor %}{% if true %}{% set x = 1 %}{% endif %}",
      "c",
      { "x": "c" },
    ],
    [
      "{% for i in [1] %}{{ x }}{% endfor %}{% if true %}{% set x = 1 %}{% elif x %}{% set x = 2 %}{% else %}{% set x = 3 %}{% endif %}",
      "",
      { "x": "c" },
    ],
    [
      "{% for i in [1] %}{{ x }}{% endfor %}{% if true %}{% set x = 1 %}{% elif i %}{% set x = 2 %}{% else %}{% set x = 3 %}{% endif %}",
      "",
      { "x": "c" },
    ],
    ["{% block b %}{{ x }}{% endblock %}{% set x = 1 %}{{ self.b() }}", "c1", {
      "x": "c",
    }],
    ["{% filter upper %}{{ x }}{% set x = 'q' %}{{ x }}{% endfilter %}", "CQ", {
      "x": "c",
    }],
    [
      "{% for i in [1] %}{{ m is defined }}{% endfor %}{% macro m() %}{% endmacro %}",
      "False",
      { "m": 1 },
    ],
  ],
  "escapes values where autoescape is on": [
    [
      "{% autoescape t %}{{ x }}{{ '<' }}{% endautoescape %}{% autoescape f %}{{ x }}{% endautoescape %}{{ x }}",
      "&lt;i&gt;<<i><i>",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{% autoescape true %}{% autoescape false %}{{ x }}{% endautoescape %}{{ x }}{% endautoescape %}",
      "<i>&lt;i&gt;",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{% autoescape true %}{% block b %}{{ x }}{% endblock %}{% endautoescape %}",
      "<i>",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{% macro m(a) %}<m>{{ a }}{% endmacro %}{% autoescape true %}{{ m(x) }}{% endautoescape %}{{ m(x) }}",
      "<m><i><m><i>",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{% autoescape true %}{% macro m(a) %}<m>{{ a }}{% endmacro %}{{ m(x) }}{% endautoescape %}",
      "<m>&lt;i&gt;",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{% autoescape true %}{% set z %}<{{ x }}{% endset %}{{ z }} {{ z|length }}{% endautoescape %}",
      "<&lt;i&gt; 10",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{% autoescape true %}{{ ('<' ~ x)|length }} {{ x|safe ~ x }}{% endautoescape %}",
      "4 <i>&lt;i&gt;",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{% autoescape true %}{{ [x, x|safe]|join('<') }} {{ [x]|join('<')|length }}{% endautoescape %}",
      "&lt;i&gt;&lt;<i> 3",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{% autoescape true %}{{ x|replace('i', '<b>'|safe) }}{{ x|replace('<', '[') }}{% endautoescape %}",
      "&lt;<b>&gt;[i&gt;",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{% autoescape true %}{{ {'a': x}|xmlattr }} {{ 'http://a.b'|urlize }}{% endautoescape %}",
      ' a="&lt;i&gt;" http://a.b',
      { "x": "<i>", "t": true, "f": false },
    ],
  ],
  "does not escape safe strings again": [
    [
      "{{ [x|safe|upper, (x|safe).upper(), (x|safe).split('i'), (x|safe).partition('i')] }}",
      "[Markup('<I>'), Markup('<I>'), [Markup('<'), Markup('>')], (Markup('<'), Markup('i'), Markup('>'))]",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{{ (x|safe).replace('i', '<') }} {{ ('<{}|{}>'|safe).format('<', x|safe) }} {{ ('<'|safe).join(['<', x|safe]) }}",
      "<&lt;> <&lt;|<i>> &lt;<<i>",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{{ ('<b>&copy;</b>'|safe).striptags() }} {{ '&lt;&eacute;&#39;&#x41;&ampx'|safe|striptags }} {{ ('<'|safe).escape('<') }}",
      "© <é'A&x &lt;",
      { "x": "<i>", "t": true, "f": false },
    ],
    [
      "{{ [('a b c d'|safe)|truncate(4, true, '<', 0), ('a'|safe)|center(3), ('ab'|safe)|reverse] }}",
      "[Markup('a b&lt;'), Markup(' a '), Markup('ba')]",
    ],
  ],
  "slices constants as Jinja2 does": [
    ["[{{ 1[:5] }}][{{ [1, 2]['a':] }}]", "[][]"],
    ["{{ x[:1] }}", undefined, { "x": 1 }],
    ["{{ [1][::0] }}", undefined],
  ],
  "accepts and rejects the same arguments as Python": [
    ["{{ [1, 2]|sort('x') }}", undefined],
    ["{{ [1, 2]|sort(reverse=1) }}", "[2, 1]"],
    ["{{ [1]|truncate }} {{ {}|truncate(3) }}", "[1] {}"],
    ["{{ 'x'|int(7, 'a') }} {{ '12'|int(0, 99) }}", "7 12"],
    [
      "{{ 'abc'|batch('x')|list }} {{ 'abc'|batch(2.0)|list }}",
      "[['a', 'b', 'c']] [['a', 'b'], ['c']]",
    ],
    ["{{ [1] is filter }}", undefined],
    [
      "{{ 1 is filter }} {{ 'upper' is filter }} {{ 'odd' is test }}",
      "False True True",
    ],
    ["{{ dict(nope) }}", undefined],
    ["{{ 'a'.find(1, 5) }}", undefined],
    ["{{ 'a' % range(3) }}", "a"],
    ["{{ '%3%' % 1 }}", undefined],
    ["{{ '%a' % 'é' }} {{ '{!a}'.format('é') }}", "'\\xe9' '\\xe9'"],
    ["{{ {'a b': 1}|xmlattr }}", undefined],
    ["{{ 'x'|urlize('a', target=0) }}", "x"],
    ["{{ 'Http://a.b'|urlize }}", "Http://a.b"],
    [
      "{{ 10 ** 25 / 7 }} {{ -0.0 // 2.5 }} {{ 1e308|filesizeformat }}",
      "1.4285714285714285e+24 -0.0 inf YB",
    ],
    [
      "{{ 'ﬁ ß ς'.casefold() }} {{ 'ǆ'.title() }} {{ 'ǅ'.swapcase() }} {{ 'Ⅷ'.isupper() }} {{ 'ª'.islower() }}",
      "fi ss σ ǅ ǅ True True",
    ],
    ["{% if nope|reverse %}T{% endif %}", "T"],
  ],
  "keeps the order of keys that look like integers": [
    [
      "{{ {'b': 1, '10': 2}|json_dumps }} {{ {2: 1, 1: 2}|json_dumps }} {{ {1: 1, '1': 2}|json_dumps }}",
      '{"b": 1, "10": 2} {"2": 1, "1": 2} {"1": 1, "1": 2}',
    ],
    [
      "{{ {10: 1, 9: 2}|tojson }} {{ {'10': 1, '9': 2}|tojson }}",
      '{"9": 2, "10": 1} {"10": 1, "9": 2}',
    ],
    ["{{ {1: 1, 'a': 2}|tojson }}", undefined],
    [
      "{{ 'z=1,5=2,1=3'|kv_comma_pairs_to_json }}",
      '{"z": "1", "5": "2", "1": "3"}',
    ],
  ],
  "prints and compares iterators and views as Python does": [
    [
      "{{ v|pprint }}",
      "{'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk': {'name': '',\n                                                                            'other': 'value'}}",
      {
        "v": {
          "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk":
            { "name": "", "other": "value" },
        },
      },
    ],
    [
      "{{ v|groupby('a')|pprint }}",
      "[(1, [{'z': 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'a': 1, 'b': 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'}])]",
      {
        "v": [{
          "z": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
          "a": 1,
          "b": "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        }],
      },
    ],
    [
      "{{ d.keys() == {'b': 1, 'a': 2}.keys() }}{{ d.items() == d.items() }}{{ d.values() == d.values() }}",
      "TrueTrueFalse",
      { "d": { "a": 1, "b": 2 } },
    ],
    ["[{{ d[([1],)] }}]", "[]", { "d": {} }],
  ],
  "parses statements as Jinja2 does": [
    ["text{% raw %}", "text"],
    ["text{% raw %} ", undefined],
    ["text{#", "text"],
    ["text{#-", "text"],
    ["text{# ", undefined],
    ["{% for a, in [[1]] %}{{ a }}{% endfor %}", undefined],
    ["{% for a in [] %}{% else %}{% set loop = 1 %}{% endfor %}", undefined],
    [
      "{% for a in [1, 2] %}{{ loop is iterable }}{% for b, l in loop %}{{ b }}{{ l.index }}{% endfor %}{% endfor %}",
      "True22",
    ],
    [
      "{% macro m() %}{% macro n() %}{{ varargs }}{% endmacro %}{{ m.catch_varargs }}{% endmacro %}{{ m(1) }}",
      "True",
    ],
  ],
};

function outcome(template: string, context: Mapping): string | undefined {
  try {
    return renderTemplate(template, context);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return undefined;
  }
}

for (const [name, cases] of Object.entries(CASES)) {
  Deno.test(`renderTemplate() ${name}`, () => {
    for (const [template, expected, context = {}] of cases) {
      deepStrictEqual(
        { template, text: outcome(template, context) },
        { template, text: expected },
      );
    }
  });
}
