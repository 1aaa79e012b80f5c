import { strictEqual } from "node:assert/strict";
import { parseJson } from "../../src/formats/json.ts";
import type { Value } from "../../src/values.ts";

/** Reads the cases of a file in this folder. */
export async function readCases<Case>(name: string): Promise<Case[]> {
  const url = new URL(name, import.meta.url);
  const file = parseJson(await Deno.readTextFile(url)) as { cases: Value };
  return file.cases as Case[];
}

/**
 * Checks every case, and that the cases that differ are exactly the known ones,
 * so that neither a regression nor a repair goes unnoticed.
 *
 * @param cases The cases.
 * @param check Throws where ours differs from Python's.
 * @param known Why a case differs, by its id.
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
