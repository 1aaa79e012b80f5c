import { strictEqual, throws } from "node:assert/strict";
import { Budget, Output } from "./budget.ts";

Deno.test("Output collects what is written", () => {
  const output = new Output(new Budget());
  output.write("a");
  output.write("");
  output.write("😀b");
  strictEqual(output.text, "a😀b");
});

Deno.test("Output fails before it exceeds the longest output", () => {
  const output = new Output(new Budget({ maxLength: 3 }));
  output.write("abc");
  throws(() => output.write("d"), /exceeds 3 characters/);
  strictEqual(output.text, "abc");
});

Deno.test("Output shares the budget of other outputs", () => {
  const budget = new Budget({ maxLength: 3 });
  new Output(budget).write("ab");
  throws(() => new Output(budget).write("cd"), /exceeds 3 characters/);
});
