import {
  deepStrictEqual,
  ok,
  rejects,
  strictEqual,
  throws,
} from "node:assert/strict";
import { Float } from "../../values.ts";
import { decodeDocument, encodeDocument } from "./document_text.ts";

Deno.test("encodeDocument() writes JSON on one line", () => {
  strictEqual(
    encodeDocument({ version: new Float(1), tags: ["a"] }),
    '{"version":1.0,"tags":["a"]}',
  );
});

Deno.test("decodeDocument() reads JSON without a promise", () => {
  const document = decodeDocument('{"version": 1.0}');
  ok(!(document instanceof Promise));
  deepStrictEqual(document, { version: new Float(1) });
});

Deno.test("decodeDocument() reads YAML in block and flow style", async () => {
  deepStrictEqual(
    await decodeDocument("state:\n  on: yes\n"),
    { state: { true: true } },
  );
  deepStrictEqual(await decodeDocument("{a: b, c: .nan}"), { a: "b", c: NaN });
});

Deno.test("decodeDocument() refuses what is not a mapping", async () => {
  await rejects(async () => await decodeDocument("[1]"), { code: "STORE" });
  await rejects(async () => await decodeDocument(""), { code: "STORE" });
  await rejects(async () => await decodeDocument("a: b: c"), {
    code: "STORE",
    message: /^Cannot parse the stored document at line 1, column/,
  });
});

Deno.test("encodeDocument() refuses a document that exceeds its bound", () => {
  throws(() => encodeDocument({ a: "x".repeat(33 * 1024 * 1024) }), {
    code: "INPUT",
  });
});
