import { deepStrictEqual } from "node:assert/strict";
import { readScenarios } from "./scenario.ts";
import { outcomeDifferences } from "./scenario_comparison.ts";
import { ScenarioRunner } from "./scenario_runner.ts";

let runner: ScenarioRunner;

Deno.test.beforeAll(async () => {
  runner = await ScenarioRunner.start();
});

Deno.test.afterAll(async () => {
  await runner[Symbol.asyncDispose]();
});

for (const scenario of await readScenarios()) {
  Deno.test(`cli ${scenario.id}: ${scenario.about}`, async () => {
    const outcome = await runner.play(scenario);
    deepStrictEqual([...outcomeDifferences(scenario, outcome)], []);
  });
}
