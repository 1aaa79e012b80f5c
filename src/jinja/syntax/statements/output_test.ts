import {
  checkFailures,
  checkTrees,
} from "../../../../tests/support/template_tree.ts";

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
