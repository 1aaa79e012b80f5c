import {
  checkFailures,
  checkTrees,
} from "../../../tests/support/template_tree.ts";

Deno.test("parseIf() parses conditions, branches and an else", () => {
  checkTrees([
    ["{% if a %}b{% endif %}", '(if (a "b"))'],
    ["{% if a %}{% endif %}", "(if (a))"],
    ["{% if a %}b{% else %}c{% endif %}", '(if (a "b") (else "c"))'],
    ["{% if a %}{% else %}{% endif %}", "(if (a) (else))"],
    [
      "{% if a %}b{% elif c %}d{% elif e %}f{% else %}g{% endif %}",
      '(if (a "b") (c "d") (e "f") (else "g"))',
    ],
    ["{% if a or b %}{% endif %}", "(if ((or a b)))"],
    ["{% if a, b %}{% endif %}", "(if ((tuple a b)))"],
    ["{% if (a if b else c) %}{% endif %}", "(if ((if b a c)))"],
    ["{% if a %}{% if b %}{% endif %}{% endif %}", "(if (a (if (b))))"],
  ]);
});

Deno.test("parseIf() rejects what is not a condition", () => {
  checkFailures([
    ["{% if %}", "expected an expression, got the end of the tag", 7],
    ["{% if a b %}", "expected the end of the tag, got 'b'", 9],
    ["{% if a if b %}", "expected the end of the tag, got 'if'", 9],
    [
      "{% if a %}{% elif %}",
      "expected an expression, got the end of the tag",
      19,
    ],
    ["{% if a %}{% else b %}", "expected the end of the tag, got 'b'", 19],
    ["{% if a = 1 %}", "expected the end of the tag, got '='", 9],
  ]);
});

Deno.test("parseFor() parses targets, values, a condition and an else", () => {
  checkTrees([
    ["{% for a in b %}c{% endfor %}", '(for a b "c")'],
    ["{% for a, b in c %}{% endfor %}", "(for (tuple a b) c)"],
    ["{% for (a, b) in c %}{% endfor %}", "(for (tuple a b) c)"],
    ["{% for a, (b, c) in d %}{% endfor %}", "(for (tuple a (tuple b c)) d)"],
    ["{% for a in b, c %}{% endfor %}", "(for a (tuple b c))"],
    ["{% for a in b if c %}{% endfor %}", "(for a b (if c))"],
    [
      "{% for a in b if c if d else e %}{% endfor %}",
      "(for a b (if (if d c e)))",
    ],
    ["{% for a in b recursive %}{% endfor %}", "(for a b recursive)"],
    [
      "{% for a in b if c recursive %}{% endfor %}",
      "(for a b (if c) recursive)",
    ],
    ["{% for a in b %}c{% else %}d{% endfor %}", '(for a b "c" (else "d"))'],
    ["{% for a in b | c %}{% endfor %}", "(for a (| b c))"],
    ["{% for a in (b if c else d) %}{% endfor %}", "(for a (if c b d))"],
  ]);
});

Deno.test("parseFor() rejects what is not a target or a loop", () => {
  checkFailures([
    ["{% for %}", "expected an expression, got the end of the tag", 8],
    ["{% for a %}", "expected 'in', got the end of the tag", 10],
    ["{% for a of b %}", "expected 'in', got 'of'", 10],
    ["{% for a in %}", "expected an expression, got the end of the tag", 13],
    ["{% for a, in b %}", "expected 'in', got 'b'", 14],
    ["{% for 1 in b %}", "expected a name to assign to", 8],
    ["{% for true in b %}", "expected a name to assign to", 8],
    ["{% for a, 1 in b %}", "expected a name to assign to", 11],
    ["{% for [a] in b %}", "expected a name to assign to", 8],
    ["{% for a.b in c %}", "expected 'in', got '.'", 9],
    [
      "{% for a in b recursive c %}",
      "expected the end of the tag, got 'c'",
      25,
    ],
  ]);
});

Deno.test("parseBreak() and parseContinue() take nothing else", () => {
  checkTrees([
    [
      "{% for a in b %}{% break %}{% continue %}{% endfor %}",
      "(for a b (break) (continue))",
    ],
  ]);
  checkFailures([
    ["{% break 1 %}", "expected the end of the tag, got '1'", 10],
    ["{% continue if a %}", "expected the end of the tag, got 'if'", 13],
  ]);
});

