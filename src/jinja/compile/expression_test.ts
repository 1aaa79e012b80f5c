import {
  checkReasons,
  checkRenders,
} from "../../../tests/support/render_cases.ts";

Deno.test("expressionCompiler() compiles literals and names", () => {
  checkRenders([
    ["{{ 1 }} {{ 1.0 }} {{ 1e400 }}", "1 1.0 inf"],
    ["{{ 9007199254740993 }}", "9007199254740993"],
    ["{{ 'a' }} {{ true }} {{ none }}", "a True None"],
    ["{{ a }} {{ b }}", "1 ", { a: 1 }],
    ["{{ range }} {{ a }}", "<class 'range'> ", {}],
    ["{{ range }}", "mine", { range: "mine" }],
    ["[{{ a }}]", "[None]", { a: null }],
  ]);
});

Deno.test("expressionCompiler() finds an attribute before an item behind a dot, and an item first in brackets", () => {
  const context = { a: { items: 1, b: [2, { c: 3 }], "0": 4 } };
  checkRenders([
    ["{{ a['items'] }} {{ a.items is callable }}", "1 True", context],
    ["{{ a.b.0 }} {{ a.b[1].c }} {{ a.b.1['c'] }}", "2 3 3", context],
    ["{{ a.b[-1] }} {{ a.b[-2] }}", "{'c': 3} 2", context],
    ["{{ a['b'][1]['c'] }}", "3", context],
    ["[{{ a.nope }}] [{{ a['nope'] }}] [{{ a.b[9] }}]", "[] [] []", context],
    ["{{ 'abc'[1] }} {{ 'abc'[-1] }} {{ 'abc'.upper() }}", "b c ABC"],
    ["{{ (1, 2)[1] }} {{ {1: 2}[1] }} {{ {(1, 2): 3}[1, 2] }}", "2 2 3"],
  ]);
  checkReasons([
    ["{{ a.b }}", "'a' is undefined", 4],
    ["{{ a['b'] }}", "'a' is undefined", 4],
    ["{{ {}.b.c }}", "'dict object' has no attribute 'b'", 4],
    ["{{ [][0].b }}", "list object has no element 0", 4],
    ["{{ none.b.c }}", "'None' has no attribute 'b'", 4],
  ]);
});

Deno.test("expressionCompiler() slices", () => {
  const context = { a: [0, 1, 2, 3, 4] };
  checkRenders([
    ["{{ a[1:3] }} {{ a[:2] }} {{ a[3:] }}", "[1, 2] [0, 1] [3, 4]", context],
    ["{{ a[::2] }} {{ a[::-1] }}", "[0, 2, 4] [4, 3, 2, 1, 0]", context],
    ["{{ a[-2:] }} {{ a[:-2] }} {{ a[9:] }}", "[3, 4] [0, 1, 2] []", context],
    ["{{ 'abcd'[1:3] }} {{ 'abcd'[::-1] }}", "bc dcba"],
    ["{{ (1, 2, 3)[1:] }} {{ range(10)[2:8:3] | list }}", "(2, 3) [2, 5]"],
    ["{{ a[b:c] }}", "[1, 2]", { ...context, b: 1, c: 3 }],
    ["{{ a[none:none] }}", "[0, 1, 2, 3, 4]", context],
  ]);
});

Deno.test("expressionCompiler() slices a constant of another type to nothing where it is printed", () => {
  checkRenders([["[{{ 1[:2] }}] [{{ [1]['a':] }}]", "[] []"]]);
  checkReasons([
    ["{% set a = 1[:2] %}", "'int' object is not subscriptable", 12],
    ["{{ [1][::0] }}", "slice step cannot be zero", 4],
  ]);
});

Deno.test("expressionCompiler() computes with Python's numbers", () => {
  checkRenders([
    ["{{ 1 + 2 }} {{ 1 + 2.0 }} {{ 7 / 2 }} {{ 4 / 2 }}", "3 3.0 3.5 2.0"],
    ["{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }}", "3 -4 1 2"],
    [
      "{{ 2 ** 10 }} {{ 2 ** -1 }} {{ 2 ** 64 }}",
      "1024 0.5 18446744073709551616",
    ],
    ["{{ 2 ** 3 ** 2 }}", "64"],
    ["{{ -2 ** 2 }} {{ +true }} {{ -(1, 2)[0] }}", "4 1 -1"],
    ["{{ 'a' + 'b' }} {{ 'a' * 3 }} {{ [1] + [2] }}", "ab aaa [1, 2]"],
    ["{{ '%s-%d' % ('a', 1) }}", "a-1"],
  ]);
  checkReasons([
    ["{{ 1 / 0 }}", "division by zero", 6],
    ["{{ a + 1 }}", "'a' is undefined", 6],
  ]);
});

