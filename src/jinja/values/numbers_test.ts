import { strictEqual } from "node:assert/strict";
import { Float } from "../../values.ts";
import {
  asInteger,
  asNumber,
  isFloat,
  isNegative,
  sameNumber,
} from "./scalars.ts";

Deno.test("isFloat() tells floats from integers", () => {
  for (const float of [0.5, 1e300, 2 ** 53, Infinity, NaN, new Float(1)]) {
    strictEqual(isFloat(float), true, String(float));
  }
  for (const other of [0, -1, 2 ** 53 - 1, 5n, true, "1", null, [1]]) {
    strictEqual(isFloat(other), false, String(other));
  }
});

Deno.test("asInteger() takes integers of every form, and booleans", () => {
  const cases: [value: unknown, integer: number | bigint | undefined][] = [
    [5, 5],
    [-0, -0],
    [2n ** 64n, 2n ** 64n],
    [true, 1],
    [false, 0],
    [1.5, undefined],
    [2 ** 53, undefined],
    [new Float(1), undefined],
    ["1", undefined],
    [null, undefined],
    [undefined, undefined],
    [[1], undefined],
  ];
  for (const [value, integer] of cases) strictEqual(asInteger(value), integer);
});

Deno.test("asNumber() takes the number out of every kind", () => {
  const cases: [value: unknown, number: number | bigint | undefined][] = [
    [5, 5],
    [1.5, 1.5],
    [new Float(1), 1],
    [new Float(-0), -0],
    [2n ** 64n, 2n ** 64n],
    [true, 1],
    [NaN, NaN],
    ["1", undefined],
    [null, undefined],
    [{ value: 1 }, undefined],
  ];
  for (const [value, number] of cases) strictEqual(asNumber(value), number);
});

Deno.test("sameNumber() compares exactly", () => {
  strictEqual(sameNumber(1, 1n), true);
  strictEqual(sameNumber(0, -0), true);
  strictEqual(sameNumber(2 ** 64, 2n ** 64n), true);
  strictEqual(sameNumber(2 ** 64, 2n ** 64n + 1n), false);
  strictEqual(sameNumber(NaN, NaN), false);
  strictEqual(sameNumber(Infinity, 10n ** 400n), false);
});

Deno.test("isNegative() sees the sign of zero", () => {
  strictEqual(isNegative(-0), true);
  strictEqual(isNegative(0), false);
  strictEqual(isNegative(-1e-300), true);
  strictEqual(isNegative(NaN), false);
});
