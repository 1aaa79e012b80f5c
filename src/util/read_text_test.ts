import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { fileNamedBy } from "./read_text.ts";

Deno.test("fileNamedBy() counts the prefix at the beginning only", () => {
  const texts = ["file://a b", "see file://a", "FILE://a", ""];
  deepStrictEqual(texts.map((text) => fileNamedBy(text) !== undefined), [
    true,
    false,
    false,
    false,
  ]);
  strictEqual(fileNamedBy("file:///etc/x"), "/etc/x");
});

Deno.test("fileNamedBy() wants the prefix written by hand and still there when rendered", () => {
  strictEqual(fileNamedBy(" file://{{ path }}", "file://a"), "a");
  strictEqual(fileNamedBy("{{ path }}", "file://a"), undefined);
  strictEqual(fileNamedBy("file://{{ no.such }}", "an error"), undefined);
});
