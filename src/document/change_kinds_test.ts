import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { Float, Timestamp, type Value } from "../values.ts";
import { applyChange, type Document, type Operation } from "./change.ts";
import type { PropertyPath } from "./path.ts";

const DATE = new Timestamp("2026-01-31", "date");

/** A value of each kind, and what messages call it. */
const KINDS: readonly [value: Value, name: string][] = [
  [null, "null"],
  [false, "a boolean"],
  [true, "a boolean"],
  [0, "an integer"],
  [7, "an integer"],
  [2n ** 60n, "an integer"],
  [new Float(0), "a float"],
  [1.5, "a float"],
  ["", "a string"],
  ["7", "a string"],
  [DATE, "a date"],
  [[], "a list"],
  [["a"], "a list"],
  [{}, "a mapping"],
  [{ k: 1 }, "a mapping"],
];

/** What an operation makes of each of {@linkcode KINDS}; `undefined` if it fails. */
interface KindCase {
  readonly operation: Operation;
  readonly wanted: string;
  readonly results: readonly (Value | undefined)[];
}

const ADDED: Value = ["x"];

const CASES: Readonly<Record<string, KindCase>> = {
  "set": {
    operation: { op: "set", path: ["v"], value: "x" },
    wanted: "",
    results: KINDS.map(() => "x"),
  },
  "append": {
    operation: { op: "append", path: ["v"], items: ["x"] },
    wanted: "a list",
    results: [
      ...[ADDED, ADDED, undefined, ADDED, undefined, undefined, ADDED],
      ...[undefined, ADDED, undefined, undefined, ADDED, ["a", "x"], ADDED],
      undefined,
    ],
  },
  "addUnique": {
    operation: { op: "addUnique", path: ["v"], items: ["x", "a", "x"] },
    wanted: "a list",
    results: [
      ...[["x", "a"], ["x", "a"], undefined, ["x", "a"], undefined, undefined],
      ...[["x", "a"], undefined, ["x", "a"], undefined, undefined, ["x", "a"]],
      ...[["a", "x"], ["x", "a"], undefined],
    ],
  },
  "clear": {
    operation: { op: "clear", path: ["v"] },
    wanted: "a list",
    results: [
      ...[[], [], undefined, [], undefined, undefined, [], undefined, []],
      ...[undefined, undefined, [], [], [], undefined],
    ],
  },
  "increment": {
    operation: { op: "increment", path: ["v"], by: 2 },
    wanted: "a number",
    results: [
      ...[2, undefined, undefined, 2, 9, 2n ** 60n + 2n, new Float(2), 3.5],
      ...[undefined, undefined, undefined, undefined, undefined, undefined],
      undefined,
    ],
  },
  "set below": {
    operation: { op: "set", path: ["v", "k"], value: "x" },
    wanted: "a mapping",
    results: KINDS.map(([value, name]) =>
      value === null || name === "a mapping" ? { k: "x" } : undefined
    ),
  },
  "set an item of": {
    operation: { op: "set", path: ["v", 0], value: "x" },
    wanted: "a list",
    results: KINDS.map(([value]) =>
      Array.isArray(value) && value.length > 0 ? ["x"] : undefined
    ),
  },
};

for (const [name, { operation, wanted, results }] of Object.entries(CASES)) {
  Deno.test(`applyChange() can ${name} each kind of value, or says what is there`, () => {
    for (const [index, [value, kind]] of KINDS.entries()) {
      const result = results[index];
      const document: Document = { v: value };
      if (result !== undefined) {
        deepStrictEqual(applyChange(document, [operation]), { v: result });
      } else if (operation.path[1] === 0 && Array.isArray(value)) {
        throws(() => applyChange(document, [operation]), {
          message: 'Cannot change "v[0]": "v" has 0 items',
        });
      } else {
        throws(() => applyChange(document, [operation]), {
          code: "PATH",
          message: new RegExp(`"v" holds ${kind}, not ${wanted}$`),
        });
      }
      strictEqual(document.v, value);
    }
  });
}

Deno.test("applyChange() deletes any kind of value, and nothing else", () => {
  for (const [value] of KINDS) {
    const document: Document = { a: 1, v: value, z: 2 };
    const next = applyChange(document, [{ op: "delete", path: ["v"] }]);
    deepStrictEqual(next, { a: 1, z: 2 });
    deepStrictEqual(Object.keys(document), ["a", "v", "z"]);
  }
});

