import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  checkExpressions,
  syntaxFailure,
} from "../../../tests/support/template_tree.ts";
import { isConstantName } from "./operand_parser.ts";

Deno.test("OperandParser parses literals", () => {
  checkExpressions([
    ["1", "1"],
    ["0x1f", "31"],
    ["1.0", "1.0"],
    ["9007199254740993", "9007199254740993"],
    ["'a'", '"a"'],
    ["'a' 'b' \"c\"", '"abc"'],
    ["'a'\n'b'", '"ab"'],
    ["true", "true"],
    ["True", "true"],
    ["false", "false"],
    ["False", "false"],
    ["none", "null"],
    ["None", "null"],
    ["TRUE", "TRUE"],
    ["null", "null"],
  ]);
});

Deno.test("OperandParser parses lists", () => {
  checkExpressions([
    ["[]", "(list)"],
    ["[a]", "(list a)"],
    ["[a, b]", "(list a b)"],
    ["[a, b,]", "(list a b)"],
    ["[[a], []]", "(list (list a) (list))"],
  ]);
  strictEqual(syntaxFailure("{{ [,] }}").message, "unexpected ','");
  strictEqual(syntaxFailure("{{ [a b] }}").message, "expected ',', got 'b'");
});

Deno.test("OperandParser parses dicts", () => {
  checkExpressions([
    ["{}", "(dict)"],
    ["{'a': 1}", '(dict "a":1)'],
    ["{'a': 1, b: c,}", '(dict "a":1 b:c)'],
    ["{1: {2: 3}}", "(dict 1:(dict 2:3))"],
    ["{a if b else c: d}", "(dict (if b a c):d)"],
    ["{(a, b): c}", "(dict (tuple a b):c)"],
  ]);
  strictEqual(syntaxFailure("{{ {a} }}").message, "expected ':', got '}'");
  strictEqual(syntaxFailure("{{ {a: } }}").message, "unexpected '}'");
  strictEqual(
    syntaxFailure("{{ {a: 1 b: 2} }}").message,
    "expected ',', got 'b'",
  );
});

Deno.test("OperandParser parses attributes", () => {
  checkExpressions([
    ["a.b", "(. a b)"],
    ["a.b.c", "(. (. a b) c)"],
    ["a.0", "([] a 0)"],
    ["a.0.1", "([] ([] a 0) 1)"],
    ["a.1.5", "([] ([] a 1) 5)"],
    ["a.if", "(. a if)"],
    ["a.true", "(. a true)"],
    ["'a'.b", '(. "a" b)'],
    ["[].b", "(. (list) b)"],
    ["(a, b).c", "(. (tuple a b) c)"],
    ["1.b", "(. 1 b)"],
    ["-a.b", "(- (. a b))"],
  ]);
  const error = syntaxFailure("{{ a.'b' }}");
  strictEqual(error.message, "expected a name or an integer, got 'b'");
  deepStrictEqual(error.expected, ["a name", "an integer"]);
  deepStrictEqual(error.place, { line: 1, column: 6 });
});

Deno.test("OperandParser parses items and slices", () => {
  checkExpressions([
    ["a[0]", "([] a 0)"],
    ["a['b']", '([] a "b")'],
    ["a[b][c]", "([] ([] a b) c)"],
    ["a[b, c]", "([] a (tuple b c))"],
    ["a[]", "([] a (tuple))"],
    ["a[b if c else d]", "([] a (if c b d))"],
    ["a[:]", "(slice a _ _ _)"],
    ["a[::]", "(slice a _ _ _)"],
    ["a[1:]", "(slice a 1 _ _)"],
    ["a[:2]", "(slice a _ 2 _)"],
    ["a[1:2]", "(slice a 1 2 _)"],
    ["a[1:2:3]", "(slice a 1 2 3)"],
    ["a[::3]", "(slice a _ _ 3)"],
    ["a[1::]", "(slice a 1 _ _)"],
    ["a[1::3]", "(slice a 1 _ 3)"],
    ["a[-1:]", "(slice a (- 1) _ _)"],
    ["a[b + 1:c]", "(slice a (+ b 1) c _)"],
    ["a[1:][0]", "([] (slice a 1 _ _) 0)"],
  ]);
  for (const expression of ["a[1:2, 3]", "a[1, 2:3]", "a[:, 1]"]) {
    strictEqual(
      syntaxFailure(`{{ ${expression} }}`).message,
      "a slice cannot be part of a tuple",
      expression,
    );
  }
  strictEqual(
    syntaxFailure("{{ a[1:2:3:4] }}").message,
    "expected ']', got ':'",
  );
  strictEqual(syntaxFailure("{{ a[1 2] }}").message, "expected ',', got '2'");
});

