import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

const context = {
  "l": [3, 1, 2],
  "d": { "b": 1, "a": 2 },
  "u": [{ "n": "ann" }, { "n": "bob" }],
};

Deno.test("batch splits items into lists of one length", () => {
  checkExpressions([
    ["l | batch(2) | list", "[[3, 1], [2]]"],
    ["l | batch(2, 'x') | list", "[[3, 1], [2, 'x']]"],
    ["l | batch(linecount=2, fill_with=0) | list", "[[3, 1], [2, 0]]"],
    ["l | batch(3, 'x') | list", "[[3, 1, 2]]"],
    ["l | batch(5) | list", "[[3, 1, 2]]"],
    ["l | batch(5, '-') | list", "[[3, 1, 2, '-', '-']]"],
    ["l | batch(1) | list", "[[3], [1], [2]]"],
    ["l | batch(2, none) | list", "[[3, 1], [2]]"],
    ["l | batch(2.0) | list", "[[3, 1], [2]]"],
    ["[] | batch(2, 'x') | list", "[]"],
    ["'abcde' | batch(2) | list", "[['a', 'b'], ['c', 'd'], ['e']]"],
    ["'😀b' | batch(1) | list", "[['😀'], ['b']]"],
    ["d | batch(1) | list", "[['b'], ['a']]"],
    ["range(5) | batch(2) | map('sum') | list", "[1, 5, 4]"],
    ["l | batch(0) | list", "[[], [3, 1, 2]]"],
    ["l | batch(-1) | list", "[[3, 1, 2]]"],
    ["l | batch('2') | list", "[[3, 1, 2]]"],
    ["l | batch('2', 'x') | list", {
      error: "'<' not supported between instances of 'int' and 'str'",
    }],
    ["l | batch | list", {
      error: "batch() missing 1 required positional argument: 'linecount'",
    }],
    ["5 | batch(2) | list", { error: "'int' object is not iterable" }],
    ["missing | batch(2) | list", "[]"],
    ["l | batch(2, 'x', 1) | list", {
      error: "batch() takes at most 3 arguments (4 given)",
    }],
    ["l | batch(2) is sequence", "False"],
    ["l | batch(2) | length", {
      error: "object of type 'generator' has no len()",
    }],
  ], { context });
});

Deno.test("count and length return the number of items", () => {
  checkExpressions([
    ["l | length", "3"],
    ["l | count", "3"],
    ["'abc' | length", "3"],
    ["'é😀' | length", "2"],
    ["'' | count", "0"],
    ["d | length", "2"],
    ["{} | count", "0"],
    ["(1, 2) | length", "2"],
    ["range(7) | count", "7"],
    ["range(10 ** 15) | length", "1000000000000000"],
    ["dict(a=1) | length", "1"],
    ["('<' | e) | length", "4"],
    ["d.items() | count", "2"],
    ["missing | length", "0"],
    ["5 | length", { error: "object of type 'int' has no len()" }],
    ["none | count", { error: "object of type 'NoneType' has no len()" }],
    ["true | length", { error: "object of type 'bool' has no len()" }],
    ["l | map('string') | length", {
      error: "object of type 'generator' has no len()",
    }],
    ["range | length", { error: "object of type 'type' has no len()" }],
    ["l | length(1)", { error: "length() takes exactly 1 argument (2 given)" }],
  ], { context });
  checkExpressions([
    ["missing | length", { error: "'missing' is undefined" }],
  ], { strict: true });
});

Deno.test("first and last return one item, or an undefined value", () => {
  checkExpressions([
    ["l | first", "3"],
    ["l | last", "2"],
    ["'é😀' | first", "'é'"],
    ["'é😀' | last", "'😀'"],
    ["d | first", "'b'"],
    ["d | last", "'a'"],
    ["(1, 2) | last", "2"],
    ["range(3, 9) | first", "3"],
    ["range(3, 9, 4) | last", "7"],
    ["range(10 ** 15) | last", "999999999999999"],
    ["range(0) | last is undefined", "True"],
    ["[] | first is undefined", "True"],
    ["[] | last is undefined", "True"],
    ["'' | first is undefined", "True"],
    ["[] | first | default('x')", "'x'"],
    ["([] | first) ~ 'x'", "'x'"],
    ["([] | last).x", { error: "No last item, sequence was empty." }],
    ["l | map('string') | first", "'3'"],
    ["d.values() | first", "1"],
    ["d.values() | last", "2"],
    ["[none] | first", "None"],
    ["[none] | last", "None"],
    ["missing | first is undefined", "True"],
    ["missing | last is undefined", "True"],
    ["('<b>' | safe) | first", "'<'"],
    ["('<b>' | safe) | last", "Markup('>')"],
    ["l | map('string') | last", {
      error: "'generator' object is not reversible",
    }],
    ["5 | first", { error: "'int' object is not iterable" }],
    ["5 | last", { error: "'int' object is not reversible" }],
    ["none | first", { error: "'NoneType' object is not iterable" }],
    ["none | last", { error: "'NoneType' object is not reversible" }],
    ["l | first(1)", { error: "first() takes exactly 1 argument (2 given)" }],
    ["l | last(1)", { error: "last() takes exactly 1 argument (2 given)" }],
  ], { context });
});

