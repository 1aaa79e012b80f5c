import { throws } from "node:assert/strict";
import type { Change, Operation } from "./change.ts";
import { checkAbsent, checkIdStays } from "./condition.ts";
import { type PropertyPath, showPath } from "./path.ts";

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

/** An operation of each kind at a path. */
function operationsAt(path: PropertyPath): Operation[] {
  return [
    { op: "set", path, value: null },
    { op: "append", path, items: [] },
    { op: "addUnique", path, items: ["x"] },
    { op: "clear", path },
    { op: "delete", path },
    { op: "increment", path, by: 0 },
  ];
}

for (const { op } of operationsAt(["x"])) {
  Deno.test(`checkAbsent() concerns ${op} as any operation`, () => {
    const document = {
      ...{ zero: 0, empty: "", off: false, none: null, list: [{ k: 1 }] },
      map: { inner: {} },
    };
    const at = (path: PropertyPath) =>
      operationsAt(path).filter((operation) => operation.op === op);
    const taken: PropertyPath[] = [
      ...[["zero"], ["empty"], ["off"], ["none"], ["list"], ["map", "inner"]],
      ["list", 0],
      ["list", 0, "k"],
    ];
    for (const path of taken) {
      throws(() => checkAbsent(document, at(path)), {
        code: "CONFLICT",
        message: `Cannot set "${showPath(path)}": it already has a value`,
      });
    }
    const free: PropertyPath[] = [
      ...[["new"], ["map", "new"], ["map", "inner", "x"], ["toString"]],
      ...[["list", 1], ["list", "0"], ["none", "x"], ["map", "__proto__"]],
    ];
    for (const path of free) checkAbsent(document, at(path));
  });
}

Deno.test("checkAbsent() looks at the document as it was before the change", () => {
  checkAbsent({}, [
    { op: "set", path: ["lock"], value: "me" },
    { op: "set", path: ["lock"], value: "still me" },
  ]);
  throws(() =>
    checkAbsent({ lock: "other" }, [
      { op: "delete", path: ["lock"] },
      { op: "set", path: ["lock"], value: "me" },
    ]), { code: "CONFLICT" });
});

Deno.test("checkIdStays() reports an operation that does not fit first", () => {
  for (const op of ["append", "addUnique"] as const) {
    for (const path of [["state"], ["state", "cicdContextDataId"]]) {
      throws(() => checkIdStays(DOCUMENT, [{ op, path, items: [] }], "a1"), {
        code: "PATH",
        message: /^Cannot change "state.*, not a list$/,
      });
    }
  }
});
