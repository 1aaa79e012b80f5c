import { doesNotThrow, strictEqual, throws } from "node:assert/strict";
import { LimitFailure } from "../error.ts";
import { Budget, DEFAULT_LIMITS } from "./budget.ts";

function exceeds(run: () => void, message: RegExp): void {
  throws(
    run,
    (error) => error instanceof LimitFailure && message.test(error.message),
  );
}

Deno.test("Budget.step() fails past the last step", () => {
  const budget = new Budget({ maxSteps: 3 });
  budget.step();
  budget.step(2);
  exceeds(() => budget.step(), /more than 3 steps/);
});

Deno.test("Budget.step() fails for a count that is too large at once", () => {
  exceeds(() => new Budget({ maxSteps: 10 }).step(11), /more than 10 steps/);
  exceeds(() => new Budget().step(Infinity), /steps/);
});

Deno.test("Budget.step() keeps failing once it has failed", () => {
  const budget = new Budget({ maxSteps: 1 });
  budget.step();
  exceeds(() => budget.step(), /steps/);
  exceeds(() => budget.step(), /steps/);
});

Deno.test("Budget charges no limit away with NaN", () => {
  const budget = new Budget({ maxSteps: 1, maxLength: 1 });
  exceeds(() => budget.step(NaN), /steps/);
  exceeds(() => new Budget().allocateString(NaN), /characters/);
});

Deno.test("Budget.scan() charges a step for some hundred characters", () => {
  const budget = new Budget({ maxSteps: 10 });
  doesNotThrow(() => budget.scan(100));
  doesNotThrow(() => budget.scan(2000));
  exceeds(() => budget.scan(2000), /steps/);
});

Deno.test("Budget.allocateString() fails for one string that is too long", () => {
  const budget = new Budget({ maxLength: 10 });
  budget.allocateString(10);
  exceeds(() => budget.allocateString(11), /exceeds 10 characters/);
});

Deno.test("Budget.allocateString() adds up what was allocated", () => {
  const budget = new Budget({ maxBytes: 100 });
  budget.allocateString(25);
  budget.allocateString(25);
  exceeds(() => budget.allocateString(1), /more than 100 bytes/);
});

Deno.test("Budget.allocateString() charges the work of building the string", () => {
  const budget = new Budget({ maxSteps: 100 });
  exceeds(() => {
    for (;;) budget.allocateString(10_000);
  }, /steps/);
});

Deno.test("Budget.allocateList() charges items and bytes", () => {
  exceeds(() => new Budget({ maxSteps: 9 }).allocateList(10), /steps/);
  const budget = new Budget({ maxBytes: 80 });
  budget.allocateList(10);
  exceeds(() => budget.allocateList(1), /bytes/);
});

Deno.test("Budget.allocateList() and allocateString() share the bytes", () => {
  const budget = new Budget({ maxBytes: 100 });
  budget.allocateList(10);
  budget.allocateString(10);
  exceeds(() => budget.allocateString(1), /bytes/);
});

Deno.test("Budget.write() adds up the output", () => {
  const budget = new Budget({ maxLength: 10 });
  budget.write(6);
  budget.write(4);
  exceeds(() => budget.write(1), /exceeds 10 characters/);
});

Deno.test("Budget.enter() fails when calls are nested too deeply", () => {
  const budget = new Budget({ maxDepth: 3 });
  let deepest = 0;
  function nest(depth: number): void {
    deepest = depth;
    budget.enter(() => nest(depth + 1));
  }
  exceeds(() => nest(0), /nested more than 3 deep/);
  strictEqual(deepest, 3);
});

Deno.test("Budget.enter() allows one call after another", () => {
  const budget = new Budget({ maxDepth: 1 });
  strictEqual(budget.enter(() => "a") + budget.enter(() => "b"), "ab");
});

Deno.test("Budget.enter() leaves when the call fails", () => {
  const budget = new Budget({ maxDepth: 1 });
  throws(() =>
    budget.enter(() => {
      throw new Error("x");
    }), /x/);
  strictEqual(budget.enter(() => 1), 1);
});

Deno.test("Budget.enter() charges a step", () => {
  const budget = new Budget({ maxSteps: 2 });
  budget.enter(() => {});
  budget.enter(() => {});
  exceeds(() => budget.enter(() => {}), /steps/);
});

Deno.test("Budget fails after the deadline, whatever is charged", () => {
  const late = { timeoutMs: -1 };
  exceeds(() => new Budget(late).step(), /longer than -1 ms/);
  exceeds(() => new Budget(late).tick(), /longer/);
  exceeds(() => new Budget(late).write(1), /longer/);
  exceeds(() => new Budget(late).scan(1000), /longer/);
  exceeds(() => new Budget(late).allocateString(1000), /longer/);
  exceeds(() => new Budget(late).allocateList(1), /longer/);
  exceeds(() => new Budget(late).enter(() => {}), /longer/);
});

Deno.test("Budget looks at the clock at least once in some thousand ticks", () => {
  const budget = new Budget({ timeoutMs: 10 });
  const end = performance.now() + 20;
  while (performance.now() < end);
  exceeds(() => {
    for (let tick = 0; tick < 5000; tick++) budget.tick();
  }, /longer than 10 ms/);
});

Deno.test("Budget.restart() gives back everything but time", () => {
  const budget = new Budget({ maxSteps: 1, maxBytes: 20, maxLength: 10 });
  for (let turn = 0; turn < 3; turn++) {
    budget.step();
    budget.allocateString(10);
    budget.write(10);
    budget.restart();
  }
  const late = new Budget({ timeoutMs: -1 });
  late.restart();
  exceeds(() => late.step(), /longer/);
});

Deno.test("Budget takes defaults for limits that are left out", () => {
  const budget = new Budget({ maxSteps: 100 });
  exceeds(
    () => budget.allocateString(DEFAULT_LIMITS.maxLength + 1),
    /exceeds 67108864 characters/,
  );
  doesNotThrow(() => new Budget({}).step(DEFAULT_LIMITS.maxSteps));
});

Deno.test("Budget takes the default for a limit that is undefined", () => {
  const budget = new Budget({ maxSteps: undefined, timeoutMs: undefined });
  doesNotThrow(() => budget.step(DEFAULT_LIMITS.maxSteps));
});
