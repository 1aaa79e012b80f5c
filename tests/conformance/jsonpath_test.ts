import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { parseJson } from "../../src/formats/json.ts";
import { queryPath } from "../../src/document/jsonpath.ts";
import { JsonPathError } from "../../src/document/jsonpath_error.ts";
import type { Value } from "../../src/values.ts";
import { checkCases, readCases } from "./cases.ts";

interface PathCase {
  readonly id: string;
  readonly kind: "find" | "via" | "get";
  readonly expression: string;
  readonly document: Value;
  readonly document_text?: string;
  readonly result?: Value;
  readonly error?: true;
  readonly stage?: string;
}

const INTEGER_KEYS = "JavaScript puts keys that look like integers first";

const KNOWN = {
  "find-f173d499a177": INTEGER_KEYS,
  "find-56d9f17680f5": INTEGER_KEYS,
};

/** Returns the value of a template variable: what a path finds, or else the string itself. */
function resolveVariable(document: Value, expression: string): Value {
  let matches: Value[];
  try {
    matches = queryPath(document, expression);
  } catch (error) {
    if (error instanceof JsonPathError && error.phase === "parse") {
      return expression;
    }
    throw error;
  }
  if (matches.length === 0) return expression;
  return matches.length === 1 ? matches[0]! : matches;
}

function documentOf({ document, document_text }: PathCase): Value {
  return document_text === undefined ? document : parseJson(document_text);
}

Deno.test("queryPath() finds what jsonpath-ng finds", async () => {
  const cases = (await readCases<PathCase>("jsonpath.json"))
    .filter(({ kind }) => kind === "find");
  ok(cases.length > 150);
  checkCases(cases, (testCase) => {
    const { expression, result, error, stage } = testCase;
    const document = documentOf(testCase);
    if (!error) return deepStrictEqual(queryPath(document, expression), result);
    throws(
      () => queryPath(document, expression),
      (thrown) =>
        thrown instanceof JsonPathError &&
        thrown.phase === (stage === "parse" ? "parse" : "evaluation"),
    );
  }, KNOWN);
});

Deno.test("queryPath() tells apart paths and literals of template variables", async () => {
  const cases = (await readCases<PathCase>("jsonpath.json"))
    .filter(({ kind }) => kind === "via");
  ok(cases.length > 10);
  checkCases(cases, (testCase) => {
    const { expression, result, error } = testCase;
    const document = documentOf(testCase);
    if (error) throws(() => resolveVariable(document, expression));
    else deepStrictEqual(resolveVariable(document, expression), result);
  });
});