Deno.test("expressionCompiler() joins with ~, and escapes where Markup meets text", () => {
  checkRenders([
    ["{{ 1 ~ 'a' ~ none ~ [2] }}", "1aNone[2]"],
    ["{{ a ~ 'b' }}", "b"],
    ["{{ ('<' | safe) ~ '<' }}", "<<"],
    [
      "{% autoescape true %}{{ ('<' | safe) ~ a }}{{ a ~ ('<' | safe) ~ a }}{% endautoescape %}",
      "<&gt;&gt;<&gt;",
      { a: ">" },
    ],
    ["{{ ('<' ~ '>') | length }}", "2"],
    [
      "{% autoescape true %}{{ a ~ '<' }}{% endautoescape %}",
      "&lt;b&gt;&lt;",
      { a: "<b>" },
    ],
  ]);
});

Deno.test("expressionCompiler() compares, and chains comparisons", () => {
  checkRenders([
    ["{{ 1 == 1.0 }} {{ 1 == true }} {{ '1' == 1 }}", "True True False"],
    ["{{ 1 != 2 }} {{ [1] != [1] }}", "True False"],
    [
      "{{ 1 < 2 }} {{ 2 <= 2 }} {{ 3 > 2 }} {{ 2 >= 3 }}",
      "True True True False",
    ],
    ["{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 1 < 2 > 1 }}", "True False True"],
    [
      "{{ 1 in [1] }} {{ 'b' in 'abc' }} {{ 'k' in {'k': 1} }}",
      "True True True",
    ],
    ["{{ 1 not in [1] }} {{ 2 not in [1] }}", "False True"],
    ["{{ (1, 2) < (1, 3) }} {{ [1] < [1, 2] }}", "True True"],
    ["{{ 1 in [1] == true }}", "False"],
    ["{{ nope in [1] }} {{ nope == nope }}", "False True"],
  ]);
  checkReasons([
    [
      "{{ 1 < 'a' }}",
      "'<' not supported between instances of 'int' and 'str'",
      4,
    ],
    ["{{ 1 in 2 }}", "argument of type 'int' is not iterable", 4],
  ]);
});

Deno.test("expressionCompiler() stops a chain of comparisons at the first that does not hold", () => {
  checkRenders([["{{ 2 < 1 < 'a' }}", "False"]]);
});

Deno.test("expressionCompiler() returns operands of and and or", () => {
  checkRenders([
    ["{{ 0 or 'a' }} {{ 'b' or 'a' }} {{ [] or {} }}", "a b {}"],
    ["{{ 0 and 'a' }} {{ 'b' and 'a' }} {{ '' and 1 }}", "0 a "],
    ["{{ not '' }} {{ not [0] }} {{ not nope }}", "True False True"],
    ["{{ 1 or nope.a }} {{ 0 and nope.a }}", "1 0"],
    ["{{ nope or none or 'z' }}", "z"],
  ]);
});

Deno.test("expressionCompiler() evaluates one side of an inline if", () => {
  checkRenders([
    ["{{ 'a' if 1 else nope.b }} {{ nope.b if 0 else 'c' }}", "a c"],
    ["[{{ 'a' if 0 }}]", "[]"],
    ["{{ ('a' if 0) is defined }} {{ ('a' if 0) | default('d') }}", "False d"],
    ["{{ 1 if 0 else 2 if 0 else 3 }}", "3"],
  ]);
  checkRenders([["[{{ 'a' if 0 }}]", "[]"]], undefined, {
    undefined: "strict",
  });
  checkReasons([
    [
      "{{ ('a' if 0).b }}",
      "the condition of an inline if without else is false",
      5,
    ],
  ]);
});

Deno.test("expressionCompiler() builds lists, tuples and dicts", () => {
  checkRenders([
    ["{{ [1, 'a', none] }} {{ [] }}", "[1, 'a', None] []"],
    ["{{ (1, 'a') }} {{ (1,) }} {{ () }}", "(1, 'a') (1,) ()"],
    ["{{ {'a': 1, 2: [3]} }} {{ {} }}", "{'a': 1, 2: [3]} {}"],
    [
      "{{ {'a': 1, 'a': 2} }} {{ {1: 'a', 1.0: 'b', true: 'c'} }}",
      "{'a': 2} {1: 'c'}",
    ],
    ["{{ {(1, 2): 3} }} {{ {none: 1} }}", "{(1, 2): 3} {None: 1}"],
    ["{% set a = [1] %}{{ a.append(2) }}{{ a }}", "None[1, 2]"],
  ]);
  checkReasons([
    ["{{ {[]: 1} }}", "unhashable type: 'list'", 4],
    ["{{ {{}: 1} }}", "unhashable type: 'dict'", 4],
  ]);
});
