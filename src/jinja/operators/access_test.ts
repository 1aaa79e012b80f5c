import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("getAttribute() finds a method before an item", () => {
  checkExpressions([
    ["{'a': 1}.a", "1"],
    ["{'a': {'b': 2}}.a.b", "2"],
    ["{'keys': 1}.values() | list", "[1]"],
    ["{'upper': 1}.upper", "1"],
    ["'abc'.upper()", "'ABC'"],
    ["[3, 1].index(1)", "1"],
    ["(1, 2).count(1)", "1"],
    ["(5).real", "5"],
    ["true.real", "1"],
    ["(1.5).is_integer()", "False"],
    ["'a'.nosuch", "Undefined"],
    ["[].nosuch", "Undefined"],
    ["{}.nosuch", "Undefined"],
    ["none.nosuch", "Undefined"],
    ["(1).nosuch", "Undefined"],
    ["().nosuch", "Undefined"],
    ["(1.5).nosuch", "Undefined"],
    ["range(3).start", "0"],
    ["range(3).stop", "3"],
    ["range(3).step", "1"],
    ["range(3).nosuch", "Undefined"],
  ]);
});

Deno.test("getAttribute() fails on what a missing attribute has", () => {
  checkExpressions([
    ["'a'.x.y", { error: "'str object' has no attribute 'x'" }],
    ["[].x.y", { error: "'list object' has no attribute 'x'" }],
    ["{}.x.y", { error: "'dict object' has no attribute 'x'" }],
    ["none.x.y", { error: "'None' has no attribute 'x'" }],
    ["(1).x.y", { error: "'int object' has no attribute 'x'" }],
    ["().x.y", { error: "'tuple object' has no attribute 'x'" }],
    ["(1.5).x.y", { error: "'float object' has no attribute 'x'" }],
    ["range(3).x.y", { error: "'range object' has no attribute 'x'" }],
    ["('a' | safe).x.y", {
      error: "'markupsafe.Markup object' has no attribute 'x'",
    }],
    ["missing.x", { error: "'missing' is undefined" }],
    ["missing.x.y", { error: "'missing' is undefined" }],
    ["d.x.y", { error: "'dict object' has no attribute 'x'" }],
    ["true.x.y", { error: "'bool object' has no attribute 'x'" }],
    ["(2 ** 70).x.y", { error: "'int object' has no attribute 'x'" }],
    ["{}.items().x.y", { error: "'dict_items object' has no attribute 'x'" }],
    ["{}.keys().x.y", { error: "'dict_keys object' has no attribute 'x'" }],
    ["'a'.upper.x.y", {
      error: "'builtin_function_or_method object' has no attribute 'x'",
    }],
    ["range.x.y", { error: "'type object' has no attribute 'x'" }],
    ["namespace(a=1).b.c", {
      error: "'jinja2.utils.Namespace object' has no attribute 'b'",
    }],
    ["cycler(1).x.y", {
      error: "'jinja2.utils.Cycler object' has no attribute 'x'",
    }],
    ["joiner().x.y", {
      error: "'jinja2.utils.Joiner object' has no attribute 'x'",
    }],
  ], { context: { d: {} } });
});

Deno.test("getSubscript() finds an item before a method", () => {
  checkExpressions([
    ["{'items': 1}['items']", "1"],
    ["{'a': 1}['a']", "1"],
    ["{'upper': 1}['upper']", "1"],
    ["{1: 'a'}[1]", "'a'"],
    ["{1: 'a'}[1.0]", "'a'"],
    ["{1: 'a'}[true]", "'a'"],
    ["{none: 'a'}[none]", "'a'"],
    ["{(1, 2): 'a'}[(1, 2)]", "'a'"],
    ["{1.5: 'a'}[1.5]", "'a'"],
    ["{'a': 1}['b']", "Undefined"],
    ["{'a': 1}[0]", "Undefined"],
    ["{'a': 1}[[]]", "Undefined"],
    ["'abc'[0]", "'a'"],
    ["'abc'[-1]", "'c'"],
    ["'abc'[3]", "Undefined"],
    ["'abc'[-4]", "Undefined"],
    ["'a😀b'[1]", "'😀'"],
    ["'abc'[true]", "'b'"],
    ["'abc'[1.0]", "Undefined"],
    ["'abc'['x']", "Undefined"],
    ["[1, 2][0]", "1"],
    ["[1, 2][-1]", "2"],
    ["[1, 2][2]", "Undefined"],
    ["[1, 2][-3]", "Undefined"],
    ["[1, 2][true]", "2"],
    ["[1, 2][1.0]", "Undefined"],
    ["[1, 2]['0']", "Undefined"],
    ["(1, 2)[1]", "2"],
    ["(1, 2)[-3]", "Undefined"],
    ["range(5)[2]", "2"],
    ["range(5)[-1]", "4"],
    ["range(5)[5]", "Undefined"],
    ["range(10 ** 30)[-1]", "999999999999999999999999999999"],
    ["range(10 ** 30)[10 ** 29]", "100000000000000000000000000000"],
    ["[1, 2][10 ** 30]", "Undefined"],
    ["'abc'[-(10 ** 30)]", "Undefined"],
    ["(5)['real']", "5"],
    ["none[0]", "Undefined"],
    ["(5)[0]", "Undefined"],
    ["('<a>' | safe)[0]", "Markup('<')"],
    ["('<a>' | safe)[9]", "Undefined"],
  ]);
});

