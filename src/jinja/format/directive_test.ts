import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("parseDirectives() takes %% and text as they are", () => {
  checkExpressions([
    ["'%%' % ()", "'%'"],
    ["'100%%' % ()", "'100%'"],
    ["'%%%s' % 1", "'%1'"],
    ["'%%s' % ()", "'%s'"],
    ["'a%sb%sc' % (1, 2)", "'a1b2c'"],
    ["'' % ()", "''"],
    ["'é😀%s' % 'x'", "'é😀x'"],
    ["'%s' % ()", { error: "not enough arguments for format string" }],
    ["'%' % ()", { error: "incomplete format" }],
    ["'%' % 1", { error: "incomplete format" }],
    ["'a%' % 1", { error: "incomplete format" }],
    ["'%5' % 1", { error: "incomplete format" }],
    ["'%.' % 1", { error: "incomplete format" }],
    ["'%(a' % {'a': 1}", { error: "incomplete format key" }],
    ["'%(a)' % {'a': 1}", { error: "incomplete format" }],
    ["'%(a)5' % {'a': 1}", { error: "incomplete format" }],
    ["'%5%' % ()", { error: "not enough arguments for format string" }],
    ["'%5%' % 1", {
      error: "unsupported format character '%' (0x25) at index 2",
    }],
    ["'%(a)%' % {'a': 1}", {
      error: "unsupported format character '%' (0x25) at index 4",
    }],
  ]);
});

Deno.test("parseDirectives() reads keys, in which parentheses may be nested", () => {
  checkExpressions([
    ["'%(a)s' % {'a': 1}", "'1'"],
    ["'%(a)s-%(b)s' % {'a': 1, 'b': 2}", "'1-2'"],
    ["'%(a)s' % {}", { error: "KeyError: 'a'" }],
    ["'%()s' % {'': 1}", "'1'"],
    ["'%(a(b)c)s' % {'a(b)c': 1}", "'1'"],
    ["'%((a))s' % {'(a)': 1}", "'1'"],
    ["'%(a b)s' % {'a b': 1}", "'1'"],
    ["'%(é)s' % {'é': 1}", "'1'"],
    ["'%(a%s)s' % {'a%s': 1}", "'1'"],
    ["'%(a)s %(a)s' % {'a': 1}", "'1 1'"],
    ["'%(a)s' % 1", { error: "format requires a mapping" }],
    ["'%(a)s' % 'a'", { error: "format requires a mapping" }],
    ["'%(a)s' % (1,)", { error: "format requires a mapping" }],
    ["'%(a)s' % [1]", {
      error: "list indices must be integers or slices, not str",
    }],
    ["'%(a)s %s' % {'a': 1}", {
      error: "not enough arguments for format string",
    }],
    ["'%s %(a)s' % {'a': 1}", "\"{'a': 1} 1\""],
    ["'%(1)s' % {1: 2}", { error: "KeyError: '1'" }],
    ["'%(1)s' % {'1': 2}", "'2'"],
  ]);
});

Deno.test("parseDirectives() reads flags, width, precision and length", () => {
  checkExpressions([
    ["'%-5d|' % 3", "'3    |'"],
    ["'%+d' % 3", "'+3'"],
    ["'% d' % 3", "' 3'"],
    ["'%05d' % 3", "'00003'"],
    ["'%#x' % 3", "'0x3'"],
    ["'%-05d|' % 3", "'3    |'"],
    ["'%+05d' % 3", "'+0003'"],
    ["'% 05d' % 3", "' 0003'"],
    ["'%+ d' % 3", "'+3'"],
    ["'%- +#05d|' % 3", "'+3   |'"],
    ["'%5.2f|' % 3", "' 3.00|'"],
    ["'%.0f' % 2.5", "'2'"],
    ["'%.f' % 2.5", "'2'"],
    ["'%.d' % 0", "'0'"],
    ["'%ld' % 3", "'3'"],
    ["'%hd' % 3", "'3'"],
    ["'%Lf' % 3", "'3.000000'"],
    ["'%lld' % 3", {
      error: "unsupported format character 'l' (0x6c) at index 2",
    }],
    ["'%*d|' % (5, 3)", "'    3|'"],
    ["'%*d|' % (-5, 3)", "'3    |'"],
    ["'%.*f' % (2, 3.14159)", "'3.14'"],
    ["'%.*f' % (-2, 3.14159)", "'3'"],
    ["'%*.*f|' % (8, 2, 3.14159)", "'    3.14|'"],
    ["'%*d' % (1.5, 3)", { error: "* wants int" }],
    ["'%*d' % ('a', 3)", { error: "* wants int" }],
    ["'%*d' % 3", { error: "not enough arguments for format string" }],
    ["'%0*d' % (5, 3)", "'00003'"],
    ["'%00005d' % 3", "'00003'"],
    ["'%-*d|' % (5, 3)", "'3    |'"],
  ]);
});
