import {
  checkFailures,
  checkTrees,
} from "../../../../tests/support/template_tree.ts";

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