Deno.test("getSubscript() fails on what a missing item has", () => {
  checkExpressions([
    ["{}['a'].b", { error: "'dict object' has no attribute 'a'" }],
    ["{}[1].b", { error: "dict object has no element 1" }],
    ["{}[1.5].b", { error: "dict object has no element 1.5" }],
    ["{}[none].b", { error: "dict object has no element None" }],
    ["{}[[]].b", { error: "dict object has no element []" }],
    ["{}[(1, 'a')].b", { error: "dict object has no element (1, 'a')" }],
    ["[][0].b", { error: "list object has no element 0" }],
    ["[][-1].b", { error: "list object has no element -1" }],
    ["[]['x'].b", { error: "'list object' has no attribute 'x'" }],
    ["'a'[5].b", { error: "str object has no element 5" }],
    ["'a'['x'].b", { error: "'str object' has no attribute 'x'" }],
    ["()[1].b", { error: "tuple object has no element 1" }],
    ["none[0].b", { error: "None has no element 0" }],
    ["none['a'].b", { error: "'None' has no attribute 'a'" }],
    ["(5)[0].b", { error: "int object has no element 0" }],
    ["range(3)[5].b", { error: "range object has no element 5" }],
    ["range(3)['x'].b", { error: "'range object' has no attribute 'x'" }],
    ["missing[0]", { error: "'missing' is undefined" }],
    ["missing['a']", { error: "'missing' is undefined" }],
    ["{'é': 1}['😀'].b", { error: "'dict object' has no attribute '😀'" }],
  ]);
});

Deno.test("itemOf() reads a document's keys, which are strings", () => {
  checkExpressions([
    ["d['a']", "1"],
    ["d.a", "1"],
    ["d['1']", "'one'"],
    ["d[1]", "'one'"],
    ["d[1.0]", "Undefined"],
    ["d[true]", "Undefined"],
    ["d[none]", "Undefined"],
    ["d['b']['c']", "2"],
    ["d.b.c", "2"],
    ["d['items']", "'i'"],
    ["d.l[-1]", "2"],
    ["d['l'][5]", "Undefined"],
  ], {
    context: {
      d: { a: 1, "1": "one", b: { c: 2 }, items: "i", l: [1, 2], s: "x" },
    },
  });
});

Deno.test("getSubscript() follows attributes of filters", () => {
  checkExpressions([
    ["[{'a': {'b': 1}}] | map(attribute='a.b') | list", "[1]"],
    ["[[1, 2]] | map(attribute=1) | list", "[2]"],
    ["[[1, 2]] | map(attribute='1') | list", "[2]"],
    ["[{'a': [5]}] | map(attribute='a.0') | list", "[5]"],
    ["[{}] | map(attribute='a', default='x') | list", "['x']"],
    ["[{'a': {}}] | map(attribute='a.b', default='x') | list", "['x']"],
    ["['ab'] | map(attribute='0') | list", "['a']"],
    ["[{'1': 'a'}] | map(attribute='1') | list", "[Undefined]"],
    ["[{'a': 1}, {'a': 2}] | sum(attribute='a')", "3"],
    [
      "[{'a': 'b'}, {'a': 'A'}] | sort(attribute='a')",
      "[{'a': 'A'}, {'a': 'b'}]",
    ],
    [
      "[{'a': 1, 'b': 2}, {'a': 1, 'b': 1}] | sort(attribute='a,b')",
      "[{'a': 1, 'b': 1}, {'a': 1, 'b': 2}]",
    ],
    ["[{'a': 1}] | map(attribute='x') | list", "[Undefined]"],
    ["[{'a': 1}] | map(attribute='x.y') | list", {
      error: "'dict object' has no attribute 'x'",
    }],
    ["[{}] | map(attribute='a.b') | list", {
      error: "'dict object' has no attribute 'a'",
    }],
  ]);
});
