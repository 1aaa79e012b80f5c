import { deepStrictEqual, throws } from "node:assert/strict";
import { queryPath } from "../../src/document/jsonpath.ts";
import type { Mapping, Value } from "../../src/values.ts";

/** What jsonpath-ng 1.8.0 finds, or the phase in which it fails. */
type Outcome = Value[] | "parse" | "evaluation";

/** JSONPaths and their outcomes, by topic. */
export type PathCases = Readonly<
  Record<string, readonly (readonly [expression: string, Outcome])[]>
>;

/** Registers a test for each topic. */
export function testPathCases(document: Mapping, topics: PathCases): void {
  for (const [topic, cases] of Object.entries(topics)) {
    Deno.test(`queryPath() treats ${topic} as jsonpath-ng does`, () => {
      for (const [expression, outcome] of cases) {
        if (typeof outcome !== "string") {
          deepStrictEqual(queryPath(document, expression), outcome, expression);
          continue;
        }
        throws(
          () => queryPath(document, expression),
          { name: "JsonPathError", phase: outcome },
          expression,
        );
      }
    });
  }
}
