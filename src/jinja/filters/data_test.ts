import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

const context = { "d": { "b": 1, "a": 2 }, "u": [{ "n": "ann" }] };

Deno.test("attr looks up an attribute, never an item", () => {
  checkExpressions([
    ["('abc' | attr('upper'))()", "'ABC'"],
    ["(d | attr('get'))('b')", "1"],
    ["d | attr('b') is undefined", "True"],
    ["u[0] | attr('n') is undefined", "True"],
    ["5 | attr('real')", "5"],
    ["namespace(x=1) | attr('x')", "1"],
    ["namespace(x=1) | attr('y') is undefined", "True"],
    ["'abc' | attr('_x') is undefined", "True"],
    ["(d | attr('nope')).x", {
      error: "'dict object' has no attribute 'nope'",
    }],
    ["[1] | attr(0) is undefined", {
      error: "attribute name must be string, not 'int'",
    }],
    ["missing | attr('x')", { error: "'missing' is undefined" }],
    ["none | attr('x') is undefined", "True"],
    ["d | attr", {
      error: "attr() missing 1 required positional argument: 'name'",
    }],
    ["d | attr('a', 'b')", {
      error: "attr() takes exactly 2 arguments (3 given)",
    }],
    ["d | attr(name='get') is callable", "True"],
  ], { context });
});

Deno.test("default and d replace undefined values and, on request, false ones", () => {
  checkExpressions([
    ["missing | default('x')", "'x'"],
    ["missing | d('x')", "'x'"],
    ["missing | default", "''"],
    ["d.nope | default('x')", "'x'"],
    ["u[9] | d('x')", "'x'"],
    ["'' | default('x')", "''"],
    ["'' | default('x', true)", "'x'"],
    ["none | default('x')", "None"],
    ["none | d('x', true)", "'x'"],
    ["0 | default('x', boolean=true)", "'x'"],
    ["false | default('x', 1)", "'x'"],
    ["[] | default('x', true)", "'x'"],
    ["'a' | default('x', true)", "'a'"],
    ["missing | default(none)", "None"],
    ["missing | default([1])", "[1]"],
    ["missing | default(default_value=5)", "5"],
    ["missing | default(missing2) is undefined", "True"],
    ["missing | default('<' | safe)", "Markup('<')"],
    ["d.nope.x | default('x')", {
      error: "'dict object' has no attribute 'nope'",
    }],
    ["missing | default(1, 2, 3)", {
      error: "default() takes at most 3 arguments (4 given)",
    }],
    ["missing | default(value=1)", {
      error: "default() got multiple values for argument 'value'",
    }],
  ], { context });
  checkExpressions([
    ["missing | default('x')", "'x'"],
    ["missing | default(missing2) is defined", "False"],
    ["(missing | default('')) ~ 'x'", "'x'"],
  ], { strict: true });
});

