import { strictEqual } from "node:assert/strict";
import { Float } from "../values.ts";
import { pythonJson } from "./json_writer.ts";

Deno.test("pythonJson() separates and escapes as json.dumps", () => {
  const value = { b: [1, "é😀\x7f"], a: new Float(1) };
  strictEqual(
    pythonJson(value),
    '{"b": [1, "\\u00e9\\ud83d\\ude00\\u007f"], "a": 1.0}',
  );
  strictEqual(
    pythonJson(value, { ensureAscii: false, sortKeys: true }),
    '{"a": 1.0, "b": [1, "é😀\x7f"]}',
  );
  strictEqual(
    pythonJson([1, { a: 2 }], { separators: [",", ":"] }),
    '[1,{"a":2}]',
  );
});

Deno.test("pythonJson() indents as json.dumps", () => {
  const value = { a: [1, []], m: {} };
  strictEqual(
    pythonJson(value, { indent: 2 }),
    '{\n  "a": [\n    1,\n    []\n  ],\n  "m": {}\n}',
  );
  strictEqual(pythonJson([1], { indent: "\t" }), "[\n\t1\n]");
  strictEqual(pythonJson([1], { indent: 0 }), "[\n1\n]");
});

Deno.test("pythonJson() sorts keys by code point", () => {
  strictEqual(
    pythonJson({ "\u{1f600}": 1, "\uffee": 2 }, {
      sortKeys: true,
      ensureAscii: false,
    }),
    '{"\uffee": 2, "😀": 1}',
  );
});
