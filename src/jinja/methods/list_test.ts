import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("index and count compare as == does", () => {
  checkExpressions([
    ["[1, 2, 3, 2].index(2)", "1"],
    ["[1, 2, 3, 2].index(2, 2)", "3"],
    ["[1, 2, 3].index(3, -1)", "2"],
    ["[1, 2, 3].index(2, 0, 1)", { error: "2 is not in list" }],
    ["[1, 2, 3].index(2, -5, 5)", "1"],
    ["[1, 2, 3].index(9)", { error: "9 is not in list" }],
    ["['a'].index('b')", { error: "'b' is not in list" }],
    ["[[1]].index([1])", "0"],
    ["[1.0, true].index(1)", "0"],
    ["[none].index(none)", "0"],
    ["[].index(1)", { error: "1 is not in list" }],
    ["[1, 2].index(2, true)", "1"],
    ["[1, 2, 2].count(2)", "2"],
    ["[1, true, 1.0, '1'].count(1)", "3"],
    ["[[1], [1.0]].count([1])", "2"],
    ["[].count(1)", "0"],
    ["['a', ('a' | safe)].count('a')", "2"],
    ["[none, false, 0].count(0)", "2"],
  ]);
});

Deno.test("sort orders in place", () => {
  checkExpressions([
    ["[3, 1].sort()", "None"],
    ["[3, 'a'].sort()", {
      error: "'<' not supported between instances of 'str' and 'int'",
    }],
    ["[none, 1].sort()", {
      error: "'<' not supported between instances of 'int' and 'NoneType'",
    }],
    ["[[2], ['a']].sort()", {
      error: "'<' not supported between instances of 'str' and 'int'",
    }],
    ["[{}, {}].sort()", {
      error: "'<' not supported between instances of 'dict' and 'dict'",
    }],
    ["[1].sort(key=5)", { error: "'int' object is not callable" }],
    ["[1].sort(reverse='x')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["[1, 2].sort(reverse=none)", {
      error: "'NoneType' object cannot be interpreted as an integer",
    }],
  ]);
});

Deno.test("methods that fail leave messages of Python", () => {
  checkExpressions([
    ["[].pop()", { error: "pop from empty list" }],
    ["[1].pop(1)", { error: "pop index out of range" }],
    ["[1].pop(-2)", { error: "pop index out of range" }],
    ["[1].pop('a')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["[1].pop(none)", {
      error: "'NoneType' object cannot be interpreted as an integer",
    }],
    ["[1].remove(2)", { error: "list.remove(x): x not in list" }],
    ["[].remove(1)", { error: "list.remove(x): x not in list" }],
    ["[1].extend(1)", { error: "'int' object is not iterable" }],
    ["[1].extend(none)", { error: "'NoneType' object is not iterable" }],
    ["[1].insert('a', 1)", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["[1].insert(1.5, 1)", {
      error: "'float' object cannot be interpreted as an integer",
    }],
    ["[1].extend(missing)", "None"],
    ["[1].pop(missing)", { error: "'missing' is undefined" }],
    ["[1].append()", {
      error: "append() missing 1 required positional argument: 'item'",
    }],
    ["[1].insert(1)", {
      error: "insert() missing 1 required positional argument: 'item'",
    }],
    ["[1].sort(1)", { error: "sort() takes no arguments (1 given)" }],
    ["[1].copy(1)", { error: "copy() takes no arguments (1 given)" }],
  ]);
});

Deno.test("methods that change the list return none or the item", () => {
  checkExpressions([
    ["[1].append(2)", "None"],
    ["[1].extend([2])", "None"],
    ["[1].insert(0, 2)", "None"],
    ["[1].remove(1)", "None"],
    ["[1].reverse()", "None"],
    ["[1].clear()", "None"],
    ["[1, 2].pop()", "2"],
    ["[1, 2].pop(0)", "1"],
    ["[1, 2].pop(-2)", "1"],
    ["[1, 2].pop(true)", "2"],
    ["[1, [2]].copy()", "[1, [2]]"],
  ]);
});
