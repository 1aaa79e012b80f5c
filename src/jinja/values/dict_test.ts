import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("Dict keeps the order in which keys were added", () => {
  checkExpressions([
    ["{'b': 1, 'a': 2}", "{'b': 1, 'a': 2}"],
    ["{'b': 1, 'a': 2, 'b': 3}", "{'b': 3, 'a': 2}"],
    ["{2: 'x', 1: 'y'}", "{2: 'x', 1: 'y'}"],
    ["{'a': 1, 'b': 2} | list", "['a', 'b']"],
    [
      "{1: 'a', 'x': 'b', none: 'c', (1,): 'd', 1.5: 'e'}",
      "{1: 'a', 'x': 'b', None: 'c', (1,): 'd', 1.5: 'e'}",
    ],
    ["dict(b=1, a=2)", "{'b': 1, 'a': 2}"],
    ["dict([(2, 'a'), (1, 'b'), (2, 'c')])", "{2: 'c', 1: 'b'}"],
    ["{'1': 'a', '0': 'b', 'a': 'c'}", "{'1': 'a', '0': 'b', 'a': 'c'}"],
    ["{10: 'a', 9: 'b', '8': 'c'}", "{10: 'a', 9: 'b', '8': 'c'}"],
  ]);
});

Deno.test("Dict keeps the first form of a key", () => {
  checkExpressions([
    ["{1: 'a', true: 'b'}", "{1: 'b'}"],
    ["{true: 'a', 1: 'b'}", "{True: 'b'}"],
    ["{1.0: 'a', 1: 'b'}", "{1.0: 'b'}"],
    ["{'a': 1, ('a' | safe): 2}", "{'a': 2}"],
  ]);
});

Deno.test("Dict reads any hashable key", () => {
  checkExpressions([
    ["{'a': 1}['a']", "1"],
    ["{1: 'a'}[1]", "'a'"],
    ["{1.5: 'a'}[1.5]", "'a'"],
    ["{none: 'a'}[none]", "'a'"],
    ["{(1, 2): 'a'}[1, 2]", "'a'"],
    ["{true: 'a'}[1]", "'a'"],
    ["{'a': 1}['b']", "Undefined"],
    ["{'__proto__': 1}['__proto__']", "1"],
    ["{'constructor': 1}.constructor", "1"],
    ["{'__class__': 1}.__class__", "1"],
    ["{}['constructor']", "Undefined"],
    ["{}.constructor", "Undefined"],
    ["{}.__class__", "Undefined"],
    ["{}['toString']", "Undefined"],
    ["{'toString': 1}['toString']", "1"],
  ]);
});

Deno.test("Dict has a length and items", () => {
  checkExpressions([
    ["{'a': 1, 'b': 2} | length", "2"],
    ["{} | length", "0"],
    ["{'b': 1, 'a': 2} | first", "'b'"],
    ["{'b': 1, 'a': 2} | last", "'a'"],
    ["{'a': 1} | items | list", "[('a', 1)]"],
    ["{1: 2} | dictsort", "[(1, 2)]"],
    ["{'b': 1, 'a': 2} | dictsort", "[('a', 2), ('b', 1)]"],
    ["{'a': 1} | string", "\"{'a': 1}\""],
  ]);
});
