import { strictEqual } from "node:assert/strict";
import { Float } from "../values.ts";
import { type PlainYaml, pyyamlDump, YamlTuple } from "./pyyaml_dump.ts";

// What PyYAML 6.0 writes.
const CASES: readonly [value: PlainYaml, text: string][] = [
  ["plain", "plain\n...\n"],
  ["yes", "'yes'\n"],
  ["12:30", "'12:30'\n"],
  ["2001-12-14", "'2001-12-14'\n"],
  ["a: b", "'a: b'\n"],
  ["it's", "it's\n...\n"],
  ["# no", "'# no'\n"],
  ["a\nb", "'a\n\n  b'\n"],
  ["a\tb", '"a\\tb"\n'],
  ["é", '"\\xE9"\n'],
  [null, "null\n...\n"],
  [new Float(1), "1.0\n...\n"],
  [1e-7, "1.0e-07\n...\n"],
  [2n ** 70n, "1180591620717411303424\n...\n"],
  [[], "[]\n"],
  [[[1, []], "a"], "- - 1\n  - []\n- a\n"],
  [new YamlTuple([1]), "!!python/tuple\n- 1\n"],
];

function mapping(...entries: [PlainYaml, PlainYaml][]): PlainYaml {
  return new Map(entries);
}

Deno.test("pyyamlDump() writes scalars and lists as PyYAML does", () => {
  for (const [value, text] of CASES) strictEqual(pyyamlDump(value), text);
});

Deno.test("pyyamlDump() writes mappings as PyYAML does", () => {
  const value = mapping(
    ["list", [mapping(["x", 1], ["y", 2])]],
    [1, "int"],
    ["1", "text"],
    ["", "no key"],
    ["none", mapping()],
  );
  strictEqual(
    pyyamlDump(value),
    "list:\n- x: 1\n  y: 2\n1: int\n'1': text\n? ''\n: no key\nnone: {}\n",
  );
});

Deno.test("pyyamlDump() sorts keys and indents", () => {
  const value = mapping(["b", mapping(["c", 1])], ["a", [1]]);
  strictEqual(
    pyyamlDump(value, { sortKeys: true, indent: 4 }),
    "a:\n- 1\nb:\n    c: 1\n",
  );
});

Deno.test("pyyamlDump() folds a long string at spaces", () => {
  const text = "word ".repeat(20).trim();
  strictEqual(
    pyyamlDump(text),
    `${"word ".repeat(17).trim()}\n  word word word\n...\n`,
  );
});

Deno.test("pyyamlDump() writes an alias for what it has written already", () => {
  const shared: PlainYaml = [1];
  strictEqual(
    pyyamlDump(mapping(["a", shared], ["b", shared])),
    "a: &id001\n- 1\nb: *id001\n",
  );
});
