import { deepStrictEqual, throws } from "node:assert/strict";
import type { Value } from "../values.ts";
import { JsonPathError, queryPath } from "./jsonpath.ts";

const DOCUMENT = {
  state: { tag: "v1", "with space": 1, nil: null, off: false },
  jobs: [{ id: 1, name: "lint" }, { id: 2 }],
  matrix: [[1, 2], [3]],
  ship: "h😀y",
};

function find(expression: string): Value[] {
  return queryPath(DOCUMENT, expression);
}

Deno.test("queryPath() takes a leading $ or none", () => {
  deepStrictEqual(find("$.state.tag"), ["v1"]);
  deepStrictEqual(find("state.tag"), ["v1"]);
  deepStrictEqual(find("$"), [DOCUMENT]);
});

Deno.test("queryPath() takes quoted keys with escapes", () => {
  deepStrictEqual(find("state.'with space'"), [1]);
  deepStrictEqual(find('state["with\\ space"]'), [1]);
  deepStrictEqual(queryPath({ "it's": 1 }, "'it\\'s'"), [1]);
});

Deno.test("queryPath() reduces every operator before a bracket", () => {
  deepStrictEqual(find("jobs|matrix[0]"), [{ id: 1, name: "lint" }, [1, 2]]);
  deepStrictEqual(find("jobs|(matrix[0])"), [DOCUMENT.jobs, [1, 2]]);
});

Deno.test("queryPath() binds | tighter than the dot", () => {
  deepStrictEqual(find("state.tag|off"), ["v1", false]);
});

Deno.test("queryPath() counts characters of a string by code point", () => {
  deepStrictEqual(find("ship[1]"), ["😀"]);
  deepStrictEqual(find("ship[-1]"), ["y"]);
});

Deno.test("queryPath() wraps what is no list for slices", () => {
  deepStrictEqual(find("state.off[*]"), [false]);
  deepStrictEqual(find("state.nil[*]"), []);
  deepStrictEqual(find("jobs[*][*].id"), [1, 2]);
});

Deno.test("queryPath() filters by where and wherenot", () => {
  deepStrictEqual(find("(jobs[*]) where name"), [{ id: 1, name: "lint" }]);
  deepStrictEqual(find("(jobs[*]) wherenot name"), [{ id: 2 }]);
});

Deno.test("queryPath() finds own keys only", () => {
  deepStrictEqual(find("constructor"), []);
  deepStrictEqual(find("state.__proto__"), []);
  deepStrictEqual(find("$..toString"), []);
});

Deno.test("queryPath() says where an expression does not parse", () => {
  const cases: [string, string][] = [
    ["", '"" at column 1: the expression ends too early'],
    ["a.", '"a." at column 3: the expression ends too early'],
    ["a b", '"a b" at column 3: "b" does not fit'],
    ["a.'b", `"a.'b" at column 3: the closing ' is missing`],
    ["a/b", '"a/b" at column 2: "/" is not allowed here, quote the key'],
    ["état", '"état" at column 1: "é" is not allowed here, quote the key'],
    ["`len`", '"`len`" at column 1: there is no operator `len`'],
    ["a[0:1,2]", '"a[0:1,2]" at column 6: "," does not fit'],
  ];
  for (const [expression, message] of cases) {
    throws(() => find(expression), (error) => {
      return error instanceof JsonPathError && error.phase === "parse" &&
        error.code === "PATH" && error.position !== undefined &&
        error.message === `Cannot parse JSONPath ${message}`;
    });
  }
});

Deno.test("queryPath() says why an expression does not apply", () => {
  const cases: [string, string][] = [
    ["state[0]", "[0] needs a list, and this is a mapping"],
    ["jobs[0].id[1]", "[1] needs a list, and this is a number"],
    ["jobs[-9]", "[-9] lies before the first of 2 items"],
    ["jobs[::0]", "the step of a slice cannot be 0"],
    ["state&jobs", '"&" is not supported'],
    ["`parent`", "the document has no parent"],
  ];
  for (const [expression, reason] of cases) {
    throws(() => find(expression), {
      name: "JsonPathError",
      code: "PATH",
      phase: "evaluation",
      message: `Cannot evaluate JSONPath "${expression}": ${reason}`,
    });
  }
});
