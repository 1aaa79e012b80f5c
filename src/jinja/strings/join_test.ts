import { strictEqual, throws } from "node:assert/strict";
import { Budget } from "../runtime/budget.ts";
import { join } from "./text.ts";

Deno.test("join() joins strings", () => {
  const budget = new Budget();
  strictEqual(join(budget, [], ","), "");
  strictEqual(join(budget, ["a"], ","), "a");
  strictEqual(join(budget, ["a", "", "c"], ", "), "a, , c");
  strictEqual(join(budget, ["a", "b"], ""), "ab");
});

Deno.test("join() charges the whole result once", () => {
  const texts = ["aaaa", "bbbb"];
  strictEqual(join(new Budget({ maxLength: 10 }), texts, "--"), "aaaa--bbbb");
  throws(
    () => join(new Budget({ maxLength: 9 }), texts, "--"),
    /exceeds 9 characters/,
  );
  const many = Array<string>(1000).fill("x");
  strictEqual(join(new Budget({ maxBytes: 2000 }), many, "").length, 1000);
});
