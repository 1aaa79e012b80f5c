import { ok } from "node:assert/strict";
import { Session } from "node:inspector/promises";

let started: Promise<Session> | undefined;

async function start(): Promise<Session> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", {
    callCount: true,
    detailed: true,
  });
  return session;
}

/**
 * Counts the work that a function does: how often V8 ran each block of code, and
 * how much of a string or list its built-in methods went through. The count does
 * not depend on the machine.
 *
 * The counters are those of coverage: a test file that counts work adds nothing
 * to coverage.
 *
 * @param run The function.
 * @returns The number of steps.
 */
export async function countWork(run: () => void): Promise<number> {
  const session = await (started ??= start());
  await session.post("Profiler.takePreciseCoverage");
  const nativeSteps = countNativeSteps(run);
  const { result } = await session.post("Profiler.takePreciseCoverage");
  return result.filter(({ url }) => url !== import.meta.url)
    .flatMap(({ functions }) => functions)
    .flatMap(({ ranges }) => ranges)
    .reduce((sum, { count }) => sum + count, nativeSteps);
}

// deno-lint-ignore no-explicit-any -- stands for any built-in method
type Method = (this: any, ...args: any[]) => any;

/** The steps of a call, told from what it was called with and what it returned. */
type Steps = (self: unknown, args: unknown[], result: unknown) => number;

function lengthOf(value: unknown): number {
  return (value as { length: number }).length;
}

function scanned(self: unknown, args: unknown[], result: unknown): number {
  const from = Number(args[1] ?? 0);
  const found = typeof result === "number" && result >= 0
    ? result
    : lengthOf(self);
  return Math.max(0, found - from);
}

function moved(self: unknown, args: unknown[]): number {
  return Math.max(0, lengthOf(self) - Number(args[0]));
}

const COUNTED: readonly [prototype: object, name: string, steps: Steps][] = [
  [String.prototype, "indexOf", scanned],
  [String.prototype, "includes", scanned],
  [String.prototype, "split", lengthOf],
  [String.prototype, "replace", lengthOf],
  [String.prototype, "replaceAll", lengthOf],
  [String.prototype, "repeat", (_self, _args, result) => lengthOf(result)],
  [Array.prototype, "indexOf", scanned],
  [Array.prototype, "includes", scanned],
  [Array.prototype, "join", (_self, _args, result) => lengthOf(result)],
  [Array.prototype, "concat", (_self, _args, result) => lengthOf(result)],
  [Array.prototype, "slice", (_self, _args, result) => lengthOf(result)],
  [Array.prototype, "splice", moved],
  [Array.prototype, "shift", lengthOf],
  [Array.prototype, "unshift", lengthOf],
];

function countNativeSteps(run: () => void): number {
  let steps = 0;
  const originals = COUNTED.map(([prototype, name, count]) => {
    const original = Reflect.get(prototype, name) as Method;
    Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]) {
      const result = original.apply(this, args);
      steps += count(this, args, result);
      return result;
    });
    return original;
  });
  try {
    run();
  } finally {
    COUNTED.forEach(([prototype, name], index) => {
      Reflect.set(prototype, name, originals[index]);
    });
  }
  return steps;
}

const DOUBLINGS = 5;

/**
 * Checks that work grows no faster than n log n: the input is doubled five times.
 *
 * @param from The size of the first input.
 * @param input Makes input of a size.
 * @param run Does the work. Errors are ignored: refused input must not take more
 * work either.
 */
export async function checkLinear(
  from: number,
  input: (size: number) => string,
  run: (input: string) => unknown,
): Promise<void> {
  const inputs = Array.from(
    { length: DOUBLINGS + 1 },
    (_, doublings) => input(from * 2 ** doublings),
  );
  const work: number[] = [];
  for (const one of inputs) {
    work.push(
      await countWork(() => {
        try {
          run(one);
        } catch {
          // Refused.
        }
      }),
    );
  }
  const [first, last] = [inputs[0]!.length, inputs.at(-1)!.length];
  const growth = (last * Math.log2(last)) / (first * Math.log2(first));
  ok(work.at(-1)! <= work[0]! * growth, work.join(", "));
}
