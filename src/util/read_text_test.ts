import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { decodeText, fileNamedBy } from "./read_text.ts";

Deno.test("fileNamedBy() accepts the prefix only at the start", () => {
  const texts = ["file://a b", "see file://a", "FILE://a", ""];
  deepStrictEqual(texts.map((text) => fileNamedBy(text) !== undefined), [
    true,
    false,
    false,
    false,
  ]);
  strictEqual(fileNamedBy("file:///etc/x"), "/etc/x");
});

Deno.test("fileNamedBy() needs the prefix before and after rendering", () => {
  strictEqual(fileNamedBy(" file://{{ path }}", "file://a"), "a");
  strictEqual(fileNamedBy("{{ path }}", "file://a"), undefined);
  strictEqual(fileNamedBy("file://{{ no.such }}", "an error"), undefined);
});

Deno.test("decodeText() keeps a byte order mark if asked to, and refuses what is not UTF-8", () => {
  const bytes = new TextEncoder().encode("\ufeffa");
  const options = { what: "stdin", code: "INPUT" } as const;
  strictEqual(decodeText(bytes, options), "a");
  strictEqual(decodeText(bytes, { ...options, keepBom: true }), "\ufeffa");
  throws(() => decodeText(new Uint8Array([0xc3]), options), {
    code: "INPUT",
    message: "Cannot read stdin: it is not UTF-8 text",
  });
});