Deno.test("applyChange() keeps a document as it is if it deletes what is not there", () => {
  const document: Document = { l: ["a"], m: { k: null }, s: "text" };
  const paths: PropertyPath[] = [
    ["x"],
    ["x", "y"],
    ["l", 1],
    ["l", "0"],
    ["l", 0, "k"],
    ["m", 0],
    ["m", "k", "deeper"],
    ["s", "length"],
    ["s", 0],
    ["constructor"],
    ["m", "toString"],
  ];
  for (const path of paths) {
    strictEqual(applyChange(document, [{ op: "delete", path }]), document);
  }
});

Deno.test("applyChange() keeps the order of keys", () => {
  const document: Document = { c: 1, a: 2, b: { z: 1, y: 2 } };
  const cases: [Operation[], string[], string[]][] = [
    [[{ op: "set", path: ["a"], value: 9 }], ["c", "a", "b"], ["z", "y"]],
    [[{ op: "set", path: ["d"], value: 9 }], ["c", "a", "b", "d"], ["z", "y"]],
    [
      [{ op: "increment", path: ["b", "z"], by: 1 }],
      ["c", "a", "b"],
      ["z", "y"],
    ],
    [
      [
        { op: "delete", path: ["c"] },
        { op: "set", path: ["c"], value: 1 },
        { op: "append", path: ["b", "a"], items: [] },
      ],
      ["a", "b", "c"],
      ["z", "y", "a"],
    ],
  ];
  for (const [change, keys, innerKeys] of cases) {
    const next = applyChange(document, change);
    deepStrictEqual(Object.keys(next), keys);
    deepStrictEqual(Object.keys(Object(next.b)), innerKeys);
    deepStrictEqual(Object.keys(document), ["c", "a", "b"]);
  }
});

Deno.test("applyChange() counts in floats once a number is not exact", () => {
  const cases: [Value, number, Value][] = [
    [1e300, 1, 1e300],
    [new Float(3), -3, new Float(0)],
    [new Float(3), 0.25, 3.25],
    [2n ** 64n, -0.5, 2 ** 64],
    [-9007199254740991, -1, -9007199254740992n],
    [9007199254740992n, -1, 9007199254740991],
    [0, 0, 0],
    [Infinity, 1, Infinity],
  ];
  for (const [n, by, sum] of cases) {
    const next = applyChange({ n }, [{ op: "increment", path: ["n"], by }]);
    deepStrictEqual(next, { n: sum }, `${n} + ${by}`);
  }
});

Deno.test("applyChange() tells list items apart by kind, not by how they print", () => {
  const items: Value[] = [
    ...[1, "1", new Float(1), true, "true", null, "null", [], {}, [[]], ""],
    ...[{ a: 1 }, { a: "1" }, { a: [1] }, [1, 2], [2, 1], 2n ** 60n],
  ];
  const next = applyChange({}, [
    { op: "addUnique", path: ["l"], items },
    { op: "addUnique", path: ["l"], items: structuredClone(items.slice(3)) },
  ]);
  deepStrictEqual(next, { l: items });
});

Deno.test("applyChange() never changes a frozen document", () => {
  const item = Object.freeze({ n: 1 });
  const list = Object.freeze([item, "b"]) as Value[];
  const inner = Object.freeze({ list, n: 1 });
  const document: Document = Object.freeze({ inner, other: inner });
  const changes: Operation[][] = [
    [{ op: "set", path: ["inner", "list", 0, "n"], value: 2 }],
    [{ op: "append", path: ["inner", "list"], items: ["c"] }],
    [{ op: "addUnique", path: ["inner", "list"], items: ["b", "c"] }],
    [{ op: "clear", path: ["inner", "list"] }],
    [{ op: "delete", path: ["inner", "list", 0] }],
    [{ op: "delete", path: ["inner", "n"] }],
    [{ op: "increment", path: ["inner", "n"], by: 1 }],
  ];
  for (const change of changes) {
    const next = applyChange(document, change);
    strictEqual(next.other, inner);
    deepStrictEqual(inner, { list: [{ n: 1 }, "b"], n: 1 });
  }
  deepStrictEqual(applyChange(document, changes.flat()), {
    inner: { list: [], n: 1 },
    other: inner,
  });
});
