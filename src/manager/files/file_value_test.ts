import { deepStrictEqual } from "node:assert/strict";
import { Float, type Value } from "../../values.ts";
import { loadFile } from "./file_value.ts";

Deno.test("loadFile() reads JSON, then YAML as PyYAML does, then text", async () => {
  const folder = await Deno.makeTempDir();
  const cases: [string, Value][] = [
    ['{"a": [1, null]}', { a: [1, null] }],
    ['{\n\t"a": 1.0\n}', { a: new Float(1) }],
    ["[NaN]", [NaN]],
    ["a: yes\n", { a: true }],
    ["just words\n", "just words"],
    ["", null],
    ["null", null],
    ["42\n", 42],
    ["v1.2.3\n", "v1.2.3"],
    ["\n  42 passed\nin 3s\n", "42 passed in 3s"],
    ["# Title\n\nText\n", "Text"],
    // What PyYAML refuses stays as it is, with its line ends.
    ["one: two: three\r\nfour\r", "one: two: three\r\nfour\r"],
    ["web\t200\napi\t503\n", "web\t200\napi\t503\n"],
    ["a:\t1\n", "a:\t1\n"],
    ["&nbsp;text\n", "&nbsp;text\n"],
    [`${"k".repeat(1025)}: v\n`, `${"k".repeat(1025)}: v\n`],
    ["2021-13-45\n", "2021-13-45\n"],
    ["[a, b\n", "[a, b\n"],
    ["100%\n@home\n", "100% @home"],
    ["@home\n", "@home\n"],
    ["a\n---\nb\n", "a\n---\nb\n"],
  ];
  try {
    for (const [text, value] of cases) {
      const path = `${folder}/file`;
      await Deno.writeTextFile(path, text);
      deepStrictEqual(await loadFile(path, "--set state.a"), value, text);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
