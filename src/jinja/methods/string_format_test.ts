import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("format fills in values by position and by name", () => {
  checkExpressions([
    ["'{}'.format(1)", "'1'"],
    ["'{} {}'.format('a', 'b')", "'a b'"],
    ["'{1} {0}'.format('a', 'b')", "'b a'"],
    ["'{0}{0}'.format('x')", "'xx'"],
    ["'{a}'.format(a=1)", "'1'"],
    ["'{a} {} {b}'.format(0, a=1, b=2)", "'1 0 2'"],
    ["'{}'.format(none)", "'None'"],
    ["'{}'.format([1, 'a'])", "\"[1, 'a']\""],
    ["'{}'.format({'a': 1})", "\"{'a': 1}\""],
    ["''.format()", "''"],
    ["'plain'.format(1, 2)", "'plain'"],
    ["'{}'.format('é😀')", "'é😀'"],
    ["'{}'.format(missing)", "''"],
    ["'{é}'.format(**{'é': 1})", "'1'"],
    ["'{ }'.format(**{' ': 1})", "'1'"],
    ["'{0 }'.format(1)", { error: "KeyError: '0 '" }],
    ["'{-1}'.format(1)", { error: "KeyError: '-1'" }],
    ["'{a b}'.format(**{'a b': 1})", "'1'"],
  ]);
});

Deno.test("format reads braces", () => {
  checkExpressions([
    ["'{{}}'.format()", "'{}'"],
    ["'{{{}}}'.format(1)", "'{1}'"],
    ["'{{'.format()", "'{'"],
    ["'}}'.format()", "'}'"],
    ["'a{{b}}c'.format()", "'a{b}c'"],
    ["'{'.format()", { error: "Single '{' encountered in format string" }],
    ["'}'.format()", { error: "Single '}' encountered in format string" }],
    ["'{}}'.format(1)", { error: "Single '}' encountered in format string" }],
    ["'{{}'.format(1)", { error: "Single '}' encountered in format string" }],
    ["'{a'.format(a=1)", { error: "expected '}' before end of string" }],
    ["'{:'.format(1)", { error: "unmatched '{' in format spec" }],
    ["'{!'.format(1)", {
      error: "end of string while looking for conversion specifier",
    }],
    ["'{!r'.format(1)", { error: "unmatched '{' in format spec" }],
    ["'{!r}'.format('a')", "\"'a'\""],
    ["'{0[}'.format([1])", { error: "expected '}' before end of string" }],
    ["'{a{b}'.format(1)", { error: "unexpected '{' in field name" }],
  ]);
});

Deno.test("format numbers fields in one way only", () => {
  checkExpressions([
    ["'{}{1}'.format(1, 2)", {
      error:
        "cannot switch from automatic field numbering to manual field specification",
    }],
    ["'{0}{}'.format(1, 2)", {
      error:
        "cannot switch from manual field specification to automatic field numbering",
    }],
    ["'{}{a}{}'.format(1, 2, a=3)", "'132'"],
    ["'{0:{}}'.format(1, 5)", {
      error:
        "cannot switch from manual field specification to automatic field numbering",
    }],
    ["'{:{}}'.format(1, 5)", "'    1'"],
    ["'{}'.format()", {
      error: "Replacement index 0 out of range for positional args tuple",
    }],
    ["'{1}'.format(1)", {
      error: "Replacement index 1 out of range for positional args tuple",
    }],
    ["'{5}'.format()", {
      error: "Replacement index 5 out of range for positional args tuple",
    }],
    ["'{99999999999999999999}'.format(1)", {
      error: "Too many decimal digits in format string",
    }],
    ["'{00}'.format(1)", "'1'"],
  ]);
});

Deno.test("format reports missing names", () => {
  checkExpressions([
    ["'{a}'.format()", { error: "KeyError: 'a'" }],
    ["'{a}'.format(1)", { error: "KeyError: 'a'" }],
    ["'{a}'.format(b=1)", { error: "KeyError: 'a'" }],
    ["'{a.b}'.format()", { error: "KeyError: 'a'" }],
    ["'{a[0]}'.format(a={})", { error: "KeyError: 0" }],
    ["'{é}'.format()", { error: "KeyError: 'é'" }],
  ]);
});

Deno.test("format converts with !r, !s and !a", () => {
  checkExpressions([
    ["'{!r}'.format('a')", "\"'a'\""],
    ["'{!s}'.format('a')", "'a'"],
    ["'{!a}'.format('é')", "\"'\\\\xe9'\""],
    ["'{!r:>5}'.format('a')", "\"  'a'\""],
    ["'{0!r:^7}'.format(none)", "' None  '"],
    ["'{a!s:.1}'.format(a=[1])", "'['"],
    ["'{!r:}'.format(1)", "'1'"],
    ["'{!x}'.format(1)", { error: "Unknown conversion specifier x" }],
    ["'{!}'.format(1)", { error: "unmatched '{' in format spec" }],
    ["'{!rr}'.format(1)", { error: "expected ':' after conversion specifier" }],
    ["'{!r5}'.format(1)", { error: "expected ':' after conversion specifier" }],
    ["'{!é}'.format(1)", { error: "Unknown conversion specifier \\xe9" }],
  ]);
});

