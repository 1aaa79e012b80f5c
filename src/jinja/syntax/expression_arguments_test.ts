import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  expressionTree,
  syntaxFailure,
} from "../../../tests/support/template_tree.ts";

Deno.test("ExpressionParser.parseArguments() parses arguments by position and by name, and collections of both", () => {
  const cases: [source: string, tree: string][] = [
    ["f()", "(call f)"],
    ["f(a)", "(call f a)"],
    ["f(a, b)", "(call f a b)"],
    ["f(a, b,)", "(call f a b)"],
    ["f(a=1)", "(call f a=1)"],
    ["f(a, b=1, c=2)", "(call f a b=1 c=2)"],
    ["f(*a)", "(call f *a)"],
    ["f(a, *b)", "(call f a *b)"],
    ["f(a, *b, c=1)", "(call f a c=1 *b)"],
    ["f(a, b=1, *c)", "(call f a b=1 *c)"],
    ["f(**a)", "(call f **a)"],
    ["f(a, b=1, *c, **d)", "(call f a b=1 *c **d)"],
    ["f(*a, **b,)", "(call f *a **b)"],
    ["f(a == b)", "(call f (a == b))"],
    ["f((a, b))", "(call f (tuple a b))"],
    ["f(a if b else c, d=e if f else g)", "(call f (if b a c) d=(if f e g))"],
    ["f(if=1)", "(call f if=1)"],
    ["f(a * b, a ** b)", "(call f (* a b) (** a b))"],
    ["f(*a + b)", "(call f *(+ a b))"],
  ];
  for (const [source, tree] of cases) {
    strictEqual(expressionTree(source), tree, source);
  }
});

Deno.test("ExpressionParser.parseArguments() rejects arguments in another order", () => {
  const cases: [source: string, message: string, column: number][] = [
    ["f(a=1, b)", "a positional argument follows a keyword argument", 11],
    ["f(*a, b)", "a positional argument follows a keyword argument", 10],
    ["f(*a, *b)", "a call takes '*' once", 10],
    ["f(**a, b)", "no argument can follow '**'", 11],
    ["f(**a, b=1)", "no argument can follow '**'", 11],
    ["f(**a, *b)", "no argument can follow '**'", 11],
    ["f(**a, **b)", "no argument can follow '**'", 11],
  ];
  for (const [source, message, column] of cases) {
    const error = syntaxFailure(`{{ ${source} }}`);
    strictEqual(error.message, message, source);
    deepStrictEqual(error.place, { line: 1, column }, source);
  }
});

Deno.test("ExpressionParser.parseArguments() rejects what is not closed or separated", () => {
  strictEqual(syntaxFailure("{{ f(a b) }}").message, "expected ',', got 'b'");
  strictEqual(syntaxFailure("{{ f(,) }}").message, "unexpected ','");
  strictEqual(syntaxFailure("{{ f(a,,b) }}").message, "unexpected ','");
  strictEqual(syntaxFailure("{{ f(a=) }}").message, "unexpected ')'");
  strictEqual(syntaxFailure("{{ f(*) }}").message, "unexpected ')'");
});
