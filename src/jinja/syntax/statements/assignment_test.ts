import {
  checkFailures,
  checkTrees,
} from "../../../../tests/support/template_tree.ts";

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
