import { ok } from "node:assert/strict";
import { assign, parseAssignments } from "../../src/document/assignment.ts";
import { applyChange } from "../../src/document/change.ts";
import { queryPath } from "../../src/document/jsonpath.ts";
import { parseJson } from "../../src/formats/json.ts";
import type { Value } from "../../src/values.ts";
import { countWork } from "../support/counted_work.ts";

const DOUBLINGS = 5;

/** A parser and input for it that grows. */
interface Growing {
  /** What the input is made of. */
  readonly name: string;
  /** The size of the first input. */
  readonly from?: number;
  /** Makes input of a size. */
  readonly input: (size: number) => string;
  /** Parses the input; errors are expected and ignored. */
  readonly parse: (input: string) => unknown;
}

const CASES: readonly Growing[] = [
  {
    name: "parseJson() of NaN beside numbers that look like one another",
    input: (size) =>
      `[NaN${
        Array.from(
          { length: Math.sqrt(size) },
          (_, zeros) => `,0e${"0".repeat(zeros + 1)}`,
        ).join("")
      }]`,
    parse: parseJson,
  },
  {
    name: "parseJson() of one long number beside many NaN",
    input: (size) => `[0e${"0".repeat(size)},${"NaN,".repeat(size)}1]`,
    parse: parseJson,
  },
  {
    name: "parseJson() of backslashes and quotes",
    input: (size) => JSON.stringify(['\\"'.repeat(size), "\\".repeat(size)]),
    parse: parseJson,
  },
  {
    name: "parseJson() of a string without an end",
    input: (size) => `["${'\\"'.repeat(size)}`,
    parse: parseJson,
  },
  {
    name: "parseJson() of opening brackets",
    input: (size) => "[".repeat(size),
    parse: parseJson,
  },
  {
    name: "queryPath() of many keys in one bracket",
    input: (size) => `[${"key,".repeat(size)}key]`,
    parse: (expression) => queryPath({ key: 1 }, expression),
  },
  {
    name: "queryPath() of many indices of a long string",
    input: (size) => `[${"0,".repeat(size)}0]`,
    parse: (expression) => queryPath(expression, expression),
  },
  {
    name: "queryPath() of an unclosed quote after many blanks",
    input: (size) => `${" ".repeat(size)}'${"\\'".repeat(size)}`,
    parse: (expression) => queryPath({}, expression),
  },
  {
    name: "queryPath() through every level of a deep document",
    from: 100,
    input: (size) => "[".repeat(size),
    parse: (brackets) => {
      let document: Value = { id: 1 };
      for (const _ of brackets) document = [document];
      queryPath(document, "$..id");
    },
  },
  {
    name: "applyChange() of operations on one list and one mapping",
    from: 200,
    input: (size) => "m.$=1|l[]=$|l{}=$|l[]=$|".repeat(size),
    parse: (text) => {
      let number = 0;
      const pairs = parseAssignments(
        text.replaceAll("$", () => String(number++)),
      );
      const change = pairs.assignments.map(({ target, value }) =>
        assign(target, value)
      );
      applyChange({ l: [], m: {} }, change);
    },
  },
];

for (const { name, from = 1000, input, parse } of CASES) {
  Deno.test(`${name} takes work in proportion to its length`, async () => {
    const inputs = Array.from(
      { length: DOUBLINGS + 1 },
      (_, doublings) => input(from * 2 ** doublings),
    );
    const work: number[] = [];
    for (const one of inputs) {
      work.push(
        await countWork(() => {
          try {
            parse(one);
          } catch {
            // Refused input must not take more work either.
          }
        }),
      );
    }
    const [first, last] = [inputs[0]!.length, inputs.at(-1)!.length];
    const growth = (last * Math.log2(last)) / (first * Math.log2(first));
    ok(work.at(-1)! <= work[0]! * growth, `${name}: ${work.join(", ")}`);
  });
}
