import { strictEqual, throws } from "node:assert/strict";
import type { Mapping } from "../values.ts";
import { checkId, documentContext, documentId } from "./id.ts";

Deno.test("documentId() and documentContext() read strings below state", () => {
  const cases: [Mapping, string | undefined, string | undefined][] = [
    [
      { state: { cicdContextDataId: "a1", cicdContextName: "prod" } },
      "a1",
      "prod",
    ],
    [{ state: { cicdContextDataId: "" } }, "", undefined],
    [
      { state: { cicdContextDataId: 7, cicdContextName: null } },
      undefined,
      undefined,
    ],
    [{ state: "a1" }, undefined, undefined],
    [{ cicdContextDataId: "a1" }, undefined, undefined],
    [{}, undefined, undefined],
  ];
  for (const [document, id, context] of cases) {
    strictEqual(documentId(document), id);
    strictEqual(documentContext(document), context);
  }
});

Deno.test("checkId() accepts whatever can be printed", () => {
  for (const id of ["a", "", "ä ö ⚓", "{a}", "a/b\\c", "\u2028", "🚢"]) {
    checkId(id);
  }
});

for (
  const [id, message] of [
    ["a\nb", 'Cannot use the id "a\\nb": it has a control character'],
    ["a\r", 'Cannot use the id "a\\r": it has a control character'],
    ["\0", 'Cannot use the id "\\u0000": it has a control character'],
    ["\x7f", 'Cannot use the id "\\u007f": it has a control character'],
    ["\x9b1m", 'Cannot use the id "\\u009b1m": it has a control character'],
    ["\ud83d", 'Cannot use the id "\\ud83d": it has half of a character'],
  ] as const
) {
  Deno.test(`checkId() refuses ${JSON.stringify(id)} in one line`, () => {
    throws(() => checkId(id), { code: "USAGE", message });
  });
}
