import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  checkExpressions,
  syntaxFailure,
} from "../../../tests/support/template_tree.ts";
import { parseTemplate } from "./parse.ts";

Deno.test("ExpressionParser.parseExpression() binds operators from the loosest to the tightest", () => {
  checkExpressions([
    ["a if b else c", "(if b a c)"],
    ["a or b if c or d else e or f", "(if (or c d) (or a b) (or e f))"],
    ["a or b and c", "(or a (and b c))"],
    ["a and b or c", "(or (and a b) c)"],
    ["not a and b", "(and (not a) b)"],
    ["not a or not b", "(or (not a) (not b))"],
    ["not a == b", "(not (a == b))"],
    ["not a in b", "(not (a in b))"],
    ["a == b + c", "(a == (+ b c))"],
    ["a + b ~ c", "(+ a (~ b c))"],
    ["a ~ b + c", "(+ (~ a b) c)"],
    ["a ~ b * c", "(~ a (* b c))"],
    ["a + b * c", "(+ a (* b c))"],
    ["a * b + c", "(+ (* a b) c)"],
    ["a * b ** c", "(* a (** b c))"],
    ["-a ** b", "(** (- a) b)"],
    ["a ** -b", "(** a (- b))"],
    ["a // b % c / d", "(/ (% (// a b) c) d)"],
    ["(a + b) * c", "(* (+ a b) c)"],
    ["a + b | c", "(+ a (| b c))"],
    ["(a + b) | c", "(| (+ a b) c)"],
    ["-a | abs", "(| (- a) abs)"],
    ["-(a | abs)", "(- (| a abs))"],
    ["a ** b | c", "(** a (| b c))"],
    ["a * b is c", "(* a (is b c))"],
    ["a == b is c", "(a == (is b c))"],
    ["not a is b", "(not (is a b))"],
    ["a.b + c[0](d)", "(+ (. a b) (call ([] c 0) d))"],
  ]);
});

Deno.test("ExpressionParser.parseExpression() binds operators of one level to the left", () => {
  checkExpressions([
    ["a - b - c", "(- (- a b) c)"],
    ["a / b / c", "(/ (/ a b) c)"],
    ["a ** b ** c", "(** (** a b) c)"],
    ["a or b or c", "(or (or a b) c)"],
    ["a and b and c", "(and (and a b) c)"],
    ["a ~ b ~ c", "(~ a b c)"],
    ["not not a", "(not (not a))"],
    ["- - + a", "(- (- (+ a)))"],
    ["a | b | c", "(| (| a b) c)"],
  ]);
});

Deno.test("ExpressionParser.parseExpression() parses inline ifs", () => {
  checkExpressions([
    ["a if b", "(if b a _)"],
    ["a if b else c if d else e", "(if b a (if d c e))"],
    ["a if b if c", "(if c (if b a _) _)"],
    ["(a if b else c) if d else e", "(if d (if b a c) e)"],
    ["a if b else c, d", "(tuple (if b a c) d)"],
    ["[a if b, c]", "(list (if b a _) c)"],
    ["f(a if b else c)", "(call f (if b a c))"],
  ]);
});

Deno.test("ExpressionParser.parseExpression() chains comparisons", () => {
  checkExpressions([
    ["a < b", "(a < b)"],
    ["a < b <= c", "(a < b <= c)"],
    ["a == b != c > d >= e", "(a == b != c > d >= e)"],
    ["a in b", "(a in b)"],
    ["a not in b", "(a not in b)"],
    ["a in b in c", "(a in b in c)"],
    ["a not in b == c", "(a not in b == c)"],
    ["(a < b) < c", "((a < b) < c)"],
  ]);
});

Deno.test("ExpressionParser.parseTuple() parses tuples", () => {
  checkExpressions([
    ["a, b", "(tuple a b)"],
    ["a,", "(tuple a)"],
    ["a, b,", "(tuple a b)"],
    ["()", "(tuple)"],
    ["(a)", "a"],
    ["(a,)", "(tuple a)"],
    ["(a, b)", "(tuple a b)"],
    ["(a, b,)", "(tuple a b)"],
    ["((a, b), c)", "(tuple (tuple a b) c)"],
    ["a, (b, c)", "(tuple a (tuple b c))"],
    ["[(), (a,)]", "(list (tuple) (tuple a))"],
  ]);
});

Deno.test("ExpressionParser rejects incomplete expressions", () => {
  const cases: [expression: string, message: string, column: number][] = [
    ["", "expected an expression, got the end of the tag", 5],
    ["a +", "unexpected the end of the tag", 8],
    ["a if", "unexpected the end of the tag", 9],
    ["a if b else", "unexpected the end of the tag", 16],
    ["not", "unexpected the end of the tag", 8],
    ["a < ", "unexpected the end of the tag", 9],
    ["a < > b", "unexpected '>'", 8],
    ["a not b", "expected the end of the tag, got 'not'", 6],
    ["a not 'in' b", "expected the end of the tag, got 'not'", 6],
    ["a b", "expected the end of the tag, got 'b'", 6],
    ["a = b", "expected the end of the tag, got '='", 6],
    ["* a", "unexpected '*'", 4],
    [", a", "unexpected ','", 4],
    ["(,)", "unexpected ','", 5],
    ["a,, b", "unexpected ','", 6],
    ["(a b)", "expected ')', got 'b'", 7],
    ["a ~", "unexpected the end of the tag", 8],
  ];
  for (const [expression, message, column] of cases) {
    const error = syntaxFailure(`{{ ${expression} }}`);
    strictEqual(error.message, message, expression);
    deepStrictEqual(error.place, { line: 1, column }, expression);
  }
});

Deno.test("ExpressionParser says that an expression is expected", () => {
  for (const expression of ["", "a +", "[a,,]", "f(=)"]) {
    deepStrictEqual(
      syntaxFailure(`{{ ${expression} }}`).expected,
      ["an expression"],
      expression,
    );
  }
});

Deno.test("ExpressionParser bounds nesting, not length", () => {
  for (
    const [open, close] of [
      ["(", ")"],
      ["[", "]"],
      ["-", ""],
      ["not ", ""],
      ["f(", ")"],
      ["a[", "]"],
    ] as const
  ) {
    const deep = `${open.repeat(300)}a${close.repeat(300)}`;
    strictEqual(
      syntaxFailure(`{{ ${deep} }}`).message,
      "the template is nested too deeply",
    );
  }
  const long = ["+", "and", "~", "<", "if"].map((operator) =>
    Array.from({ length: 2000 }, () => "a").join(` ${operator} `)
  );
  for (const expression of long) parseTemplate(`{{ ${expression} }}`);
});

Deno.test("ExpressionParser reports where nodes start", () => {
  const cases: [expression: string, line: number, column: number][] = [
    ["abc", 1, 4],
    ["a + b", 1, 6],
    ["a\n* b", 2, 1],
    ["a ~ b", 1, 4],
    ["a < b", 1, 4],
    ["a or b", 1, 4],
    ["not a", 1, 4],
    ["a.b.c", 1, 4],
    ["a | up", 1, 8],
    ["a is up", 1, 9],
    ["a is not up", 1, 9],
    ["f(a)", 1, 4],
    ["(a, b)", 1, 5],
    ["a if b", 1, 4],
  ];
  for (const [expression, line, column] of cases) {
    const [output] = parseTemplate(`{{ ${expression} }}`).root.body;
    const node = output?.kind === "output" ? output.expressions[0] : undefined;
    deepStrictEqual(node?.position, { line, column }, expression);
  }
});
