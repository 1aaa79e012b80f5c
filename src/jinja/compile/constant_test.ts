import { strictEqual } from "node:assert/strict";
import { parseTemplate } from "../syntax/parse.ts";
import { isConstant } from "./constant.ts";

function isConstantSource(source: string): boolean {
  const [output] = parseTemplate(`{{ ${source} }}`).root.body;
  if (output?.kind !== "output") throw new Error(`${source} is not output`);
  return output.expressions.every(isConstant);
}

Deno.test("isConstant() accepts literals and what operators make of them", () => {
  for (
    const source of [
      "1",
      "'a' 'b'",
      "none",
      "[1, 'a']",
      "(1, 2), 3",
      "{'a': 1, 2: [3]}",
      "-1 + 2 * 3",
      "not true",
      "1 ~ 'a' ~ 2",
      "1 and 2 or 3",
      "1 < 2 <= 3 in [4]",
      "1 if 2 else 3",
      "[1][0]",
      "'a'.upper",
      "[1, 2][0:1:1]",
      "1[:]",
    ]
  ) {
    strictEqual(isConstantSource(source), true, source);
  }
});

Deno.test("isConstant() rejects what only a rendering knows", () => {
  for (
    const source of [
      "a",
      "[1, a]",
      "(1, a)",
      "{'a': a}",
      "{a: 1}",
      "1 + a",
      "a + 1",
      "not a",
      "1 ~ a",
      "1 or a",
      "1 < a",
      "a < 1",
      "a if 1 else 2",
      "1 if a else 2",
      "1 if 2 else a",
      "1 if 2",
      "a[0]",
      "[1][a]",
      "a.b",
      "[1][a:]",
      "[1][:a]",
      "[1][::a]",
      "a[:1]",
      "1 | string",
      "1 is odd",
      "'a'.upper()",
    ]
  ) {
    strictEqual(isConstantSource(source), false, source);
  }
});
