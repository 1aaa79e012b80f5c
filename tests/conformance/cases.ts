import { strictEqual } from "node:assert/strict";
import { parseJson } from "../../src/formats/json.ts";
import type { Value } from "../../src/values.ts";

/** Reads the cases in a file of this folder. */
export async function readCases<Case>(name: string): Promise<Case[]> {
  const url = new URL(name, import.meta.url);
  const file = parseJson(await Deno.readTextFile(url)) as { cases: Value };
  return file.cases as Case[];
}

/**
 * Checks every case, and that exactly the known cases differ. Both a regression
 * and a fix of a known difference fail.
 *
 * @param cases The cases.
 * @param check Throws if our result differs from Python's.
 * @param known The reason why a case differs, by its id.
 */
export function checkCases<Case extends { readonly id: string }>(
  cases: readonly Case[],
  check: (testCase: Case) => void,
  known: Readonly<Record<string, string>> = {},
): void {
  const failures = new Map<string, string>();
  for (const testCase of cases) {
    try {
      check(testCase);
    } catch (error) {
      failures.set(testCase.id, String(error));
    }
  }
  for (const [id, failure] of failures) {
    strictEqual(Object.hasOwn(known, id), true, `${id} differs: ${failure}`);
  }
  for (const id of Object.keys(known)) {
    strictEqual(failures.has(id), true, `${id} no longer differs: remove it`);
  }
}
