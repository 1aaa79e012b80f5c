import { deepStrictEqual } from "node:assert/strict";
import { Float } from "../values.ts";
import { diffValues } from "./diff.ts";

Deno.test("diffValues() finds what was removed, changed and added", () => {
  deepStrictEqual(
    diffValues(
      { a: 1, b: { c: "x", d: [1, 2] }, gone: null },
      { a: 1, b: { c: "y", d: [1, 2], e: true } },
    ),
    [
      { path: ["gone"], before: null },
      { path: ["b", "c"], before: "x", after: "y" },
      { path: ["b", "e"], after: true },
    ],
  );
});

Deno.test("diffValues() compares lists as a whole, and tells 1 from 1.0", () => {
  deepStrictEqual(diffValues({ a: [1, { b: 1 }] }, { a: [1, { b: 1 }] }), []);
  deepStrictEqual(diffValues({ a: [1] }, { a: [1, 2] }), [
    { path: ["a"], before: [1], after: [1, 2] },
  ]);
  deepStrictEqual(diffValues({ a: 1 }, { a: new Float(1) }).length, 1);
});
