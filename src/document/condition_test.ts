import { throws } from "node:assert/strict";
import type { Change } from "./change.ts";
import { checkAbsent, checkIdStays } from "./condition.ts";

const DOCUMENT = {
  state: { cicdContextDataId: "a1", tag: "v1", nothing: null },
};

Deno.test("checkAbsent() accepts paths that have no value", () => {
  const changes: Change[] = [
    [],
    [{ op: "set", path: ["state", "lock"], value: "me" }],
    [{ op: "append", path: ["state", "tag", "deeper"], items: [] }],
    [{ op: "set", path: ["constructor"], value: 1 }],
  ];
  for (const change of changes) checkAbsent(DOCUMENT, change);
});

Deno.test("checkAbsent() names the first path that has a value", () => {
  const cases: [Change, string][] = [
    [[{ op: "set", path: ["state", "tag"], value: "v2" }], "state.tag"],
    [[{ op: "set", path: ["state", "nothing"], value: 1 }], "state.nothing"],
    [[
      { op: "set", path: ["new"], value: 1 },
      { op: "increment", path: ["state"], by: 1 },
      { op: "clear", path: ["state", "tag"] },
    ], "state"],
  ];
  for (const [change, path] of cases) {
    throws(() => checkAbsent(DOCUMENT, change), {
      code: "CONFLICT",
      message: `Cannot set "${path}": it already has a value`,
      hint: "Leave --if-absent out to replace it",
    });
  }
});

Deno.test("checkIdStays() refuses to remove or replace the id of a document", () => {
  const changes: Change[] = [
    [{ op: "set", path: ["state"], value: "x" }],
    [{ op: "set", path: ["state"], value: { tag: "v2" } }],
    [{ op: "delete", path: ["state"] }],
    [{ op: "delete", path: ["state", "cicdContextDataId"] }],
    [{ op: "set", path: ["state", "cicdContextDataId"], value: "b2" }],
    [{ op: "set", path: ["state", "cicdContextDataId"], value: null }],
  ];
  for (const change of changes) {
    throws(() => checkIdStays(DOCUMENT, change, "a1"), {
      code: "PATH",
      message: /"a1".*"state\.cicdContextDataId" must stay/,
    });
  }
});

Deno.test("checkIdStays() accepts other changes", () => {
  const id = { op: "set", path: ["state", "cicdContextDataId"] } as const;
  const changes: Change[] = [
    [{ op: "set", path: ["state", "tag"], value: "v2" }],
    [{ op: "set", path: ["state"], value: {} }, { ...id, value: "a1" }],
    [{ op: "set", path: ["other", "cicdContextDataId"], value: 1 }],
    [{ ...id, path: [...id.path, "deeper"], value: 1 }],
  ];
  for (const change of changes) checkIdStays(DOCUMENT, change, "a1");
});

Deno.test("checkIdStays() accepts any change of a document that has no id", () => {
  checkIdStays({ state: 1 }, [{ op: "delete", path: ["state"] }], "a1");
  checkIdStays(DOCUMENT, [{ op: "delete", path: ["state"] }], "other");
});
