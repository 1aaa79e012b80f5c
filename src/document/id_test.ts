import { strictEqual } from "node:assert/strict";
import type { Mapping } from "../values.ts";
import { documentContext, documentId } from "./id.ts";

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
