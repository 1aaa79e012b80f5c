import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import {
  joinPath,
  parseItemPath,
  parsePropertyPath,
  type PropertyPath,
  showPath,
  valueAt,
} from "./path.ts";

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

Deno.test("parsePropertyPath() refuses the mark of a list", () => {
  for (const text of ["l[]", "l[].x", "s{}", "a.[]b"]) {
    throws(() => parsePropertyPath(text), { code: "PATH", message: /\[\]/ });
  }
});

Deno.test("parsePropertyPath() refuses more than 1000 keys", () => {
  strictEqual(parsePropertyPath(Array(1000).fill("a").join(".")).length, 1000);
  throws(() => parsePropertyPath(Array(100_000).fill("a").join(".")), {
    code: "PATH",
    message: /it has more than 1000 keys$/,
  });
});

const ITEM_PATHS: readonly [string, PropertyPath][] = [
  ["state.a", ["state", "a"]],
  ["state.list[0]", ["state", "list", 0]],
  ["m[1][20].name", ["m", 1, 20, "name"]],
  ["a-b.with space[3]", ["a-b", "with space", 3]],
];

Deno.test("parseItemPath() reads indexes behind keys, and joinPath() writes them", () => {
  for (const [text, path] of ITEM_PATHS) {
    deepStrictEqual(parseItemPath(text), path);
    strictEqual(joinPath(path), text);
  }
});

Deno.test("parseItemPath() refuses brackets without an index or a key", () => {
  for (
    const text of ["[0]", "a.[0]", "a[]", "a[-1]", "a[x]", "a[0]b", "a{}", "a]"]
  ) {
    throws(() => parseItemPath(text), { code: "PATH", message: /brackets/ });
  }
  throws(() => parseItemPath("a..b"), { code: "PATH", message: /empty key/ });
  throws(() => parseItemPath("a" + "[0]".repeat(1000)), {
    code: "PATH",
    message: /more than 1000/,
  });
});

Deno.test("showPath() shortens long paths", () => {
  strictEqual(showPath(["state", "a b"]), "state.a b");
  strictEqual(showPath(["x".repeat(500)]), `${"x".repeat(200)}…`);
});

Deno.test("valueAt() finds own values only", () => {
  const mapping = { a: { b: null, list: [1] } };
  const cases: [PropertyPath, unknown][] = [
    [["a", "b"], null],
    [["a"], mapping.a],
    [["a", "c"], undefined],
    [["a", "b", "c"], undefined],
    [["a", "list", "0"], undefined],
    [["a", "list", 0], 1],
    [["a", "list", 1], undefined],
    [["a", 0], undefined],
    [["constructor"], undefined],
    [["a", "__proto__"], undefined],
  ];
  for (const [path, value] of cases) {
    deepStrictEqual(valueAt(mapping, path), value);
  }
});