Deno.test("format reads attributes and items", () => {
  checkExpressions([
    ["'{0.real}'.format(5)", "'5'"],
    ["'{0.imag}'.format(5)", "'0'"],
    ["'{.real}'.format(5)", "'5'"],
    ["'{0[0]}'.format([7])", "'7'"],
    ["'{[1]}'.format('abc')", "'b'"],
    ["'{0[a]}'.format({'a': 1})", "'1'"],
    ["'{0[a][b]}'.format({'a': {'b': 2}})", "'2'"],
    ["'{a[0][k]}'.format(a=[{'k': 'v'}])", "'v'"],
    ["'{0[a b]}'.format({'a b': 1})", "'1'"],
    ["'{0[a.b]}'.format({'a.b': 1})", "'1'"],
    ["'{0[1]}'.format({'1': 'x'})", { error: "KeyError: 1" }],
    ["'{0[-1]}'.format({'-1': 'x'})", "'x'"],
    ["'{0[01]}'.format([5, 6])", "'6'"],
    ["'{0[!]}'.format({'!': 1})", "'1'"],
    ["'{0[:]}'.format({':': 1})", "'1'"],
    ["'{0[{]}'.format({'{': 1})", "'1'"],
    ["'{0.start}'.format(range(2, 5))", "'2'"],
    ["'{0[1]}'.format(range(2, 5))", "'3'"],
    ["'{0[0]}'.format((9,))", "'9'"],
  ]);
});

Deno.test("format fails on attributes and items that do not exist", () => {
  checkExpressions([
    ["'{0.x}'.format(5)", { error: "'int' object has no attribute 'x'" }],
    ["'{0.x}'.format('a')", { error: "'str' object has no attribute 'x'" }],
    ["'{0.x.y}'.format([])", { error: "'list' object has no attribute 'x'" }],
    ["'{0[x]}'.format({})", { error: "KeyError: 'x'" }],
    ["'{0[5]}'.format([1])", { error: "list index out of range" }],
    ["'{0[5]}'.format((1,))", { error: "tuple index out of range" }],
    ["'{0[5]}'.format('a')", { error: "string index out of range" }],
    ["'{0[5]}'.format(range(2))", { error: "range object index out of range" }],
    ["'{0[x]}'.format([1])", {
      error: "list indices must be integers or slices, not str",
    }],
    ["'{0[x]}'.format('a')", {
      error: "string indices must be integers, not 'str'",
    }],
    ["'{0[x]}'.format((1,))", {
      error: "tuple indices must be integers or slices, not str",
    }],
    ["'{0[0]}'.format(5)", { error: "'int' object is not subscriptable" }],
    ["'{0[-1]}'.format([1])", {
      error: "list indices must be integers or slices, not str",
    }],
    ["'{0[]}'.format([1])", { error: "Empty attribute in format string" }],
    ["'{0.}'.format(1)", { error: "Empty attribute in format string" }],
    ["'{0[0]x}'.format([1])", {
      error: "Only '.' or '[' may follow ']' in format field specifier",
    }],
    ["'{0[0}'.format([1])", { error: "expected '}' before end of string" }],
    ["'{0.x}'.format(missing)", { error: "'missing' is undefined" }],
    ["'{0[x]}'.format(missing)", { error: "'missing' is undefined" }],
  ]);
});

Deno.test("format fills in fields of specifications", () => {
  checkExpressions([
    ["'{:{}}'.format(1, 5)", "'    1'"],
    ["'{:{w}}|'.format('a', w=4)", "'a   |'"],
    ["'{:{}{}{}}'.format(1.5, '+', 8, '.2f')", "'   +1.50'"],
    ["'{:{}.{}f}'.format(3.14159, 8, 2)", "'    3.14'"],
    ["'{0:{1}}'.format(1, '>5')", "'    1'"],
    ["'{:{fill}{align}6}'.format('a', fill='*', align='^')", "'**a***'"],
    ["'{:{:{}}}'.format(1, 2, 3)", { error: "Max string recursion exceeded" }],
    ["'{:{'.format(1)", { error: "unmatched '{' in format spec" }],
    ["'{:{}}'.format(1)", {
      error: "Replacement index 1 out of range for positional args tuple",
    }],
    ["'{:}}'.format(1)", { error: "Single '}' encountered in format string" }],
    ["'{:{{}}}'.format(1)", {
      error: "Invalid format specifier '{}' for object of type 'int'",
    }],
  ]);
});

Deno.test("format_map takes a mapping", () => {
  checkExpressions([
    ["'{a}'.format_map({'a': 1})", "'1'"],
    ["'{a[b]}'.format_map({'a': {'b': 2}})", "'2'"],
    ["'{a}{b}'.format_map({'a': 1, 'b': 2})", "'12'"],
    ["'{a:>{w}}'.format_map({'a': 1, 'w': 4})", "'   1'"],
    ["'x'.format_map({})", "'x'"],
    ["'{a}'.format_map({})", { error: "KeyError: 'a'" }],
    ["'{}'.format_map({'': 1})", {
      error: "Format string contains positional fields",
    }],
    ["'{0}'.format_map({'0': 1})", {
      error: "Format string contains positional fields",
    }],
    ["'{a}'.format_map([1])", {
      error: "list indices must be integers or slices, not str",
    }],
    ["'{a}'.format_map(1)", { error: "'int' object is not subscriptable" }],
    ["'{a}'.format_map('x')", {
      error: "string indices must be integers, not 'str'",
    }],
    ["'{a}'.format_map(none)", {
      error: "'NoneType' object is not subscriptable",
    }],
    ["'{a}'.format_map(missing)", { error: "'missing' is undefined" }],
  ]);
});
