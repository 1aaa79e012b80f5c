import { deepStrictEqual, throws } from "node:assert/strict";
import type { Value } from "../values.ts";
import { assign, parseAssignments } from "./assignment.ts";
import type { Operation } from "./change.ts";

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

const PAIRS: readonly [
  text: string,
  assignments: Record<string, string>,
  skipped: string[],
][] = [
  ["a=1", { a: "1" }, []],
  ["a=1|b=2|c=3", { a: "1", b: "2", c: "3" }, []],
  ["  a.b  =  two words  ", { "a.b": "two words" }, []],
  ["url=https://host/?a=1&b=2", { url: "https://host/?a=1&b=2" }, []],
  ["a==", { a: "=" }, []],
  ["a= = ", { a: "=" }, []],
  ["l[]=[]", { "l[]": "[]" }, []],
  ["s{} = x,y", { "s{}": "x,y" }, []],
  ["a=[1|2]", { a: "[1" }, ["2]"]],
  ["a={{ x | upper }}", { a: "{{ x" }, ["upper }}"]],
  ["a={{ x | default(y='1') }}", { a: "{{ x", "default(y": "'1') }}" }, []],
  ["a=1\n|b=2\n", { a: "1", b: "2" }, []],
  ["a=line 1\nline 2", { a: "line 1\nline 2" }, []],
  ["a=1||b=2", { a: "1", b: "2" }, [""]],
  ["|a=1", { a: "1" }, [""]],
  ["=", {}, ["="]],
  ["a", {}, ["a"]],
  ["a = ", {}, ["a ="]],
  ["", {}, [""]],
  [" | ", {}, ["", ""]],
];

Deno.test("parseAssignments() neither quotes nor escapes", () => {
  for (const [text, assignments, skipped] of PAIRS) {
    deepStrictEqual(parseAssignments(text), {
      assignments: Object.entries(assignments).map(([target, value]) => ({
        target,
        value,
      })),
      skipped,
    }, text);
  }
});

Deno.test("parseAssignments() keeps assignments to the same path in order", () => {
  deepStrictEqual(parseAssignments("l[]=a|l[]=[]|l[]=b").assignments, [
    { target: "l[]", value: "a" },
    { target: "l[]", value: "[]" },
    { target: "l[]", value: "b" },
  ]);
});

const TARGETS: readonly [target: string, value: Value, Operation][] = [
  ["l[]", "", { op: "append", path: ["l"], items: [""] }],
  ["l[]", ",", { op: "append", path: ["l"], items: ["", ""] }],
  ["l[]", "{}", { op: "append", path: ["l"], items: ["{}"] }],
  ["l[]", "[ ]", { op: "append", path: ["l"], items: ["[ ]"] }],
  ["l[]", "[a,b]", { op: "append", path: ["l"], items: ["[a", "b]"] }],
  ["l[]", [], { op: "append", path: ["l"], items: [] }],
  ["l[]", ["a,b", ["c"]], { op: "append", path: ["l"], items: ["a,b", ["c"]] }],
  ["l[]", null, { op: "append", path: ["l"], items: [null] }],
  ["l{}", 1.5, { op: "addUnique", path: ["l"], items: [1.5] }],
  ["l{}", {}, { op: "addUnique", path: ["l"], items: [{}] }],
  [" a.l[] ", "x", { op: "append", path: ["a", "l"], items: ["x"] }],
  ["a.l []", "x", { op: "append", path: ["a", "l"], items: ["x"] }],
  ["v", [], { op: "set", path: ["v"], value: [] }],
  ["v", "{}", { op: "set", path: ["v"], value: "{}" }],
  ["v", null, { op: "set", path: ["v"], value: null }],
  ["v[0]", "x", { op: "set", path: ["v[0]"], value: "x" }],
  ["v[", "x", { op: "set", path: ["v["], value: "x" }],
  ["a. b .c", "x", { op: "set", path: ["a", " b ", "c"], value: "x" }],
  ["__proto__.x", "x", { op: "set", path: ["__proto__", "x"], value: "x" }],
];

Deno.test("assign() splits only strings, and clears only for the string []", () => {
  for (const [target, value, operation] of TARGETS) {
    deepStrictEqual(assign(target, value), operation, target);
  }
});
