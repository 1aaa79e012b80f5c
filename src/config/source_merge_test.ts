import {
  deepStrictEqual,
  fail,
  notStrictEqual,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { Float, isMapping, type Mapping } from "../values.ts";
import {
  type MergeConflict,
  mergeMappings,
  mergeSources,
  type Source,
} from "./source.ts";

function merge(base: Mapping, over: Mapping): Mapping {
  return mergeMappings(base, over, () => fail("no key has two types"));
}

Deno.test("mergeMappings() merges mappings key by key and replaces the rest", () => {
  deepStrictEqual(
    merge({ a: { x: 1, y: [1, 2] }, b: "1" }, { a: { y: [3], z: 2 }, c: true }),
    { a: { x: 1, y: [3], z: 2 }, b: "1", c: true },
  );
});

Deno.test("mergeMappings() replaces a falsy value whatever its type", () => {
  for (const falsy of [null, 0, "", false, [], {}, new Float(0)]) {
    deepStrictEqual(merge({ a: falsy }, { a: { x: 1 } }), { a: { x: 1 } });
  }
});

Deno.test("mergeMappings() reports each key that has two types", () => {
  const conflicts: MergeConflict[] = [];
  const base = { a: { b: { c: "text" } }, n: 1, t: true, same: [1] };
  const over = { a: { b: { c: [1] } }, n: null, t: 1.5, same: [2] };
  const merged = mergeMappings(base, over, (one) => conflicts.push(one));
  deepStrictEqual(conflicts, [
    { path: ["a", "b", "c"], above: "a list", below: "a string" },
    { path: ["n"], above: "null", below: "an integer" },
    { path: ["t"], above: "a float", below: "a boolean" },
  ]);
  deepStrictEqual(merged, over);
});

/** A mapping of one level more than the last, each of which occurs twice. */
function doubling(levels: number, leaf: string): Mapping {
  let mapping: Mapping = { [leaf]: 1 };
  for (let level = 0; level < levels; level++) {
    mapping = { left: mapping, right: mapping };
  }
  return mapping;
}

Deno.test("mergeMappings() merges what aliases share once, and keeps it shared", () => {
  const merged = merge(doubling(100, "base"), doubling(100, "over"));
  strictEqual(merged["left"], merged["right"]);
  let deepest = merged;
  while (isMapping(deepest["left"])) deepest = deepest["left"];
  deepStrictEqual(deepest, { base: 1, over: 1 });
});

Deno.test("mergeMappings() keeps what is shared between keys", () => {
  const shared = ["a"];
  const merged = merge({ x: 1, y: [] }, { y: shared, z: { shared } });
  strictEqual(merged["y"], (merged["z"] as Mapping)["shared"]);
  notStrictEqual(merged["y"], shared);
});

Deno.test("mergeMappings() leaves its arguments and prototypes alone", () => {
  const base = { a: { x: 1 } };
  const over = JSON.parse('{"a": {"y": 2}, "__proto__": {"polluted": 1}}');
  const merged = merge(base, over);
  deepStrictEqual(base, { a: { x: 1 } });
  strictEqual(Object.hasOwn(merged, "__proto__"), true);
  strictEqual(({} as Record<string, unknown>)["polluted"], undefined);
  strictEqual(Object.getPrototypeOf(merged), Object.prototype);
});

function source(
  name: string,
  text: string,
  content: Source["content"],
): Source {
  return { name, label: `base file "${name}"`, content, text, isSecret: false };
}

Deno.test("mergeSources() merges each over those before it", async () => {
  const merged = await mergeSources([
    source("one.yaml", "", { a: 1, b: { c: 1 } }),
    source("two.yaml", "", { b: { c: 2, d: 3 } }),
    source("three.yaml", "", { a: 4 }),
  ]);
  deepStrictEqual(merged, { a: 4, b: { c: 2, d: 3 } });
});

Deno.test("mergeSources() names the file whose type differs", async () => {
  await rejects(
    mergeSources([
      source("one.yaml", "a: {b: 1}\n", { a: { b: 1 } }),
      source("two.yaml", "a:\n  b: [1]\n", { a: { b: [1] } }),
    ]),
    {
      code: "CONFIG",
      message:
        'Cannot use base file "two.yaml" at line 2, column 6: "a.b" is a list here, but an integer in what it builds on',
    },
  );
});
