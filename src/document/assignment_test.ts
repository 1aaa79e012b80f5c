import { deepStrictEqual, throws } from "node:assert/strict";
import { assign, parseAssignments } from "./assignment.ts";

Deno.test("parseAssignments() splits pairs at pipes and each at its first =", () => {
  deepStrictEqual(parseAssignments("a.b=1| c[] = x=y |d={{ e }}"), {
    assignments: [
      { target: "a.b", value: "1" },
      { target: "c[]", value: "x=y" },
      { target: "d", value: "{{ e }}" },
    ],
    skipped: [],
  });
});

Deno.test("parseAssignments() reports pairs that it skips", () => {
  deepStrictEqual(parseAssignments("a=1|word| =x|b= |"), {
    assignments: [{ target: "a", value: "1" }],
    skipped: ["word", "=x", "b=", ""],
  });
});

Deno.test("assign() writes a value at a path", () => {
  deepStrictEqual(assign(" a.b ", "x,y"), {
    op: "set",
    path: ["a", "b"],
    value: "x,y",
  });
  deepStrictEqual(assign("v", "[]"), { op: "set", path: ["v"], value: "[]" });
});

Deno.test("assign() tells lists and sets by their mark", () => {
  const path = ["l"];
  deepStrictEqual(assign("l[]", "a, b,"), {
    op: "append",
    path,
    items: ["a", " b", ""],
  });
  deepStrictEqual(assign("l{}", "x"), { op: "addUnique", path, items: ["x"] });
  deepStrictEqual(assign("l[]", "[]"), { op: "clear", path });
  deepStrictEqual(assign("l{}", "[]"), { op: "clear", path });
});

Deno.test("assign() takes a list's items, and other values as one", () => {
  const path = ["l"];
  deepStrictEqual(assign("l[]", [1, 2]), { op: "append", path, items: [1, 2] });
  deepStrictEqual(assign("l[]", { k: 1 }), {
    op: "append",
    path,
    items: [{ k: 1 }],
  });
});

Deno.test("assign() refuses a wrong path", () => {
  for (const target of ["a..b", "[]", "l[].x", "l[]{}"]) {
    throws(() => assign(target, "1"), { code: "PATH" });
  }
});
