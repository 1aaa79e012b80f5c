import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { checkExpressions } from "../../../tests/support/jinja_expressions.ts";
import { asText, htmlIf, Markup } from "./scalars.ts";

Deno.test("asText() takes strings and markup", () => {
  strictEqual(asText("a"), "a");
  strictEqual(asText(new Markup("<a>")), "<a>");
  for (const other of [1, null, undefined, [], {}, true]) {
    strictEqual(asText(other), undefined);
  }
});

Deno.test("htmlIf() marks a string", () => {
  strictEqual(htmlIf(false, "a"), "a");
  deepStrictEqual(htmlIf(true, "a"), new Markup("a"));
});

Deno.test("Markup mixes with strings", () => {
  checkExpressions([
    ["('<' | safe) == '<'", "True"],
    ["'<' == ('<' | safe)", "True"],
    ["('b' | safe) > 'a'", "True"],
    ["{'a': 1}[('a' | safe)]", "1"],
    ["'a' in ('<a>' | safe)", "True"],
    ["('<' | safe) is string", "True"],
    ["('<' | safe) is escaped", "True"],
    ["'<' is escaped", "False"],
    ["('' | safe) or 'empty'", "'empty'"],
    ["('<' | safe) ~ '<'", "'<<'"],
    ["('<' | safe) | string", "Markup('<')"],
    ["('<' | safe) | forceescape", "Markup('&lt;')"],
    ["('<' | safe) | escape", "Markup('<')"],
  ]);
  checkExpressions([
    ["('<' | safe) ~ '<'", "Markup('<&lt;')"],
    ["'<' ~ 1", "'<1'"],
    ["'<' ~ ('>' | safe)", "Markup('&lt;>')"],
  ], { autoescape: true });
});