Deno.test("tojson writes JSON that is safe in HTML", () => {
  checkExpressions([
    [
      "{'b': 1, 'a': [true, none, 1.5]} | tojson",
      'Markup(\'{"a": [true, null, 1.5], "b": 1}\')',
    ],
    [
      "'<a href=\"x\">\\'&\\'</a>' | tojson",
      'Markup(\'"\\\\u003ca href=\\\\"x\\\\"\\\\u003e\\\\u0027\\\\u0026\\\\u0027\\\\u003c/a\\\\u003e"\')',
    ],
    ["{'<': '>'} | tojson", 'Markup(\'{"\\\\u003c": "\\\\u003e"}\')'],
    [
      "'é😀\\u2028' | tojson",
      "Markup('\"\\\\u00e9\\\\ud83d\\\\ude00\\\\u2028\"')",
    ],
    [
      "'\\\\ \\n\\t\\x00\\x7f' | tojson",
      "Markup('\"\\\\\\\\ \\\\n\\\\t\\\\u0000\\\\u007f\"')",
    ],
    ["'' | tojson", "Markup('\"\"')"],
    ["5 | tojson", "Markup('5')"],
    ["1.0 | tojson", "Markup('1.0')"],
    ["1e20 | tojson", "Markup('1e+20')"],
    ["1e-7 | tojson", "Markup('1e-07')"],
    ["(2 ** 70) | tojson", "Markup('1180591620717411303424')"],
    ["1e400 | tojson", "Markup('Infinity')"],
    ["none | tojson", "Markup('null')"],
    ["true | tojson", "Markup('true')"],
    ["[] | tojson", "Markup('[]')"],
    ["{} | tojson", "Markup('{}')"],
    ["(1, 'a') | tojson", "Markup('[1, \"a\"]')"],
    ["('<b>' | safe) | tojson", "Markup('\"\\\\u003cb\\\\u003e\"')"],
    ["dict(b=1, a=2) | tojson", 'Markup(\'{"a": 2, "b": 1}\')'],
    ["{1: 'a', 2: 'b'} | tojson", 'Markup(\'{"1": "a", "2": "b"}\')'],
    ["{10: 1, 9: 2} | tojson", 'Markup(\'{"9": 2, "10": 1}\')'],
    ["{none: 1} | tojson", "Markup('{\"null\": 1}')"],
    ["{true: 1, false: 2} | tojson", 'Markup(\'{"false": 2, "true": 1}\')'],
    ["{1.5: 1} | tojson", "Markup('{\"1.5\": 1}')"],
    ["{'a': {'c': 1, 'b': 2}} | tojson", 'Markup(\'{"a": {"b": 2, "c": 1}}\')'],
    ["[[[1]]] | tojson", "Markup('[[[1]]]')"],
  ]);
});

Deno.test("tojson takes an indent", () => {
  checkExpressions([
    [
      "[1, {'a': 2}] | tojson(2)",
      "Markup('[\\n  1,\\n  {\\n    \"a\": 2\\n  }\\n]')",
    ],
    [
      "{'b': [], 'a': {}} | tojson(indent=1)",
      'Markup(\'{\\n "a": {},\\n "b": []\\n}\')',
    ],
    ["[1] | tojson('--')", "Markup('[\\n--1\\n]')"],
    ["[1, 2] | tojson(0)", "Markup('[\\n1,\\n2\\n]')"],
    ["[1, 2] | tojson(-3)", "Markup('[\\n1,\\n2\\n]')"],
    ["[1, 2] | tojson(none)", "Markup('[1, 2]')"],
    ["[] | tojson(2)", "Markup('[]')"],
    ["[1] | tojson(true)", "Markup('[\\n 1\\n]')"],
    ["[1] | tojson(1.5)", {
      error: "'float' object cannot be interpreted as an integer",
    }],
    ["[1] | tojson(2, 3)", {
      error: "tojson() takes at most 2 arguments (3 given)",
    }],
  ]);
});

Deno.test("tojson refuses what JSON does not have", () => {
  checkExpressions([
    ["missing | tojson", { error: "'missing' is undefined" }],
    ["[missing] | tojson", { error: "'missing' is undefined" }],
    ["range(3) | tojson", {
      error: "Object of type range is not JSON serializable",
    }],
    ["d.items() | tojson", {
      error: "Object of type dict_items is not JSON serializable",
    }],
    ["d | items | tojson", {
      error: "Object of type generator is not JSON serializable",
    }],
    ["range | tojson", {
      error: "Object of type type is not JSON serializable",
    }],
    ["namespace() | tojson", {
      error: "Object of type Namespace is not JSON serializable",
    }],
    ["{(1, 2): 3} | tojson", {
      error: "keys must be str, int, float, bool or None, not tuple",
    }],
    ["{1: 'a', 'b': 2} | tojson", {
      error: "'<' not supported between instances of 'str' and 'int'",
    }],
    ["{none: 1, 'a': 2} | tojson", {
      error: "'<' not supported between instances of 'str' and 'NoneType'",
    }],
  ], { context });
});