Deno.test("items returns the pairs of a mapping", () => {
  checkExpressions([
    ["d | items | list", "[('b', 1), ('a', 2)]"],
    ["{} | items | list", "[]"],
    ["dict(x=1) | items | list", "[('x', 1)]"],
    ["{1: 2} | items | first", "(1, 2)"],
    ["missing | items | list", "[]"],
    ["l | items | list", { error: "Can only get item pairs from a mapping." }],
    ["'ab' | items | list", {
      error: "Can only get item pairs from a mapping.",
    }],
    ["none | items | list", {
      error: "Can only get item pairs from a mapping.",
    }],
    ["d | items | length", {
      error: "object of type 'generator' has no len()",
    }],
    ["d | items(1) | list", {
      error: "items() takes exactly 1 argument (2 given)",
    }],
  ], { context });
  checkExpressions([
    ["missing | items | list", "[]"],
  ], { strict: true });
});

Deno.test("join joins items or an attribute of each", () => {
  checkExpressions([
    ["l | join", "'312'"],
    ["l | join(', ')", "'3, 1, 2'"],
    ["l | join(d='-')", "'3-1-2'"],
    ["u | join(', ', 'n')", "'ann, bob'"],
    ["u | join(attribute='n')", "'annbob'"],
    ["u | join('/', attribute='nope')", "'/'"],
    ["[[1, 'a'], [2, 'b']] | join('|', 1)", "'a|b'"],
    ["'abc' | join('.')", "'a.b.c'"],
    ["[1, none, true, 1.0, 'x'] | join(' ')", "'1 None True 1.0 x'"],
    ["[] | join(',')", "''"],
    ["[missing, 1] | join('-')", "'-1'"],
    ["d | join('+')", "'b+a'"],
    ["(1, 2) | join(0)", "'102'"],
    ["l | join(none)", "'3None1None2'"],
    ["range(4) | join", "'0123'"],
    ["l | map('string') | join('+')", "'3+1+2'"],
    ["['é', '😀'] | join('ü')", "'éü😀'"],
    ["[['a'], {'b': 1}] | join(';')", "\"['a'];{'b': 1}\""],
    ["missing | join", "''"],
    ["5 | join", { error: "'int' object is not iterable" }],
    ["none | join", { error: "'NoneType' object is not iterable" }],
    ["l | join(1, 2, 3)", {
      error: "join() takes at most 3 arguments (4 given)",
    }],
    ["u | join(',', 'n.x.y')", { error: "'str object' has no attribute 'x'" }],
  ], { context });
  checkExpressions([
    ["['<', '>'] | join('&')", "'<&>'"],
    ["['<' | safe, '>'] | join('&')", "Markup('<&amp;&gt;')"],
    ["['<', '>'] | join('&' | safe)", "Markup('&lt;&&gt;')"],
    ["[1, '<' | safe] | join", "Markup('1<')"],
  ], { autoescape: true });
});

Deno.test("list collects items in a list", () => {
  checkExpressions([
    ["'aé😀' | list", "['a', 'é', '😀']"],
    ["d | list", "['b', 'a']"],
    ["(1, 2) | list", "[1, 2]"],
    ["range(3) | list", "[0, 1, 2]"],
    ["l | list", "[3, 1, 2]"],
    ["{} | list", "[]"],
    ["d.items() | list", "[('b', 1), ('a', 2)]"],
    ["d.values() | list", "[1, 2]"],
    ["l | map('string') | list", "['3', '1', '2']"],
    ["missing | list", "[]"],
    ["('<b>' | safe) | list", "['<', 'b', '>']"],
    ["5 | list", { error: "'int' object is not iterable" }],
    ["none | list", { error: "'NoneType' object is not iterable" }],
    ["l | list(1)", { error: "list() takes exactly 1 argument (2 given)" }],
    ["(l | list) is sameas l", "False"],
  ], { context });
});

Deno.test("random returns one of the items", () => {
  checkExpressions([
    ["[7] | random", "7"],
    ["'x' | random", "'x'"],
    ["'😀' | random", "'😀'"],
    ["(7,) | random", "7"],
    ["range(4, 5) | random", "4"],
    ["('<' | safe) | random", "Markup('<')"],
    ["l | random in l", "True"],
    ["[] | random is undefined", "True"],
    ["'' | random is undefined", "True"],
    ["missing | random is undefined", "True"],
    ["5 | random", { error: "object of type 'int' has no len()" }],
    ["none | random", { error: "object of type 'NoneType' has no len()" }],
    ["l | map('string') | random", {
      error: "object of type 'generator' has no len()",
    }],
    ["l | random(1)", { error: "random() takes exactly 1 argument (2 given)" }],
  ], { context });
});