Deno.test("parseSet() parses assignments", () => {
  checkTrees([
    ["{% set a = 1 %}", "(set a 1)"],
    ["{% set a = b, c %}", "(set a (tuple b c))"],
    ["{% set a = b if c %}", "(set a (if c b _))"],
    ["{% set a, b = c %}", "(set (tuple a b) c)"],
    ["{% set (a, (b, c)) = d %}", "(set (tuple a (tuple b c)) d)"],
    ["{% set ns.a = 1 %}", "(set ns.a 1)"],
    ["{% set ns.if = 1 %}", "(set ns.if 1)"],
  ]);
});

Deno.test("parseSet() parses blocks with filters", () => {
  checkTrees([
    ["{% set a %}b{% endset %}", '(setBlock a "b")'],
    ["{% set a %}{% endset %}", "(setBlock a)"],
    ["{% set a | b %}c{% endset %}", '(setBlock a (| b) "c")'],
    ["{% set a | b(1) | c.d %}{% endset %}", "(setBlock a (| b 1) (| c.d))"],
    ["{% set ns.a %}b{% endset %}", '(setBlock ns.a "b")'],
    ["{% set a, b %}c{% endset %}", '(setBlock (tuple a b) "c")'],
  ]);
});

Deno.test("parseSet() rejects what cannot be assigned to", () => {
  checkFailures([
    ["{% set %}", "expected an expression, got the end of the tag", 8],
    ["{% set 1 = 2 %}", "expected a name to assign to", 8],
    ["{% set none = 2 %}", "expected a name to assign to", 8],
    ["{% set 'a' = 2 %}", "expected a name to assign to", 8],
    ["{% set a[0] = 2 %}", "expected the end of the tag, got '['", 9],
    ["{% set a.b.c = 2 %}", "expected the end of the tag, got '.'", 11],
    ["{% set a.1 = 2 %}", "expected a name, got '1'", 10],
    ["{% set a = %}", "expected an expression, got the end of the tag", 12],
    ["{% set a == 2 %}", "expected the end of the tag, got '=='", 10],
    ["{% set a() = 2 %}", "expected the end of the tag, got '('", 9],
    ["{% set a + 1 %}", "expected the end of the tag, got '+'", 10],
  ]);
});

Deno.test("parseWith() parses assignments and a body", () => {
  checkTrees([
    ["{% with %}a{% endwith %}", '(with () "a")'],
    ["{% with a = 1 %}{% endwith %}", "(with (a=1))"],
    ["{% with a = 1, b = a %}{% endwith %}", "(with (a=1 b=a))"],
    ["{% with a = b if c else d %}{% endwith %}", "(with (a=(if c b d)))"],
    ["{% with (a, b) = c %}{% endwith %}", "(with ((tuple a b)=c))"],
    ["{% with a, b = c %}{% endwith %}", "(with ((tuple a b)=c))"],
  ]);
});

Deno.test("parseWith() rejects what is not an assignment", () => {
  checkFailures([
    ["{% with a %}", "expected '=', got the end of the tag", 11],
    ["{% with a = 1 b = 2 %}", "expected ',', got 'b'", 15],
    ["{% with ns.a = 1 %}", "expected '=', got '.'", 11],
    ["{% with 1 = a %}", "expected a name to assign to", 9],
  ]);
});

Deno.test("parseMacro() parses parameters with and without defaults", () => {
  checkTrees([
    ["{% macro m() %}a{% endmacro %}", '(macro m () "a")'],
    ["{% macro m(a) %}{% endmacro %}", "(macro m (a))"],
    ["{% macro m(a, b=1) %}{% endmacro %}", "(macro m (a b=1))"],
    [
      "{% macro m(a=b, c=a if b) %}{% endmacro %}",
      "(macro m (a=b c=(if b a _)))",
    ],
    ["{% macro m(a=none) %}{% endmacro %}", "(macro m (a=null))"],
    ["{% macro if(else) %}{% endmacro %}", "(macro if (else))"],
    [
      "{% macro m() %}{% macro n() %}{% endmacro %}{% endmacro %}",
      "(macro m () (macro n ()))",
    ],
  ]);
});

