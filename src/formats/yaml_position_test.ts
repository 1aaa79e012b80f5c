import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { locateYaml } from "./yaml_position.ts";

const TEXT = `# a comment
cicdstatemgr:
  slack: &slack
    url: "https://x"
    'odd key': [1, two, {deep: end}]
  empty:
  list:
    - name: one
      note: |
        lines
    - *slack
  other:
    <<: *slack
    name: two
  both:
    <<: [{a: 1}, *slack]
  twice: 1
  twice: 2
`;

for (
  const [path, isKey, line, column, depth] of [
    [["cicdstatemgr"], true, 2, 1, 1],
    [["cicdstatemgr", "slack", "url"], true, 4, 5, 3],
    [["cicdstatemgr", "slack", "url"], false, 4, 10, 3],
    [["cicdstatemgr", "slack", "odd key"], true, 5, 5, 3],
    [["cicdstatemgr", "slack", "odd key", 1], false, 5, 20, 4],
    [["cicdstatemgr", "slack", "odd key", 2, "deep"], false, 5, 32, 5],
    // An empty value has no place: its key has.
    [["cicdstatemgr", "empty"], false, 6, 3, 2],
    // So has a list or mapping that is written below it.
    [["cicdstatemgr", "slack"], false, 3, 3, 2],
    [["cicdstatemgr", "list"], false, 7, 3, 2],
    [["cicdstatemgr", "slack", "odd key"], false, 5, 16, 3],
    [["cicdstatemgr", "list", 0], false, 8, 7, 3],
    // A block of text is found at its key too.
    [["cicdstatemgr", "list", 0, "note"], false, 9, 7, 4],
    // Aliases lead to what they stand for.
    [["cicdstatemgr", "list", 1, "url"], false, 4, 10, 4],
    [["cicdstatemgr", "other", "url"], false, 4, 10, 3],
    [["cicdstatemgr", "other", "name"], false, 14, 11, 3],
    [["cicdstatemgr", "both", "a"], false, 16, 14, 3],
    [["cicdstatemgr", "both", "url"], true, 4, 5, 3],
    [["cicdstatemgr", "twice"], false, 18, 10, 2],
    // What is missing is found at the mapping that lacks it.
    [["cicdstatemgr", "slack", "token"], false, 3, 3, 2],
    [["cicdstatemgr", "other", "token", "x"], false, 12, 3, 2],
    [["cicdstatemgr", "list", 7], false, 7, 3, 2],
    [["cicdstatemgr", "slack", 0], false, 3, 3, 2],
    [["nothing"], false, 2, 1, 0],
    [[], false, 2, 1, 0],
  ] as const
) {
  const what = `${path.join(".")}${isKey ? " as a key" : ""}`;
  Deno.test(`locateYaml() finds ${what || "the top"}`, () => {
    deepStrictEqual(locateYaml(TEXT, path, isKey), { line, column, depth });
  });
}

Deno.test("locateYaml() counts lines that end as on Windows, and skips a BOM", () => {
  const text = "\ufeffa:\r\n  b: 1\r\n  c: 2\r\n";
  deepStrictEqual(locateYaml(text, ["a", "c"]), {
    line: 3,
    column: 6,
    depth: 2,
  });
});

Deno.test("locateYaml() finds nothing in what cannot be parsed", () => {
  strictEqual(locateYaml("a: [1\nb: 2", ["a"]), undefined);
  strictEqual(locateYaml("", ["a"]), undefined);
});
