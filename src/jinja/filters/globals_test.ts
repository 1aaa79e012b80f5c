import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

const context = { "d": { "a": 1 } };

Deno.test("range() returns integers between two bounds", () => {
  checkExpressions([
    ["range(3)", "range(0, 3)"],
    ["range(1, 3)", "range(1, 3)"],
    ["range(0, 9, 3)", "range(0, 9, 3)"],
    ["range(3) | list", "[0, 1, 2]"],
    ["range(2, 5) | list", "[2, 3, 4]"],
    ["range(5, 0, -2) | list", "[5, 3, 1]"],
    ["range(-2) | list", "[]"],
    ["range(true) | list", "[0]"],
    ["range(10 ** 30)", "range(0, 1000000000000000000000000000000)"],
    ["range(10 ** 30) | first", "0"],
    [
      "range(2 ** 60, 2 ** 60 + 2) | list",
      "[1152921504606846976, 1152921504606846977]",
    ],
    ["range(-3, 3, 2) | sum", "-3"],
    ["range(5).start ~ range(5).stop ~ range(5).step", "'051'"],
    ["3 in range(5)", "True"],
    ["range()", { error: "range expected at least 1 argument, got 0" }],
    ["range(1, 2, 3, 4)", {
      error: "range expected at most 3 arguments, got 4",
    }],
    ["range('3')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["range(1.5)", {
      error: "'float' object cannot be interpreted as an integer",
    }],
    ["range(none)", {
      error: "'NoneType' object cannot be interpreted as an integer",
    }],
    ["range(missing)", { error: "'missing' is undefined" }],
    ["range(1, 5, 0)", { error: "range() arg 3 must not be zero" }],
    ["range(stop=3)", {
      error: "range() got an unexpected keyword argument 'stop'",
    }],
  ]);
});

Deno.test("dict() makes a dict of a mapping, pairs and keywords", () => {
  checkExpressions([
    ["dict()", "{}"],
    ["dict(a=1, b=2)", "{'a': 1, 'b': 2}"],
    ["dict({'x': 1})", "{'x': 1}"],
    ["dict({'x': 1}, x=2, y=3)", "{'x': 2, 'y': 3}"],
    ["dict([['a', 1], ('b', 2)])", "{'a': 1, 'b': 2}"],
    ["dict(d.items())", "{'a': 1}"],
    ["dict(['ab', 'cd'])", "{'a': 'b', 'c': 'd'}"],
    ["dict(**{'x y': 1})", "{'x y': 1}"],
    ["dict(dict(a=1))", "{'a': 1}"],
    ["dict(1)", { error: "'int' object is not iterable" }],
    ["dict(none)", { error: "'NoneType' object is not iterable" }],
    ["dict(missing)", { error: "'missing' is undefined" }],
    ["dict([1])", {
      error:
        "cannot convert dictionary update sequence element #0 to a sequence",
    }],
    ["dict([[1]])", {
      error:
        "dictionary update sequence element #0 has length 1; 2 is required",
    }],
    ["dict([[[], 1]])", { error: "unhashable type: 'list'" }],
    ["dict({}, {})", { error: "dict() takes at most 1 argument (2 given)" }],
    ["dict(a=1).a", "1"],
  ], { context });
});

Deno.test("namespace() makes an object whose attributes can be set", () => {
  checkExpressions([
    ["namespace(a=1).a", "1"],
    ["namespace({'a': 1}).a", "1"],
    ["namespace([['a', 1]], b=2).b", "2"],
    ["namespace({'a': 1}, a=2).a", "2"],
    ["namespace(a=1)['a']", "1"],
    ["namespace() | attr('x') is undefined", "True"],
    ["namespace(a=1, b='x')", "<Namespace {'a': 1, 'b': 'x'}>"],
    ["namespace(1)", { error: "'int' object is not iterable" }],
    ["namespace({}, {})", {
      error: "namespace() takes at most 1 argument (2 given)",
    }],
    ["namespace(a=1) is mapping", "False"],
  ]);
});

Deno.test("cycler() returns its items in turn", () => {
  checkExpressions([
    ["cycler('a', 'b').next()", "'a'"],
    ["cycler('a', 'b').current", "'a'"],
    ["cycler('a', 'b').pos", "0"],
    ["cycler('a', 'b').items", "('a', 'b')"],
    ["cycler(*'xy').items", "('x', 'y')"],
    ["cycler('a').reset()", "None"],
    ["cycler('a').nope is undefined", "True"],
    ["cycler('a').next(1)", { error: "next() takes no arguments (1 given)" }],
    ["cycler()", { error: "at least one item has to be provided" }],
    ["cycler(a=1)", {
      error: "cycler() got an unexpected keyword argument 'a'",
    }],
  ]);
});

Deno.test("joiner() returns nothing at first", () => {
  checkExpressions([
    ["joiner()()", "''"],
    ["joiner('|').sep", "'|'"],
    ["joiner(sep=5).sep", "5"],
    ["joiner().used", "False"],
    ["joiner().nope is undefined", "True"],
    ["joiner()(1)", { error: "joiner() takes no arguments (1 given)" }],
    ["joiner(1, 2)", { error: "joiner() takes at most 1 argument (2 given)" }],
    ["joiner(x=1)", {
      error: "joiner() got an unexpected keyword argument 'x'",
    }],
  ]);
});

Deno.test("lipsum() writes paragraphs of words", () => {
  checkExpressions([
    ["lipsum(0)", "Markup('')"],
    ["lipsum(0, false)", "''"],
    ["lipsum(-1)", "Markup('')"],
    ["lipsum(1, false, 3, 4).split(' ') | length", "3"],
    ["lipsum(n=2, html=false, min=1, max=2).split('\\n\\n') | length", "2"],
    ["lipsum(2, max=30).count('<p>')", "2"],
    ["lipsum(1, true, 5, 6) is escaped", "True"],
    ["lipsum(1, false, 5, 6) is escaped", "False"],
    ["lipsum(1, false, 5, 6)[-1]", "'.'"],
    ["lipsum(1, false, 5, 6)[0] is upper", "True"],
    ["lipsum().count('</p>')", "5"],
    ["lipsum('a')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["lipsum(1, true, 'a')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["lipsum(1, true, 5, 5)", {
      error: "empty range for randrange() (5, 5, 0)",
    }],
    ["lipsum(1, true, 9, 2)", {
      error: "empty range for randrange() (9, 2, -7)",
    }],
    ["lipsum(nope=1)", {
      error: "lipsum() got an unexpected keyword argument 'nope'",
    }],
    ["lipsum(1, true, 1, 2, 3)", {
      error: "lipsum() takes at most 4 arguments (5 given)",
    }],
  ]);
});

Deno.test("globals print as Python's do", () => {
  checkExpressions([
    ["range", "<class 'range'>"],
    ["dict", "<class 'dict'>"],
    ["namespace", "<class 'jinja2.utils.Namespace'>"],
    ["cycler", "<class 'jinja2.utils.Cycler'>"],
    ["joiner", "<class 'jinja2.utils.Joiner'>"],
    ["range is callable", "True"],
    ["lipsum is callable", "True"],
    ["dict == dict", "True"],
  ]);
});
