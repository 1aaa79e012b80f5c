import { deepStrictEqual, throws } from "node:assert/strict";
import type { Mapping, Value } from "../values.ts";
import { queryPath } from "./jsonpath.ts";
import { JsonPathError } from "./jsonpath_error.ts";

const DOCUMENT = {
  state: { tag: "v1", "with space": 1, nil: null, off: false },
  jobs: [{ id: 1, name: "lint" }, { id: 2 }],
  matrix: [[1, 2], [3]],
  ship: "h😀y",
};

function find(expression: string): Value[] {
  return queryPath(DOCUMENT, expression);
}

Deno.test("queryPath() accepts a leading $", () => {
  deepStrictEqual(find("$.state.tag"), ["v1"]);
  deepStrictEqual(find("state.tag"), ["v1"]);
  deepStrictEqual(find("$"), [DOCUMENT]);
});

Deno.test("queryPath() reads escapes in quoted keys", () => {
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

Deno.test("queryPath() slices any other value as a list of one", () => {
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

Deno.test("queryPath() reports where parsing failed", () => {
  const cases: [string, string][] = [
    ["", '"" at column 1: the expression ends too early'],
    ["a.", '"a." at column 3: the expression ends too early'],
    ["a b", '"a b" at column 3: unexpected "b"'],
    ["a.'b", `"a.'b" at column 3: the closing ' is missing`],
    ["a/b", '"a/b" at column 2: "/" is not allowed here, quote the key'],
    ["état", '"état" at column 1: "é" is not allowed here, quote the key'],
    ["`len`", '"`len`" at column 1: there is no operator `len`'],
    ["a[0:1,2]", '"a[0:1,2]" at column 6: unexpected ","'],
  ];
  for (const [expression, message] of cases) {
    throws(() => find(expression), (error) => {
      return error instanceof JsonPathError && error.phase === "parse" &&
        error.code === "PATH" && error.position !== undefined &&
        error.message === `Cannot parse JSONPath ${message}`;
    });
  }
});

Deno.test("queryPath() reports why an expression does not apply", () => {
  const cases: [string, string][] = [
    ["state[0]", "[0] needs a list, but this is a mapping"],
    ["jobs[0].id[1]", "[1] needs a list, but this is an integer"],
    ["jobs[-9]", "[-9] is before the first of 2 items"],
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

/** `*.$.*.$…`: each pair multiplies the matches by the number of keys. */
function multiplying(pairs: number): string {
  return Array(pairs).fill("*.$").join(".");
}

Deno.test("queryPath() stops an expression that multiplies its matches", () => {
  const cases: [string, RegExp][] = [
    [multiplying(10), /: it finds more than 1000000 values$/],
    [`${multiplying(100)}.missing`, /: it takes more than 10000000 steps$/],
    [
      Array(60).fill("(*|*)").join(".$."),
      /: it finds more than 1000000 values$/,
    ],
  ];
  for (const [expression, message] of cases) {
    throws(() => find(expression), { phase: "evaluation", message });
  }
});

Deno.test("queryPath() counts the characters and keys that an index goes through", () => {
  const document = { keys: {} as Mapping, text: "x".repeat(10_000) };
  for (let key = 0; key < 10_000; key++) document.keys[key] = key;
  for (const target of ["text", "keys"]) {
    const expression = `(${Array(500).fill(target).join("|")})|$`;
    throws(
      () => queryPath(document, `(${expression}).($|$|$).(${target}[10000])`),
      { phase: "evaluation", message: /takes more than 10000000 steps$/ },
    );
  }
});

Deno.test("queryPath() searches large and deep documents", () => {
  const wide: Value[] = Array.from({ length: 200_000 }, (_, id) => ({ id }));
  deepStrictEqual(queryPath({ wide }, "$..id").length, 200_000);
  let deep: Value = { id: "deepest" };
  for (let level = 0; level < 100_000; level++) deep = [deep];
  deepStrictEqual(queryPath(deep, "$..id"), ["deepest"]);
});

Deno.test("queryPath() refuses expressions of too many parts", () => {
  const keys = (count: number) => Array(count).fill("a").join(".");
  deepStrictEqual(find(keys(1000)), []);
  const cases: [string, RegExp][] = [
    [keys(100_000), /"a\.a.*…" at column 100001: it is longer than/],
    [keys(1001), /: it has more than 1000 parts$/],
    ["(".repeat(5000), /: it has more than 1000 parts$/],
    [`a${"[0]".repeat(5000)}`, /: it has more than 1000 parts$/],
  ];
  for (const [expression, message] of cases) {
    throws(() => find(expression), { phase: "parse", message });
  }
});

Deno.test("queryPath() counts the position of an error in UTF-16 code units", () => {
  const cases: [string, number, string][] = [
    ["jobs[", 5, "the expression ends too early"],
    ["jobs[0", 6, "the expression ends too early"],
    ["(a.b", 4, "the expression ends too early"],
    ["jobs[]", 5, 'unexpected "]"'],
    ["jobs[0:1:2:3]", 10, 'unexpected ":"'],
    ["jobs[id,0]", 8, 'unexpected "0"'],
    ["state..", 7, "the expression ends too early"],
    ["state...tag", 7, 'unexpected "."'],
    ["a where", 7, "the expression ends too early"],
    ["where.a", 0, 'unexpected "where"'],
    ["a.b) ", 3, 'unexpected ")"'],
    ["  a  b", 5, 'unexpected "b"'],
    ["😀.a.#", 5, '"#" is not allowed here, quote the key'],
    ["a.😀.é", 5, '"é" is not allowed here, quote the key'],
    ["a.🚀", 2, '"🚀" is not allowed here, quote the key'],
    ["'a\\'", 0, "the closing ' is missing"],
    ['a["b]', 2, 'the closing " is missing'],
    ["a.`parent", 2, "the closing ` is missing"],
    ["a.`len`.b", 2, "there is no operator `len`"],
  ];
  for (const [expression, position, reason] of cases) {
    throws(() => find(expression), {
      phase: "parse",
      position,
      message: `Cannot parse JSONPath "${expression}" at column ${
        position + 1
      }: ${reason}`,
    });
  }
});
