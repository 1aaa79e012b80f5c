import {
  deepStrictEqual,
  notStrictEqual,
  strictEqual,
  throws,
} from "node:assert/strict";
import { Float, getKey, type Mapping, type Value } from "../values.ts";
import { applyChange, type Change, type Document } from "./change.ts";
import type { PropertyPath } from "./path.ts";

Deno.test("applyChange() sets values and creates mappings on the way", () => {
  const change: Change = [
    { op: "set", path: ["state", "a", "b"], value: 1 },
    { op: "set", path: ["top"], value: ["x"] },
    { op: "set", path: ["none", "c"], value: 2 },
  ];
  deepStrictEqual(
    applyChange({ state: { z: 0 }, none: null }, change),
    { state: { z: 0, a: { b: 1 } }, none: { c: 2 }, top: ["x"] },
  );
});

Deno.test("applyChange() leaves the document given as it was, and shares the rest", () => {
  const document: Document = { a: { b: 1 }, c: { d: [1] } };
  const next = applyChange(document, [
    { op: "set", path: ["a", "b"], value: 2 },
    { op: "append", path: ["l"], items: ["x"] },
  ]);
  deepStrictEqual(document, { a: { b: 1 }, c: { d: [1] } });
  strictEqual(next["c"], document["c"]);
});

Deno.test("applyChange() names the path and what is in the way", () => {
  const cases: [Document, Value][] = [
    [{ a: "x" }, "a string"],
    [{ a: [] }, "a list"],
    [{ a: 5 }, "an integer"],
    [{ a: new Float(5) }, "a float"],
    [{ a: false }, "a boolean"],
  ];
  for (const [document, kind] of cases) {
    throws(
      () => applyChange(document, [{ op: "set", path: ["a", "b"], value: 1 }]),
      {
        code: "PATH",
        message: `Cannot change "a.b": "a" holds ${kind}, not a mapping`,
      },
    );
  }
});

Deno.test("applyChange() applies all operations or none", () => {
  const document: Document = { a: "x" };
  throws(() =>
    applyChange(document, [
      { op: "set", path: ["b"], value: 1 },
      { op: "set", path: ["a", "c"], value: 1 },
    ])
  );
  deepStrictEqual(document, { a: "x" });
});

Deno.test("applyChange() appends, and adds what is missing", () => {
  const document: Document = { l: ["a"] };
  deepStrictEqual(
    applyChange(document, [
      { op: "append", path: ["l"], items: ["a", ""] },
      { op: "addUnique", path: ["l"], items: ["b", "a", "b"] },
      { op: "addUnique", path: ["m"], items: [{ x: 1, y: 2 }, { y: 2, x: 1 }] },
    ]),
    { l: ["a", "", "b"], m: [{ x: 1, y: 2 }] },
  );
});

Deno.test("applyChange() makes lists of falsy values, and of no others", () => {
  for (const value of ["", 0, {}, null, false]) {
    deepStrictEqual(
      applyChange({ l: value }, [{ op: "append", path: ["l"], items: ["a"] }]),
      { l: ["a"] },
    );
  }
  for (const op of ["append", "addUnique"] as const) {
    throws(
      () =>
        applyChange({ s: { l: "x" } }, [{ op, path: ["s", "l"], items: [] }]),
      {
        code: "PATH",
        message: 'Cannot change "s.l": "s.l" holds a string, not a list',
      },
    );
  }
});

Deno.test("applyChange() clears lists only", () => {
  deepStrictEqual(
    applyChange({ l: ["a"] }, [
      { op: "clear", path: ["l"] },
      { op: "clear", path: ["new"] },
    ]),
    { l: [], new: [] },
  );
  throws(() => applyChange({ l: "x" }, [{ op: "clear", path: ["l"] }]), {
    code: "PATH",
  });
});

Deno.test("applyChange() makes a list unique that was not", () => {
  deepStrictEqual(
    applyChange({ l: ["a", 1, "a", new Float(1), 1] }, [
      { op: "addUnique", path: ["l"], items: ["b", "a"] },
    ]),
    { l: ["a", 1, new Float(1), "b"] },
  );
});

Deno.test("applyChange() deletes keys, and passes over missing ones", () => {
  const document: Document = { a: { b: 1, c: 2 }, d: "x" };
  deepStrictEqual(
    applyChange(document, [
      { op: "delete", path: ["a", "b"] },
      { op: "delete", path: ["a", "x", "y"] },
      { op: "delete", path: ["d", "e"] },
    ]),
    { a: { c: 2 }, d: "x" },
  );
});

Deno.test("applyChange() increments by the kind of the number", () => {
  const cases: [Mapping, number, Value][] = [
    [{}, 1, 1],
    [{ n: null }, 2, 2],
    [{ n: 5 }, -7, -2],
    [{ n: Number.MAX_SAFE_INTEGER }, 2, 9007199254740993n],
    [{ n: 9007199254740993n }, -1, 9007199254740992n],
    [{ n: new Float(1) }, 1, new Float(2)],
    [{ n: 0.5 }, 1, 1.5],
    [{ n: 1 }, 0.5, 1.5],
    [{ n: 1.5 }, 0.5, new Float(2)],
  ];
  for (const [document, by, n] of cases) {
    deepStrictEqual(
      applyChange(document, [{ op: "increment", path: ["n"], by }]),
      { n },
    );
  }
  throws(
    () => applyChange({ n: "5" }, [{ op: "increment", path: ["n"], by: 1 }]),
    {
      code: "PATH",
      message: 'Cannot change "n": "n" holds a string, not a number',
    },
  );
});

