import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { Float, type Mapping, Timestamp, type Value } from "../values.ts";
import { parseYaml } from "./yaml.ts";
import { stringifyYaml } from "./yaml_writer.ts";

Deno.test("stringifyYaml() writes blocks with keys in their order", () => {
  strictEqual(
    stringifyYaml({
      z: { size: 1, list: ["a", { b: new Float(1), c: 2 }] },
      text: "two\nlines\n",
      big: 2n ** 64n,
      tiny: 1e-7,
      at: new Timestamp("2001-12-14 21:59:43+00:00", "aware"),
      none: null,
      empty: [[], {}],
      nested: [["a", ["b"]], [{ c: ["d"] }]],
    }),
    `z:
  size: 1
  list:
  - a
  - b: 1.0
    c: 2
text: |
  two
  lines
big: 18446744073709551616
tiny: 1.0e-07
at: 2001-12-14 21:59:43+00:00
none: null
empty:
- []
- {}
nested:
- - a
  - - b
- - c:
    - d
`,
  );
});

Deno.test("stringifyYaml() writes whole documents of any kind", () => {
  const cases: [Value, string][] = [
    [null, "null\n"],
    [true, "true\n"],
    [-0.5, "-0.5\n"],
    [NaN, ".nan\n"],
    [-Infinity, "-.inf\n"],
    ["", "''\n"],
    ["text", "text\n"],
    ["---", "'---'\n"],
    ["a\nb", "|-\n  a\n  b\n"],
    ["a\n", "|\n  a\n"],
    ["a\n\n", "|+\n  a\n\n...\n"],
    ["  a\nb", '"  a\\nb"\n'],
    [[], "[]\n"],
    [{}, "{}\n"],
    [["a"], "- a\n"],
    [{ a: "x\n\n", b: 1 }, "a: |+\n  x\n\nb: 1\n"],
    [{ a: "x\n\n" }, "a: |+\n  x\n\n...\n"],
    [["x\n\n", []], "- |+\n  x\n\n- []\n"],
  ];
  for (const [value, text] of cases) {
    strictEqual(stringifyYaml(value), text);
    deepStrictEqual(parseYaml(text, { strict: true }), value);
  }
});

Deno.test("stringifyYaml() writes long keys and keys of several lines with a ?", () => {
  const long = "k".repeat(1025);
  const value = { [long]: { a: 1 }, "two\nlines": ["x", "z"], "a\nb": 1 };
  strictEqual(
    stringifyYaml(value),
    `? ${long}\n: a: 1\n? "two\\nlines"\n: - x\n  - z\n? "a\\nb"\n: 1\n`,
  );
  deepStrictEqual(parseYaml(stringifyYaml(value), { strict: true }), value);
  strictEqual(stringifyYaml({ ["k".repeat(1024)]: 1 }).startsWith("k"), true);
});

Deno.test("stringifyYaml() names what occurs several times, in the order in which it recurs", () => {
  const [list, mapping, empty]: [Value[], Mapping, Value[]] = [["x"], {}, []];
  mapping["inner"] = list;
  const text = stringifyYaml({
    a: mapping,
    b: [mapping, list, empty],
    c: { list, empty },
  });
  strictEqual(
    text,
    `a: &ref_0
  inner: &ref_1
  - x
b:
- *ref_0
- *ref_1
- &ref_2 []
c:
  list: *ref_1
  empty: *ref_2
`,
  );
  const read = parseYaml(text) as { a: Mapping; b: Value[] };
  strictEqual(read.a, read.b[0]);
});

Deno.test("stringifyYaml() starts shared items of lists on a line of their own", () => {
  const [shared, items] = [{ a: 1, b: 2 }, ["x", "z"]];
  strictEqual(
    stringifyYaml([shared, items, shared, items]),
    "- &ref_0\n  a: 1\n  b: 2\n- &ref_1\n  - x\n  - z\n- *ref_0\n- *ref_1\n",
  );
});

Deno.test("stringifyYaml() writes what aliases would expand to gigabytes", () => {
  let value: Value = ["lol"];
  for (let level = 0; level < 100; level++) value = [value, value];
  ok(stringifyYaml(value).length < 100_000);
});

Deno.test("stringifyYaml() refuses a value that nests too deep", () => {
  let value: Value = 1;
  for (let level = 0; level < 1000; level++) value = { a: [value] };
  throws(() => stringifyYaml(value), {
    code: "INPUT",
    message: /nested over 1000 levels deep/,
  });
});
