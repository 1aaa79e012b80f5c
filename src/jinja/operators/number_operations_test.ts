import { strictEqual, throws } from "node:assert/strict";
import { LimitFailure } from "../error.ts";
import { Budget } from "../runtime/budget.ts";
import {
  bitLength,
  chargeBits,
  divideExactly,
  FLOOR_DIVISION,
  MODULO,
  MULTIPLICATION,
} from "./operations.ts";

Deno.test("bitLength() is never too small", () => {
  for (
    const integer of [0n, 1n, -1n, 15n, 16n, 255n, 2n ** 64n, -(2n ** 65n)]
  ) {
    const bits = integer === 0n
      ? 0
      : (integer < 0n ? -integer : integer).toString(2).length;
    const length = bitLength(integer);
    strictEqual(length >= bits && length < bits + 9, true, String(integer));
  }
});

Deno.test("chargeBits() refuses integers that would take too long", () => {
  throws(() => chargeBits(new Budget(), 1_000_001), LimitFailure);
  throws(() => chargeBits(new Budget(), Infinity), LimitFailure);
  throws(() => chargeBits(new Budget(), NaN), LimitFailure);
  throws(() => chargeBits(new Budget({ maxSteps: 100 }), 10_000), /100 steps/);
});

Deno.test("operations charge large integers", () => {
  const large = 2n ** 20_000n;
  const tight = () => new Budget({ maxSteps: 1000 });
  throws(() => MULTIPLICATION.bigints(tight(), large, large), /steps/);
  throws(() => FLOOR_DIVISION.bigints(tight(), large, 3n), /steps/);
  throws(() => MODULO.bigints(tight(), large, 3n), /steps/);
});

Deno.test("operations round large integers down", () => {
  const budget = new Budget();
  const ten = 10n ** 20n;
  strictEqual(FLOOR_DIVISION.bigints(budget, ten, 3n), ten / 3n);
  strictEqual(FLOOR_DIVISION.bigints(budget, -ten, 3n), -(ten / 3n) - 1n);
  strictEqual(FLOOR_DIVISION.bigints(budget, -ten, -10n), ten / 10n);
  strictEqual(MODULO.bigints(budget, -ten, 3n), 2n);
  strictEqual(MODULO.bigints(budget, ten, -3n), -2n);
  strictEqual(MODULO.bigints(budget, -ten, -10n), 0n);
});

Deno.test("divideExactly() returns the nearest float", () => {
  const cases: [left: bigint, right: bigint, quotient: number][] = [
    [1n, 3n, 1 / 3],
    [-1n, 3n, -1 / 3],
    [10n ** 400n, 10n ** 399n, 10],
    [10n ** 25n, 7n, 1.4285714285714285e24],
    [2n ** 1023n, 1n, 2 ** 1023],
    [0n, 5n, 0],
    // Half way between two floats, and just above.
    [2n ** 53n + 1n, 1n, 2 ** 53],
    [2n ** 54n + 2n + 1n, 2n, 2 ** 53 + 2],
    [9007199254740993n * 10n ** 30n + 1n, 10n ** 30n, 9007199254740994],
    [10n ** 400n, 3n, Infinity],
  ];
  for (const [left, right, quotient] of cases) {
    strictEqual(divideExactly(left, right), quotient, `${left} / ${right}`);
  }
});
