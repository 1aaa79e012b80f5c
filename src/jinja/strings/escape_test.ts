import { strictEqual, throws } from "node:assert/strict";
import { Budget } from "../runtime/budget.ts";
import { escapeText } from "./text.ts";

Deno.test("escapeText() escapes what MarkupSafe escapes", () => {
  const budget = new Budget();
  const cases: [text: string, escaped: string][] = [
    ["", ""],
    ["abc", "abc"],
    [
      `<a href="x">'&'</a>`,
      "&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;&lt;/a&gt;",
    ],
    ["&amp;", "&amp;amp;"],
    ["é😀\n\0", "é😀\n\0"],
    ["`={}", "`={}"],
  ];
  for (const [text, escaped] of cases) {
    strictEqual(escapeText(budget, text), escaped);
  }
});

Deno.test("escapeText() charges the escaped length", () => {
  strictEqual(escapeText(new Budget({ maxLength: 4 }), "<"), "&lt;");
  throws(() => escapeText(new Budget({ maxLength: 3 }), "<"), /exceeds 3/);
  throws(() => escapeText(new Budget({ maxLength: 9 }), "''"), /exceeds 9/);
  strictEqual(escapeText(new Budget({ maxLength: 2 }), "ab"), "ab");
});

Deno.test("escapeText() charges a step for each character that it replaces", () => {
  throws(
    () => escapeText(new Budget({ maxSteps: 100 }), "<".repeat(101)),
    /more than 100 steps/,
  );
});
