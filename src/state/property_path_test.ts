import { deepStrictEqual, throws } from "node:assert/strict";
import { parseAssignments, parsePropertyPath } from "./property_path.ts";

Deno.test("parsePropertyPath() splits at dots and trims the whole", () => {
  deepStrictEqual(parsePropertyPath("state.a-b.with space"), [
    "state",
    "a-b",
    "with space",
  ]);
  deepStrictEqual(parsePropertyPath(" top\n"), ["top"]);
});

Deno.test("parsePropertyPath() refuses empty keys", () => {
  for (const text of ["", " ", ".", "a.", ".a", "a..b"]) {
    throws(() => parsePropertyPath(text), {
      code: "PATH",
      message: /empty key/,
    });
  }
});

Deno.test("parseAssignments() splits pairs at pipes and each at its first =", () => {
  deepStrictEqual(parseAssignments("a.b=1| c = x=y |d={{ e }}"), {
    assignments: [
      { path: ["a", "b"], mode: "set", value: "1" },
      { path: ["c"], mode: "set", value: "x=y" },
      { path: ["d"], mode: "set", value: "{{ e }}" },
    ],
    skipped: [],
  });
});

Deno.test("parseAssignments() tells lists and sets by their suffix", () => {
  deepStrictEqual(
    parseAssignments("l[]=a, b|s{}=x|l[]=[]|s{}=[]|v=[]|m={}").assignments,
    [
      { path: ["l"], mode: "append", value: "a, b" },
      { path: ["s"], mode: "addUnique", value: "x" },
      { path: ["l"], mode: "clear", value: "[]" },
      { path: ["s"], mode: "clear", value: "[]" },
      { path: ["v"], mode: "set", value: "[]" },
      { path: ["m"], mode: "set", value: "{}" },
    ],
  );
});

Deno.test("parseAssignments() reports pairs that it skips", () => {
  deepStrictEqual(parseAssignments("a=1|word| =x|b= |"), {
    assignments: [{ path: ["a"], mode: "set", value: "1" }],
    skipped: ["word", "=x", "b=", ""],
  });
});

Deno.test("parseAssignments() refuses a path with an empty key", () => {
  throws(() => parseAssignments("a..b=1"), { code: "PATH" });
  throws(() => parseAssignments("[]=1"), { code: "PATH" });
});
