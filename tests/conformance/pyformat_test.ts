import { strictEqual } from "node:assert/strict";
import { parseJson } from "../../src/formats/json.ts";
import { pythonJson } from "../../src/formats/json_writer.ts";
import { pythonStr } from "../../src/formats/python_text.ts";
import { checkCases, readCases } from "./cases.ts";

interface FormatCase {
  readonly id: string;
  readonly text: string;
  readonly dumps: string;
  readonly indent2: string;
  readonly str: string;
}

const NEWER_UNICODE = "assigned after Unicode 14, the version of CPython 3.11";

const KNOWN = {
  "fmt-79317e99d79d": NEWER_UNICODE,
  "fmt-b47884223449": NEWER_UNICODE,
};

Deno.test("pythonJson() and pythonStr() print as CPython does", async () => {
  const cases = await readCases<FormatCase>("pyformat.json");
  checkCases(cases, ({ text, dumps, indent2, str }) => {
    const value = parseJson(text);
    strictEqual(pythonJson(value), dumps);
    strictEqual(pythonJson(value, { indent: 2 }), indent2);
    strictEqual(pythonStr(value), str);
  }, KNOWN);
  strictEqual(Object.keys(KNOWN).length <= 0.03 * cases.length, true);
});
