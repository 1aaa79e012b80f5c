import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("requireText() and requireInteger() say what they take", () => {
  checkExpressions([
    ["'a'.find(1)", { error: "must be str, not int" }],
    ["'a'.find(none)", { error: "must be str, not NoneType" }],
    ["'a'.center('x')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["'a'.center(1.5)", {
      error: "'float' object cannot be interpreted as an integer",
    }],
    ["'a'.center(none)", {
      error: "'NoneType' object cannot be interpreted as an integer",
    }],
    ["'a'.center([])", {
      error: "'list' object cannot be interpreted as an integer",
    }],
    ["'a'.center(true)", "'a'"],
    ["[1].pop(false)", "1"],
    ["'abc'.find('b', 'x')", {
      error:
        "slice indices must be integers or None or have an __index__ method",
    }],
    ["'abc'.find('b', 1.5)", {
      error:
        "slice indices must be integers or None or have an __index__ method",
    }],
    ["'abc'.find('b', -1)", "-1"],
    ["'abc'.find('b', -99)", "1"],
    ["'abc'.find('b', none, none)", "1"],
    ["'abc'.find('b', 2 ** 70)", "-1"],
    ["'abc'.startswith('c', -1)", "True"],
    ["range('a')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["range(1.5)", {
      error: "'float' object cannot be interpreted as an integer",
    }],
    ["range(none)", {
      error: "'NoneType' object cannot be interpreted as an integer",
    }],
    ["range(1, 'a')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
  ]);
});