Deno.test("parseMacro() rejects other names and parameters", () => {
  checkFailures([
    ["{% macro %}", "expected a name, got the end of the tag", 10],
    ["{% macro 'm'() %}", "expected a name, got 'm'", 10],
    ["{% macro true() %}", "cannot assign to 'true'", 10],
    ["{% macro m %}", "expected '(', got the end of the tag", 12],
    ["{% macro m(none) %}", "cannot assign to 'none'", 12],
    ["{% macro m(1) %}", "expected a name, got '1'", 12],
    ["{% macro m(a.b) %}", "expected ',', got '.'", 13],
    ["{% macro m(a b) %}", "expected ',', got 'b'", 14],
    ["{% macro m(a,) %}", "expected a name, got ')'", 14],
    ["{% macro m(*a) %}", "expected a name, got '*'", 12],
    ["{% macro m(a=) %}", "unexpected ')'", 14],
    [
      "{% macro m(a=1, b) %}",
      "a parameter without a default follows one with a default",
      17,
    ],
    ["{% macro m() a %}", "expected the end of the tag, got 'a'", 14],
  ]);
});

Deno.test("parseCallBlock() parses a call, and the parameters of caller()", () => {
  checkTrees([
    ["{% call m() %}a{% endcall %}", '(callBlock () (call m) "a")'],
    ["{% call m(a, b=1) %}{% endcall %}", "(callBlock () (call m a b=1))"],
    ["{% call(a, b=1) m() %}{% endcall %}", "(callBlock (a b=1) (call m))"],
    ["{% call() m() %}{% endcall %}", "(callBlock () (call m))"],
    ["{% call a.b(c) %}{% endcall %}", "(callBlock () (call (. a b) c))"],
    ["{% call m()(a) %}{% endcall %}", "(callBlock () (call (call m) a))"],
  ]);
});

Deno.test("parseCallBlock() rejects what is not a call", () => {
  checkFailures([
    ["{% call %}", "unexpected the end of the tag", 9],
    ["{% call m %}", "expected the call of a macro", 9],
    ["{% call m | f %}", "expected the call of a macro", 13],
    ["{% call 1 %}", "expected the call of a macro", 9],
    ["{% call m() + 1 %}", "expected the call of a macro", 13],
    ["{% call(1) m() %}", "expected a name, got '1'", 9],
    ["{% call(a) %}", "unexpected the end of the tag", 12],
  ]);
});

Deno.test("parseFilterBlock() parses filters with arguments", () => {
  checkTrees([
    ["{% filter a %}b{% endfilter %}", '(filterBlock (| a) "b")'],
    [
      "{% filter a(1) | b | c.d %}{% endfilter %}",
      "(filterBlock (| a 1) (| b) (| c.d))",
    ],
  ]);
});

Deno.test("parseFilterBlock() rejects what is not a filter", () => {
  checkFailures([
    ["{% filter %}", "expected a name, got the end of the tag", 11],
    ["{% filter 'a' %}", "expected a name, got 'a'", 11],
    ["{% filter a | %}", "expected a name, got the end of the tag", 15],
    ["{% filter a b %}", "expected the end of the tag, got 'b'", 13],
    ["{% filter a is b %}", "expected the end of the tag, got 'is'", 13],
  ]);
});

Deno.test("parsePrint() parses any number of expressions", () => {
  checkTrees([
    ["{% print %}", "(output)"],
    ["{% print a %}", "(output a)"],
    ["{% print a, b + 1 %}", "(output a (+ b 1))"],
    ["{% print (a, b) %}", "(output (tuple a b))"],
    ["{% print a if b %}", "(output (if b a _))"],
  ]);
  checkFailures([
    ["{% print a b %}", "expected ',', got 'b'", 12],
  ]);
});

Deno.test("parseAutoescape() parses an expression and a body", () => {
  checkTrees([
    ["{% autoescape true %}a{% endautoescape %}", '(autoescape true "a")'],
    ["{% autoescape a and b %}{% endautoescape %}", "(autoescape (and a b))"],
  ]);
  checkFailures([
    ["{% autoescape %}", "unexpected the end of the tag", 15],
    ["{% autoescape a b %}", "expected the end of the tag, got 'b'", 17],
  ]);
});
