import { checkRenders } from "../../../tests/support/render_cases.ts";

Deno.test("methods change a template's own dict", () => {
  checkRenders([
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.update({'c': 3}) }} {{ d }}",
      "None {'a': 1, 'b': 2, 'c': 3}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.update({'a': 9}) }} {{ d }}",
      "None {'a': 9, 'b': 2}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.update(c=3) }} {{ d }}",
      "None {'a': 1, 'b': 2, 'c': 3}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.update([('c', 3)]) }} {{ d }}",
      "None {'a': 1, 'b': 2, 'c': 3}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.update({'a': 0}, b=0) }} {{ d }}",
      "None {'a': 0, 'b': 0}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.update() }} {{ d }}",
      "None {'a': 1, 'b': 2}",
    ],
    ["{% set d = {'a': 1, 'b': 2} %}{{ d.pop('a') }} {{ d }}", "1 {'b': 2}"],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.pop('z', 5) }} {{ d }}",
      "5 {'a': 1, 'b': 2}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.popitem() }} {{ d }}",
      "('b', 2) {'a': 1}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.setdefault('a', 9) }} {{ d }}",
      "1 {'a': 1, 'b': 2}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.setdefault('z', 9) }} {{ d }}",
      "9 {'a': 1, 'b': 2, 'z': 9}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.setdefault('z') }} {{ d }}",
      "None {'a': 1, 'b': 2, 'z': None}",
    ],
    ["{% set d = {'a': 1, 'b': 2} %}{{ d.clear() }} {{ d }}", "None {}"],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.copy() }} {{ d }}",
      "{'a': 1, 'b': 2} {'a': 1, 'b': 2}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{{ d.update({1: 'x', none: 'y'}) }} {{ d }}",
      "None {'a': 1, 'b': 2, 1: 'x', None: 'y'}",
    ],
  ]);
});

Deno.test("views show the mapping as it is now", () => {
  checkRenders([
    [
      "{% set d = {'a': 1} %}{% set k = d.keys() %}{% set v = d.values() %}{% set i = d.items() %}{% set _ = d.update(b=2) %}{{ k }} {{ v }} {{ i }}",
      "dict_keys(['a', 'b']) dict_values([1, 2]) dict_items([('a', 1), ('b', 2)])",
    ],
    [
      "{% set d = {'a': 1} %}{% set k = d.keys() %}{% set _ = d.clear() %}{{ k }} {{ k | length }} {{ 'yes' if k else 'no' }}",
      "dict_keys([]) 0 no",
    ],
    [
      "{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}",
      "a=1;b=2;",
    ],
    ["{% for k in {'b': 1, 'a': 2} %}{{ k }}{% endfor %}", "ba"],
  ]);
});

Deno.test("a template sees its changes of the context", () => {
  checkRenders([
    ["{{ d.update(x=5) }} {{ d }}", "None {'a': 1, 'b': {'c': [1]}, 'x': 5}", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    ["{{ d.pop('a') }} {{ d }}", "1 {'b': {'c': [1]}}", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    [
      "{{ d.setdefault('z', [1]) }} {{ d }}",
      "[1] {'a': 1, 'b': {'c': [1]}, 'z': [1]}",
      { l: [3, 1, 2], d: { a: 1, b: { c: [1] } } },
    ],
    ["{{ d.b.update({'c': 0}) }} {{ d }}", "None {'a': 1, 'b': {'c': 0}}", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    ["{{ d.clear() }} {{ d }}", "None {}", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    ["{{ d.popitem() }} {{ d }}", "('b', {'c': [1]}) {'a': 1}", {
      l: [3, 1, 2],
      d: { a: 1, b: { c: [1] } },
    }],
    [
      "{% set c = d.copy() %}{% set _ = c.update(x=1) %}{{ c }} {{ d }}",
      "{'a': 1, 'b': {'c': [1]}, 'x': 1} {'a': 1, 'b': {'c': [1]}}",
      { l: [3, 1, 2], d: { a: 1, b: { c: [1] } } },
    ],
    [
      "{% set c = d.copy() %}{% set _ = c.b.update(x=1) %}{{ d }}",
      "{'a': 1, 'b': {'c': [1], 'x': 1}}",
      { l: [3, 1, 2], d: { a: 1, b: { c: [1] } } },
    ],
  ]);
});

Deno.test("a dict keeps its order through changes", () => {
  checkRenders([
    [
      "{% set d = {'a': 1, 'b': 2} %}{% set _ = d.update(a=3) %}{{ d }}",
      "{'a': 3, 'b': 2}",
    ],
    [
      "{% set d = {'a': 1, 'b': 2} %}{% set _ = d.pop('a') %}{% set _ = d.update(a=3) %}{{ d }}",
      "{'b': 2, 'a': 3}",
    ],
    [
      "{% set d = {} %}{% for x in [3, 1, 2] %}{% set _ = d.update({x: x}) %}{% endfor %}{{ d }}",
      "{3: 3, 1: 1, 2: 2}",
    ],
    [
      "{% set d = {1: 'a'} %}{% set _ = d.update({true: 'b'}) %}{{ d }}",
      "{1: 'b'}",
    ],
    [
      "{% set d = {true: 'a'} %}{% set _ = d.update({1.0: 'b'}) %}{{ d }}",
      "{True: 'b'}",
    ],
  ]);
});
