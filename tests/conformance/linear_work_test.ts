import { assign, parseAssignments } from "../../src/document/assignment.ts";
import { applyChange } from "../../src/document/change.ts";
import { queryPath } from "../../src/document/jsonpath.ts";
import { parseJson } from "../../src/formats/json.ts";
import { pythonJson, stringifyJson } from "../../src/formats/json_writer.ts";
import { quoteForShell } from "../../src/formats/shell.ts";
import { parseYaml } from "../../src/formats/yaml.ts";
import { locateYaml } from "../../src/formats/yaml_position.ts";
import { stringifyYaml } from "../../src/formats/yaml_writer.ts";
import type { Value } from "../../src/values.ts";
import { checkLinear } from "../support/counted_work.ts";

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

/** YAML that grows with a size. */
const YAML_TEXTS: readonly [name: string, text: (size: number) => string][] = [
  ["comments", (size) => `${"# c\n".repeat(size)}a: 1 ${"# c".repeat(size)}`],
  ["folded lines", (size) => `a: >\n${"  x y\n   z\n".repeat(size)}`],
  ["multi-byte strings", (size) => `a: ${"é😀 ".repeat(size)}`],
  ["lone surrogates and controls", (size) => "\ud83d\x01".repeat(size)],
  ["byte order marks", (size) => "\ufeff".repeat(size) + "a: 1"],
  ["tabs", (size) => `a:${"\t ".repeat(size)}\n${"\t".repeat(size)}b: c`],
  ["carriage returns", (size) => "a: 1\r".repeat(size)],
  ["documents and directives", (size) => "%TAG ! x\n---\na\n".repeat(size)],
  ["keys marked by ?", (size) => "? a\n: b\n".repeat(size)],
  ["nested ? and -", (size) => "? - ".repeat(size)],
  ["escapes", (size) => `"${"\\u0041\\\n ".repeat(size)}"`],
  ["single quotes", (size) => `'${"''\n\n".repeat(size)}'`],
  ["a plain scalar of many lines", (size) => `a: ${"x\n  ".repeat(size)}`],
  ["tags in brackets", (size) => `[${"!!str a, !<x> b,".repeat(size)}]`],
  ["brackets that nest", (size) => "[{a: ".repeat(size)],
  ["merged keys", (size) => `- &a {b: 1}\n${"- {<<: *a}\n".repeat(size)}`],
  ["a list of merged keys", (size) => `- &a {b: 1}\n- {<<: [${"*a,".repeat(size)}]}`],
  ["one key many times", (size) => `{${"a: 1, ".repeat(size)}}`],
  ["numbers of many digits", (size) => `[1${"1".repeat(size)}, 0x${"f".repeat(size)}, 1.${"0".repeat(size)}]`],
  ["binary data", (size) => `!!binary |\n${"  QUFB\n".repeat(size)}`],
];

/** What writes values. */
const WRITERS: readonly [name: string, write: (value: Value) => unknown][] = [
  ["stringifyJson", (value) => stringifyJson(value)],
  ["pythonJson", (value) => pythonJson(value, { indent: 2 })],
  ["stringifyYaml", (value) => stringifyYaml(value)],
  ["quoteForShell", (value) => quoteForShell(stringifyJson(value))],
];

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
    name: "parseJson() of many keys and a fraction",
    input: (size) =>
      `{${Array.from({ length: size }, (_, i) => `"${i}":1,`).join("")}"a":1.0}`,
    parse: parseJson,
  },
  {
    name: "parseJson() of one long integer",
    input: (size) => `-${"1".repeat(size)}`,
    parse: parseJson,
  },
  {
    name: "parseJson() of blanks, and exponents in a string",
    input: (size) => `${" \n".repeat(size)}"${" 1e5".repeat(size)}"`,
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
  ...YAML_TEXTS.map(([name, text]): Growing => ({
    name: `parseYaml() of ${name}`,
    from: 150,
    input: text,
    parse: (yaml) => parseYaml(yaml),
  })),
  ...WRITERS.map(([name, write]): Growing => ({
    name: `${name}() of a long list and long strings`,
    from: 50,
    input: (size) => `é\u2028"'\\: #\n ${"x\n\t\x01 y".repeat(size)}`,
    parse: (text) => {
      const lines = text.split("\n");
      write({ text, lines, pairs: lines.map((line) => ({ [line]: line })) });
    },
  })),
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
    name: "queryPath() of steps, slices and filters without an end",
    input: (size) => `a${".b[0][1:2]".repeat(size)}[?(`,
    parse: (expression) => queryPath({}, expression),
  },
  {
    name: "queryPath() of many alternatives",
    from: 10,
    input: (size) => `a${"|a".repeat(size)}`,
    parse: (expression) => queryPath({ a: 1 }, expression),
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
    await checkLinear(from, input, parse);
  });
}
