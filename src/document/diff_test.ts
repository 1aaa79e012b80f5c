import { deepStrictEqual } from "node:assert/strict";
import { Float, Timestamp, type Value } from "../values.ts";
import { type Difference, diffValues } from "./diff.ts";

const DATE = new Timestamp("2026-01-31", "date");
const NEXT_DATE = new Timestamp("2026-02-01", "date");

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
  [
    "big integers that round to the same float",
    { n: 2n ** 70n },
    { n: 2n ** 70n + 1n },
    [{ path: ["n"], before: 2n ** 70n, after: 2n ** 70n + 1n }],
  ],
  [
    "equal floats",
    { a: new Float(1), b: 0.5 },
    { a: new Float(1), b: 0.5 },
    [],
  ],
  [
    "dates",
    { same: DATE, other: DATE },
    { same: new Timestamp("2026-01-31", "date"), other: NEXT_DATE },
    [{ path: ["other"], before: DATE, after: NEXT_DATE }],
  ],
  [
    "null and a missing key",
    { gone: null, same: null },
    { same: null, added: null },
    [{ path: ["gone"], before: null }, { path: ["added"], after: null }],
  ],
  [
    "values of other types below the same keys",
    { a: { k: 1 }, b: [1], c: "true", d: null, e: {} },
    { a: [1], b: { k: 1 }, c: true, d: {}, e: [] },
    [
      { path: ["a"], before: { k: 1 }, after: [1] },
      { path: ["b"], before: [1], after: { k: 1 } },
      { path: ["c"], before: "true", after: true },
      { path: ["d"], before: null, after: {} },
      { path: ["e"], before: {}, after: [] },
    ],
  ],
  [
    "lists of other lengths and orders",
    { longer: [1], shorter: [1, 2], order: [1, 2], same: [[], {}] },
    { longer: [1, 2], shorter: [1], order: [2, 1], same: [[], {}] },
    [
      { path: ["longer"], before: [1], after: [1, 2] },
      { path: ["shorter"], before: [1, 2], after: [1] },
      { path: ["order"], before: [1, 2], after: [2, 1] },
    ],
  ],
  [
    "added and removed mappings as a whole",
    { old: { a: { b: 1 } } },
    { new: { a: { b: 1 } } },
    [
      { path: ["old"], before: { a: { b: 1 } } },
      { path: ["new"], after: { a: { b: 1 } } },
    ],
  ],
  [
    "keys that hold dots and brackets",
    { "a.b": { "[0]": 1 } },
    { "a.b": { "[0]": 2 } },
    [{ path: ["a.b", "[0]"], before: 1, after: 2 }],
  ],
  [
    "removed keys before changed ones at each depth",
    { a: { x: 1, y: 1 }, b: 1 },
    { a: { z: 1, x: 2 }, c: 1 },
    [
      { path: ["b"], before: 1 },
      { path: ["a", "y"], before: 1 },
      { path: ["a", "z"], after: 1 },
      { path: ["a", "x"], before: 1, after: 2 },
      { path: ["c"], after: 1 },
    ],
  ],
];

for (const [name, before, after, differences] of CASES) {
  Deno.test(`diffValues() compares ${name}`, () => {
    deepStrictEqual(diffValues(before, after), differences);
  });
}
