import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";

Deno.test("formatPercent() counts the values", () => {
  checkExpressions([
    ["'%s %s' % (1,)", { error: "not enough arguments for format string" }],
    ["'%s' % (1, 2)", {
      error: "not all arguments converted during string formatting",
    }],
    ["'%s %s' % 1", { error: "not enough arguments for format string" }],
    ["'' % 1", {
      error: "not all arguments converted during string formatting",
    }],
    ["'' % (1,)", {
      error: "not all arguments converted during string formatting",
    }],
    ["'' % []", "''"],
    ["'' % {}", "''"],
    ["'a' % {'a': 1}", "'a'"],
    ["'a' % [1]", "'a'"],
    ["'a' % 'b'", {
      error: "not all arguments converted during string formatting",
    }],
    ["'a' % range(3)", "'a'"],
    ["'%s' % []", "'[]'"],
    ["'%s' % [1, 2]", "'[1, 2]'"],
    ["'%s' % {'a': 1}", "\"{'a': 1}\""],
    ["'%s%s' % [1, 2]", { error: "not enough arguments for format string" }],
    ["'%s-%s' % (1, (2, 3))", "'1-(2, 3)'"],
    ["'%s' % ((1, 2),)", "'(1, 2)'"],
    ["'a' % missing", "'a'"],
    ["'%d' % missing", { error: "'missing' is undefined" }],
    ["'%s' % (missing, 1)", {
      error: "not all arguments converted during string formatting",
    }],
  ]);
});
