import { stripVTControlCharacters } from "node:util";

/** How many tests passed and failed. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

const SUMMARY_REGEXP =
  /^(?:ok|FAILED) \| (\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed/gm;

/**
 * Reads the last line of `deno test`. The JUnit report is no substitute: it
 * omits errors outside a test.
 */
export function sumUp(output: string): TestCounts | undefined {
  const plain = stripVTControlCharacters(output);
  // A test may print such a line too; Deno's is the last.
  const last = [...plain.matchAll(SUMMARY_REGEXP)].at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]) };
}
