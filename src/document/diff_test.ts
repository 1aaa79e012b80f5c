import { deepStrictEqual } from "node:assert/strict";
import { Float, type Value } from "../values.ts";
import { type Difference, diffValues } from "./diff.ts";

const CASES: readonly [
  name: string,
  before: Value,
  after: Value,
  differences: Difference[],
][] = [
  [
    "equal mappings",
    { a: 1, b: [1, { c: 2 }] },
    { b: [1, { c: 2 }], a: 1 },
    [],
  ],
  [
    "removed, changed and added keys",
    { a: 1, b: { c: "x", d: [1, 2] }, gone: null },
    { a: 1, b: { c: "y", d: [1, 2], e: true } },
    [
      { path: ["gone"], before: null },
      { path: ["b", "c"], before: "x", after: "y" },
      { path: ["b", "e"], after: true },
    ],
  ],
  [
    "lists as a whole",
    { a: [1, { b: 1 }] },
    { a: [1, { b: 2 }] },
    [{ path: ["a"], before: [1, { b: 1 }], after: [1, { b: 2 }] }],
  ],
  [
    "an integer and a float",
    { a: 1 },
    { a: new Float(1) },
    [{ path: ["a"], before: 1, after: new Float(1) }],
  ],
  [
    "a number and a string",
    { a: 1 },
    { a: "1" },
    [{ path: ["a"], before: 1, after: "1" }],
  ],
  [
    "a mapping and a string",
    { a: {} },
    { a: "" },
    [{ path: ["a"], before: {}, after: "" }],
  ],
  [
    "keys of the prototype",
    {},
    { constructor: 1 },
    [{ path: ["constructor"], after: 1 }],
  ],
  ["whole values", 1, 2, [{ path: [], before: 1, after: 2 }]],
  ["equal big integers", 2n ** 70n, 2n ** 70n, []],
];

for (const [name, before, after, differences] of CASES) {
  Deno.test(`diffValues() compares ${name}`, () => {
    deepStrictEqual(diffValues(before, after), differences);
  });
}
