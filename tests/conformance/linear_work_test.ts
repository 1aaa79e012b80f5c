import { ok } from "node:assert/strict";
import { assign, parseAssignments } from "../../src/document/assignment.ts";
import { applyChange } from "../../src/document/change.ts";
import { queryPath } from "../../src/document/jsonpath.ts";
import { parseJson } from "../../src/formats/json.ts";
import { parseYaml } from "../../src/formats/yaml.ts";
import { locateYaml } from "../../src/formats/yaml_position.ts";
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
    name: "parseYaml() of brackets that are not indented",
    from: 150,
    input: (size) => `a: [${"\n1,".repeat(size)}\n]\n`,
    parse: (text) => parseYaml(text),
  },
  {
    name: "parseYaml() of quotes that are not indented",
    from: 150,
    input: (size) => `a: "${"\nx".repeat(size)}\n"\n`,
    parse: (text) => parseYaml(text),
  },
  {
    name: "parseYaml() of one long line that may be a key",
    from: 150,
    input: (size) => `{${"[a, 'b'], ".repeat(size)}`,
    parse: (text) => parseYaml(text),
  },
  {
    name: "parseYaml() of a long key of brackets in brackets",
    from: 150,
    input: (size) => "[{".repeat(50) + "a: b, ".repeat(size),
    parse: (text) => parseYaml(text),
  },
  {
    name: "parseYaml() of block mappings",
    from: 150,
    input: (size) => "a: 1\nb:\n  - c: d\n    e: 'f'\n".repeat(size),
    parse: (text) => parseYaml(text),
  },
  {
    name: "parseYaml() of tags and anchors before nothing",
    from: 150,
    input: (size) => "&a\n".repeat(size) + "!!str\n".repeat(size),
    parse: (text) => parseYaml(text),
  },
  {
    name: "parseYaml() of block scalars and blank lines",
    from: 150,
    input: (size) => `a: |\n${" \n".repeat(size)}  x\n${"\n".repeat(size)}b: >\n${"  y\n\n".repeat(size)}`,
    parse: (text) => parseYaml(text),
  },
  {
    name: "parseYaml() of blanks before line breaks in quotes",
    from: 150,
    input: (size) => `"${`a${" ".repeat(20)}\n`.repeat(size)}"`,
    parse: (text) => parseYaml(text),
  },
  {
    name: "parseYaml() of aliases",
    from: 150,
    input: (size) => `- &a [x]\n${"- *a\n".repeat(size)}`,
    parse: (text) => parseYaml(text),
  },
  {
    name: "parseYaml() of a sexagesimal number",
    from: 150,
    input: (size) => `a: 1${":0".repeat(size)}`,
    parse: (text) => parseYaml(text),
  },
  {
    name: "parseYaml() in strict mode of a key that is too long",
    from: 150,
    input: (size) => `[${"a, ".repeat(size)}]: b`,
    parse: (text) => parseYaml(text, { strict: true }),
  },
  {
    name: "locateYaml() of many keys",
    from: 150,
    input: (size) => "a: {b: [1, 2]}\nc:\n- d\n".repeat(size),
    parse: (text) => locateYaml(text, ["c", 0]),
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