Deno.test("OperandParser parses calls", () => {
  checkExpressions([
    ["f()", "(call f)"],
    ["f(a)", "(call f a)"],
    ["f(a, b=1)", "(call f a b=1)"],
    ["f()()", "(call (call f))"],
    ["f(a)(b)", "(call (call f a) b)"],
    ["a.b(c)", "(call (. a b) c)"],
    ["a[0](c).d", "(. (call ([] a 0) c) d)"],
    ["'a'.upper()", '(call (. "a" upper))'],
    ["(f)(a)", "(call f a)"],
    ["1(a)", "(call 1 a)"],
  ]);
});

Deno.test("OperandParser parses filters", () => {
  checkExpressions([
    ["a | b", "(| a b)"],
    ["a|b|c", "(| (| a b) c)"],
    ["a | b()", "(| a b)"],
    ["a | b(1, c=2)", "(| a b 1 c=2)"],
    ["a | b.c.d(1)", "(| a b.c.d 1)"],
    ["a | b(1)(2)", "(call (| a b 1) 2)"],
    ["a.b | c", "(| (. a b) c)"],
    ["a | if", "(| a if)"],
    ["'a' | b", '(| "a" b)'],
    ["[a | b, c | d]", "(list (| a b) (| c d))"],
  ]);
  strictEqual(
    syntaxFailure("{{ a | }}").message,
    "expected a name, got the end of the tag",
  );
  strictEqual(syntaxFailure("{{ a | 1 }}").message, "expected a name, got '1'");
  strictEqual(
    syntaxFailure("{{ a | b. }}").message,
    "expected a name, got the end of the tag",
  );
});

Deno.test("OperandParser parses tests", () => {
  checkExpressions([
    ["a is b", "(is a b)"],
    ["a is not b", "(not (is a b))"],
    ["a is b(1)", "(is a b 1)"],
    ["a is b(1, c=2)", "(is a b 1 c=2)"],
    ["a is b 1", "(is a b 1)"],
    ["a is b 'c'", '(is a b "c")'],
    ["a is b c", "(is a b c)"],
    ["a is b [c]", "(is a b (list c))"],
    ["a is b {}", "(is a b (dict))"],
    ["a is b c.d[0]", "(is a b ([] (. c d) 0))"],
    ["a is b c(d)", "(is a b (call c d))"],
    ["a is b 1.5", "(is a b 1.5)"],
    ["a is b and c", "(and (is a b) c)"],
    ["a is b or c", "(or (is a b) c)"],
    ["c if a is b else d", "(if (is a b) c d)"],
    ["a is b + c", "(+ (is a b) c)"],
    ["a is b | c", "(| (is a b) c)"],
    ["a is b.c", "(is a b.c)"],
    ["a is not b 1", "(not (is a b 1))"],
    ["a is b -1", "(- (is a b) 1)"],
  ]);
  strictEqual(
    syntaxFailure("{{ a is b is c }}").message,
    "tests cannot be chained with 'is'",
  );
  strictEqual(
    syntaxFailure("{{ a is }}").message,
    "expected a name, got the end of the tag",
  );
});

Deno.test("OperandParser lists what a value can start with", () => {
  const error = syntaxFailure("{{ a + % }}");
  strictEqual(error.message, "unexpected '%'");
  deepStrictEqual(error.expected, ["an expression"]);
  deepStrictEqual(error.place, { line: 1, column: 8 });
});

Deno.test("isConstantName() knows both spellings of constants", () => {
  for (const name of ["true", "True", "false", "False", "none", "None"]) {
    ok(isConstantName(name), name);
  }
  for (const name of ["TRUE", "null", "nil", "a"]) {
    ok(!isConstantName(name), name);
  }
});
