import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("strip, lstrip and rstrip take the characters to remove", () => {
  checkExpressions([
    ["'xaxbx'.strip()", "'xaxbx'"],
    ["'xaxbx'.strip(none)", "'xaxbx'"],
    ["'xaxbx'.strip('x')", "'axb'"],
    ["'xaxbx'.strip('ä ')", "'xaxbx'"],
    ["'xaxbx'.strip('')", "'xaxbx'"],
    ["' a '.strip()", "'a'"],
    ["' a '.strip(none)", "'a'"],
    ["' a '.strip('x')", "' a '"],
    ["' a '.strip('ä ')", "'a'"],
    ["' a '.strip('')", "' a '"],
    ["''.strip()", "''"],
    ["''.strip(none)", "''"],
    ["''.strip('x')", "''"],
    ["''.strip('ä ')", "''"],
    ["''.strip('')", "''"],
    ["'äaä'.strip()", "'äaä'"],
    ["'äaä'.strip(none)", "'äaä'"],
    ["'äaä'.strip('x')", "'äaä'"],
    ["'äaä'.strip('ä ')", "'a'"],
    ["'äaä'.strip('')", "'äaä'"],
    ["'xaxbx'.lstrip()", "'xaxbx'"],
    ["'xaxbx'.lstrip(none)", "'xaxbx'"],
    ["'xaxbx'.lstrip('x')", "'axbx'"],
    ["'xaxbx'.lstrip('ä ')", "'xaxbx'"],
    ["'xaxbx'.lstrip('')", "'xaxbx'"],
    ["' a '.lstrip()", "'a '"],
    ["' a '.lstrip(none)", "'a '"],
    ["' a '.lstrip('x')", "' a '"],
    ["' a '.lstrip('ä ')", "'a '"],
    ["' a '.lstrip('')", "' a '"],
    ["''.lstrip()", "''"],
    ["''.lstrip(none)", "''"],
    ["''.lstrip('x')", "''"],
    ["''.lstrip('ä ')", "''"],
    ["''.lstrip('')", "''"],
    ["'äaä'.lstrip()", "'äaä'"],
    ["'äaä'.lstrip(none)", "'äaä'"],
    ["'äaä'.lstrip('x')", "'äaä'"],
    ["'äaä'.lstrip('ä ')", "'aä'"],
    ["'äaä'.lstrip('')", "'äaä'"],
    ["'xaxbx'.rstrip()", "'xaxbx'"],
    ["'xaxbx'.rstrip(none)", "'xaxbx'"],
    ["'xaxbx'.rstrip('x')", "'xaxb'"],
    ["'xaxbx'.rstrip('ä ')", "'xaxbx'"],
    ["'xaxbx'.rstrip('')", "'xaxbx'"],
    ["' a '.rstrip()", "' a'"],
    ["' a '.rstrip(none)", "' a'"],
    ["' a '.rstrip('x')", "' a '"],
    ["' a '.rstrip('ä ')", "' a'"],
    ["' a '.rstrip('')", "' a '"],
    ["''.rstrip()", "''"],
    ["''.rstrip(none)", "''"],
    ["''.rstrip('x')", "''"],
    ["''.rstrip('ä ')", "''"],
    ["''.rstrip('')", "''"],
    ["'äaä'.rstrip()", "'äaä'"],
    ["'äaä'.rstrip(none)", "'äaä'"],
    ["'äaä'.rstrip('x')", "'äaä'"],
    ["'äaä'.rstrip('ä ')", "'äa'"],
    ["'äaä'.rstrip('')", "'äaä'"],
    ["'a'.strip(1)", { error: "strip arg must be None or str" }],
    ["'a'.lstrip(['a'])", { error: "lstrip arg must be None or str" }],
    ["'a'.rstrip(1.5)", { error: "rstrip arg must be None or str" }],
    ["'a'.strip(missing)", { error: "'missing' is undefined" }],
  ]);
});

Deno.test("replace takes strings and a count", () => {
  checkExpressions([
    ["'aXbXc'.replace('X', '-')", "'a-b-c'"],
    ["'aXbXc'.replace('X', '-', 1)", "'a-bXc'"],
    ["'aXbXc'.replace('X', '-', true)", "'a-bXc'"],
    ["'a'.replace('a', ('<' | safe))", "'<'"],
    ["'a'.replace(1, 'b')", {
      error: "replace() argument 1 must be str, not int",
    }],
    ["'a'.replace('a', 1)", {
      error: "replace() argument 2 must be str, not int",
    }],
    ["'a'.replace('a', 'b', 'c')", {
      error: "'str' object cannot be interpreted as an integer",
    }],
    ["'a'.replace('a', 'b', 1.5)", {
      error: "'float' object cannot be interpreted as an integer",
    }],
    ["'a'.replace('a', missing)", { error: "'missing' is undefined" }],
    ["'a'.replace('a', 'b', none)", {
      error: "'NoneType' object cannot be interpreted as an integer",
    }],
  ]);
});

Deno.test("methods without arguments refuse them", () => {
  checkExpressions([
    ["'a'.upper(1)", { error: "upper() takes no arguments (1 given)" }],
    ["'a'.lower(1)", { error: "lower() takes no arguments (1 given)" }],
    ["'a'.title(1)", { error: "title() takes no arguments (1 given)" }],
    ["'a'.isalpha(1)", { error: "isalpha() takes no arguments (1 given)" }],
    ["'a'.swapcase(1)", { error: "swapcase() takes no arguments (1 given)" }],
  ]);
});

Deno.test("methods bind arguments by Python's rules", () => {
  checkExpressions([
    ["'a'.replace('b')", {
      error: "replace() missing 1 required positional argument: 'new'",
    }],
    ["'a'.replace()", {
      error:
        "replace() missing 2 required positional arguments: 'old' and 'new'",
    }],
    ["'a'.center(1, 'x', 2)", {
      error: "center() takes at most 2 arguments (3 given)",
    }],
    ["'a'.center(width=3)", {
      error: "center() got an unexpected keyword argument 'width'",
    }],
    ["'a'.partition('b', 'c')", {
      error: "partition() takes exactly 1 argument (2 given)",
    }],
    ["'a-b'.split(sep='-')", "['a', 'b']"],
    ["'a-b-c'.split(maxsplit=1, sep='-')", "['a', 'b-c']"],
    ["'a\\tb'.expandtabs(tabsize=2)", "'a b'"],
    ["'a\\n'.splitlines(keepends=true)", "['a\\n']"],
    ["'a'.split('a', sep='b')", {
      error: "split() got multiple values for argument 'sep'",
    }],
    ["'a'.split(separator='b')", {
      error: "split() got an unexpected keyword argument 'separator'",
    }],
  ]);
});
