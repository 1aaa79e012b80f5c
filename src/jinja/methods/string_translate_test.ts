import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("maketrans builds a table of code points", () => {
  checkExpressions([
    ["'x'.maketrans('abc', '123')", "{97: 49, 98: 50, 99: 51}"],
    ["'x'.maketrans('ab', '12', 'c')", "{97: 49, 98: 50, 99: None}"],
    ["'x'.maketrans('aa', '12')", "{97: 50}"],
    ["'x'.maketrans('', '')", "{}"],
    ["'x'.maketrans('😀', 'é')", "{128512: 233}"],
    ["'x'.maketrans({'a': 'b', 99: none})", "{97: 'b', 99: None}"],
    ["'x'.maketrans({'a': 1, '😀': 'x'})", "{97: 1, 128512: 'x'}"],
    ["'x'.maketrans({})", "{}"],
    ["'x'.maketrans('a', 'b', 'a')", "{97: None}"],
    ["'x'.maketrans('ab', 'c')", {
      error: "the first two maketrans arguments must have equal length",
    }],
    ["'x'.maketrans({'ab': 1})", {
      error: "string keys in translate table must be of length 1",
    }],
    ["'x'.maketrans({'': 1})", {
      error: "string keys in translate table must be of length 1",
    }],
    ["'x'.maketrans({1.5: 1})", {
      error: "keys in translate table must be strings or integers",
    }],
    ["'x'.maketrans({none: 1})", {
      error: "keys in translate table must be strings or integers",
    }],
    ["'x'.maketrans('a')", {
      error: "if you give only one argument to maketrans it must be a dict",
    }],
    ["'x'.maketrans(1)", {
      error: "if you give only one argument to maketrans it must be a dict",
    }],
    ["'x'.maketrans('a', 1)", {
      error: "maketrans() argument 2 must be str, not int",
    }],
    ["'x'.maketrans(1, 'a')", {
      error:
        "first maketrans argument must be a string if there is a second argument",
    }],
    ["'x'.maketrans('a', 'b', 1)", {
      error: "maketrans() argument 3 must be str, not int",
    }],
    ["'x'.maketrans([])", {
      error: "if you give only one argument to maketrans it must be a dict",
    }],
  ]);
});

Deno.test("translate replaces characters by a table", () => {
  checkExpressions([
    ["'abc'.translate({97: 'x'})", "'xbc'"],
    ["'abc'.translate({97: none})", "'bc'"],
    ["'abc'.translate({97: 120})", "'xbc'"],
    ["'abc'.translate({97: 'long'})", "'longbc'"],
    ["'abc'.translate({97: ''})", "'bc'"],
    ["'abc'.translate({'a': 'x'})", "'abc'"],
    ["'a😀b'.translate({128512: 'x', 97: 128513})", "'😁xb'"],
    ["'abc'.translate('abc'.maketrans('ab', 'ba'))", "'bac'"],
    ["'hello'.translate('x'.maketrans('el', 'ip', 'o'))", "'hipp'"],
    ["'ab'.translate({97: true})", "'\\x01b'"],
    ["'\\x00\\x01\\x02'.translate(['x', 'y'])", "'xy\\x02'"],
    ["'\\x00'.translate(('z',))", "'z'"],
    ["'\\x01a'.translate('pq')", "'qa'"],
    ["'\\x03'.translate(range(9))", "'\\x03'"],
    ["''.translate(5)", "''"],
    ["'a'.translate(5)", { error: "'int' object is not subscriptable" }],
    ["'a'.translate(none)", {
      error: "'NoneType' object is not subscriptable",
    }],
    ["'a'.translate({97: -1})", {
      error: "character mapping must be in range(0x110000)",
    }],
    ["'a'.translate({97: 1114112})", {
      error: "character mapping must be in range(0x110000)",
    }],
    ["'a'.translate({97: 1.5})", {
      error: "character mapping must return integer, None or str",
    }],
    ["'a'.translate({97: []})", {
      error: "character mapping must return integer, None or str",
    }],
    ["'a'.translate(missing)", { error: "'missing' is undefined" }],
  ]);
});
