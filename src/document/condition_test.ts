import { throws } from "node:assert/strict";
import type { Change } from "./change.ts";
import { checkIdStays } from "./condition.ts";

const DOCUMENT = { state: { cicdContextDataId: "a1", tag: "v1" } };

Deno.test("checkIdStays() refuses to take a document's id away", () => {
  const changes: Change[] = [
    [{ op: "set", path: ["state"], value: "x" }],
    [{ op: "set", path: ["state"], value: { tag: "v2" } }],
    [{ op: "delete", path: ["state"] }],
    [{ op: "set", path: ["state", "cicdContextDataId"], value: "b2" }],
  ];
  for (const change of changes) {
    throws(() => checkIdStays(DOCUMENT, change, "a1"), {
      code: "PATH",
      message: /"a1".*"state\.cicdContextDataId" must stay/,
    });
  }
});

Deno.test("checkIdStays() lets other changes pass", () => {
  const id = { op: "set", path: ["state", "cicdContextDataId"] } as const;
  const changes: Change[] = [
    [{ op: "set", path: ["state", "tag"], value: "v2" }],
    [{ op: "set", path: ["state"], value: {} }, { ...id, value: "a1" }],
  ];
  for (const change of changes) checkIdStays(DOCUMENT, change, "a1");
  // A document that never had it, put there by other means.
  checkIdStays({ state: 1 }, [{ op: "delete", path: ["state"] }], "a1");
});
