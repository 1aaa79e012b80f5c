import { stripVTControlCharacters } from "node:util";

/** How many tests passed and failed. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** The names of those that this machine cannot run. */
  readonly ignored: readonly string[];
}

const SUMMARY_REGEXP =
  /^(?:ok|FAILED) \| (\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed/gm;
const IGNORED_REGEXP = /^(?:\S+ => )?(.+) \.\.\. ignored\b/gm;

/**
 * Reads the last line of `deno test`. The JUnit report is no substitute: it
 * omits errors outside a test.
 */
export function sumUp(output: string): TestCounts | undefined {
  const plain = stripVTControlCharacters(output);
  // A test may print such a line too; Deno's is the last.
  const last = [...plain.matchAll(SUMMARY_REGEXP)].at(-1);
  return last && {
    passed: Number(last[1]),
    failed: Number(last[2]),
    ignored: Array.from(plain.matchAll(IGNORED_REGEXP), ([, name]) => name!),
  };
}
