import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("attributePath() follows names, indexes and the item itself", () => {
  checkExpressions([
    ["[{'a': {'b': 1}}] | map(attribute='a.b') | list", "[1]"],
    ["[[1, 2], [3, 4]] | map(attribute=1) | list", "[2, 4]"],
    ["[[1, 2]] | map(attribute='1') | list", "[2]"],
    ["[[[5]]] | map(attribute='0.0') | list", "[5]"],
    ["[{'a': [7, 8]}] | map(attribute='a.1') | list", "[8]"],
    ["['ab'] | map(attribute='0') | list", "['a']"],
    ["[{'0': 'a'}] | map(attribute='0') | list", "[Undefined]"],
    ["[{0: 'a'}] | map(attribute='0') | list", "['a']"],
    ["[{'a.b': 1}] | map(attribute='a.b') | list", {
      error: "'dict object' has no attribute 'a'",
    }],
    ["[1.5, 2] | map(attribute='real') | list", "[1.5, 2]"],
    ["['x'] | map(attribute='upper') | list | length", "1"],
    ["[{'a': 1}] | map(attribute='') | list", "[Undefined]"],
    ["[{'': 1}] | map(attribute='') | list", "[1]"],
    ["[{'a': 1}] | map(attribute='a.') | list", "[Undefined]"],
    ["[[1, 2]] | map(attribute=-1) | list", "[2]"],
    ["[[1, 2]] | map(attribute='-1') | list", "[Undefined]"],
    ["[{'a': 1}] | sum(attribute='a')", "1"],
    ["[{'a': {'b': 2}}, {'a': {'b': 3}}] | sum('a.b')", "5"],
    ["[{1.5: 'a'}] | map(attribute=1.5) | list", "['a']"],
    ["[3, 1] | sort(attribute=none)", "[1, 3]"],
  ]);
});

Deno.test("attributePath() replaces undefined values by a default", () => {
  checkExpressions([
    ["[{}] | map(attribute='a', default='x') | list", "['x']"],
    ["[{'a': none}] | map(attribute='a', default='x') | list", "[None]"],
    [
      "[{'a': {}}, {'a': {'b': 1}}] | map(attribute='a.b', default=0) | list",
      "[0, 1]",
    ],
    ["[{}] | map(attribute='a.b', default='xyz') | list", "['xyz']"],
    ["[{}] | map(attribute='a', default=none) | list", "[Undefined]"],
    [
      "[{'x': 1}, {}] | groupby('x', default=0)",
      "[(0, [{}]), (1, [{'x': 1}])]",
    ],
    ["[{}] | map(attribute='a') | list", "[Undefined]"],
    ["[{}] | map(attribute='a.b') | list", {
      error: "'dict object' has no attribute 'a'",
    }],
  ]);
});

Deno.test("attributePath() ignores case in sorting and grouping", () => {
  checkExpressions([
    ["['b', 'A', 'c'] | sort", "['A', 'b', 'c']"],
    ["['b', 'A', 'c'] | sort(case_sensitive=true)", "['A', 'b', 'c']"],
    [
      "[{'n': 'b'}, {'n': 'A'}] | sort(attribute='n')",
      "[{'n': 'A'}, {'n': 'b'}]",
    ],
    [
      "[{'n': 'a'}, {'n': 'A'}] | groupby('n')",
      "[('a', [{'n': 'a'}, {'n': 'A'}])]",
    ],
    [
      "[{'n': 'a'}, {'n': 'A'}] | groupby('n', case_sensitive=true)",
      "[('A', [{'n': 'A'}]), ('a', [{'n': 'a'}])]",
    ],
    ["[{'n': 'A'}, {'n': 'a'}] | unique(attribute='n') | list", "[{'n': 'A'}]"],
    ["['É', 'é'] | unique | list", "['É']"],
    ["[('B' | safe), 'a'] | sort", "['a', Markup('B')]"],
    ["[1, 'A'] | unique | list", "[1, 'A']"],
    ["{'b': 1, 'A': 2} | dictsort", "[('A', 2), ('b', 1)]"],
    ["['B', 'a'] | max", "'B'"],
    ["['B', 'a'] | min", "'a'"],
  ]);
});

Deno.test("attributePaths() takes several, separated by commas", () => {
  checkExpressions([
    [
      "[{'a': 2, 'b': 1}, {'a': 1, 'b': 2}, {'a': 1, 'b': 1}] | sort(attribute='a,b')",
      "[{'a': 1, 'b': 1}, {'a': 1, 'b': 2}, {'a': 2, 'b': 1}]",
    ],
    [
      "[{'a': 1, 'b': 'X'}, {'a': 1, 'b': 'w'}] | sort(attribute='a,b')",
      "[{'a': 1, 'b': 'w'}, {'a': 1, 'b': 'X'}]",
    ],
    [
      "[{'a': {'c': 2}}, {'a': {'c': 1}}] | sort(attribute='a.c')",
      "[{'a': {'c': 1}}, {'a': {'c': 2}}]",
    ],
    ["[[2, 1], [1, 2]] | sort(attribute='1,0')", "[[2, 1], [1, 2]]"],
    ["[[2, 1], [1, 2]] | sort(attribute=1)", "[[2, 1], [1, 2]]"],
    ["[{'a': 1}, {}] | sort(attribute='a')", {
      error: "'dict object' has no attribute 'a'",
    }],
    ["[{'a': 1, 'b': 1}] | sort(attribute='a, b')", "[{'a': 1, 'b': 1}]"],
    ["[{'a': 1}] | sort(attribute='a,')", "[{'a': 1}]"],
  ]);
});