Deno.test("applyChange() makes __proto__ a key like any other", () => {
  const next = applyChange({}, [
    { op: "set", path: ["__proto__", "polluted"], value: true },
    { op: "set", path: ["constructor", "prototype", "bad"], value: true },
    { op: "append", path: ["__proto__", "list"], items: ["a"] },
  ]);
  deepStrictEqual(Object.keys(next), ["__proto__", "constructor"]);
  deepStrictEqual(getKey(next, "__proto__"), { polluted: true, list: ["a"] });
  strictEqual(Object.hasOwn(Object.prototype, "polluted"), false);
  strictEqual(Object.hasOwn(Object.prototype, "bad"), false);
  deepStrictEqual(
    Object.keys(applyChange(next, [{ op: "delete", path: ["__proto__"] }])),
    ["constructor"],
  );
});

Deno.test("applyChange() unshares what it changes, and only that", () => {
  const shared = { n: 1, list: ["a"] };
  const next = applyChange({ x: shared, y: shared }, [
    { op: "set", path: ["x", "n"], value: 2 },
    { op: "append", path: ["x", "list"], items: ["b"] },
    { op: "append", path: ["x", "list"], items: ["c"] },
  ]);
  deepStrictEqual(next, { x: { n: 2, list: ["a", "b", "c"] }, y: shared });
  deepStrictEqual(shared, { n: 1, list: ["a"] });
  strictEqual(next["y"], shared);
});

Deno.test("applyChange() never changes a value that it set", () => {
  const value = { list: ["a"] };
  const next = applyChange({}, [
    { op: "set", path: ["x"], value },
    { op: "append", path: ["x", "list"], items: ["b"] },
    { op: "set", path: ["x", "n"], value: 1 },
    { op: "set", path: ["y"], value },
    { op: "delete", path: ["y", "list"] },
  ]);
  deepStrictEqual(next, { x: { list: ["a", "b"], n: 1 }, y: {} });
  deepStrictEqual(value, { list: ["a"] });
});

Deno.test("applyChange() returns a new document for each change", () => {
  const first = applyChange({}, [{ op: "append", path: ["l"], items: ["a"] }]);
  const second = applyChange(first, [
    { op: "addUnique", path: ["l"], items: ["b"] },
  ]);
  notStrictEqual(first["l"], second["l"]);
  deepStrictEqual(first, { l: ["a"] });
});

Deno.test("applyChange() removes duplicates that were appended in between", () => {
  const next = applyChange({ l: ["a"] }, [
    { op: "addUnique", path: ["l"], items: ["b", "a"] },
    { op: "append", path: ["l"], items: ["b", "c", "c"] },
    { op: "addUnique", path: ["l"], items: ["d"] },
    { op: "clear", path: ["l"] },
    { op: "addUnique", path: ["l"], items: ["d", "d"] },
    { op: "append", path: ["l"], items: ["d"] },
  ]);
  deepStrictEqual(next, { l: ["d", "d"] });
});

Deno.test("applyChange() refuses paths of more than 1000 keys", () => {
  const path = (keys: number) => Array(keys).fill("a");
  applyChange({}, [{ op: "set", path: path(1000), value: 1 }]);
  for (const keys of [1001, 100_000]) {
    for (const op of ["clear", "delete"] as const) {
      throws(() => applyChange({}, [{ op, path: path(keys) }]), {
        code: "PATH",
        message:
          /^Cannot use "a\.a\..{196}…" as a path: it has more than 1000 keys$/,
      });
    }
  }
});

Deno.test("applyChange() changes list items, and leaves the list given as it was", () => {
  const document: Document = { l: [{ n: 1, m: [1] }, "b", "c"], x: { y: 1 } };
  const before = structuredClone(document);
  const next = applyChange(document, [
    { op: "increment", path: ["l", 0, "n"], by: 2 },
    { op: "append", path: ["l", 0, "m"], items: [2] },
    { op: "set", path: ["l", 0, "o", "p"], value: true },
    { op: "set", path: ["l", 1], value: "B" },
    { op: "delete", path: ["l", 2] },
    { op: "delete", path: ["l", 7] },
  ]);
  deepStrictEqual(next, {
    l: [{ n: 3, m: [1, 2], o: { p: true } }, "B"],
    x: { y: 1 },
  });
  deepStrictEqual(document, before);
  strictEqual(next["x"], document["x"]);
});

Deno.test("applyChange() looks for duplicates again after an item was changed", () => {
  const document = applyChange({ l: ["a"] }, [
    { op: "addUnique", path: ["l"], items: ["b"] },
    { op: "set", path: ["l", 0], value: "b" },
    { op: "addUnique", path: ["l"], items: ["a"] },
    { op: "delete", path: ["l", 0] },
    { op: "addUnique", path: ["l"], items: ["b", "a"] },
  ]);
  deepStrictEqual(document, { l: ["a", "b"] });
});

Deno.test("applyChange() says which list has no such item", () => {
  const cases: [Document, PropertyPath, string][] = [
    [{ l: ["a"] }, ["l", 1], 'Cannot change "l[1]": "l" has 1 item'],
    [{ l: [] }, ["l", 0, "x"], 'Cannot change "l[0].x": "l" has 0 items'],
    [{}, ["l", 0], 'There is no list at "l"'],
    [
      { l: "a" },
      ["l", 0],
      'Cannot change "l[0]": "l" holds a string, not a list',
    ],
    [
      { l: ["a"] },
      ["l", "x"],
      'Cannot change "l.x": "l" holds a list, not a mapping',
    ],
  ];
  for (const [document, path, message] of cases) {
    throws(() => applyChange(document, [{ op: "set", path, value: 1 }]), {
      code: "PATH",
      message,
    });
  }
});
