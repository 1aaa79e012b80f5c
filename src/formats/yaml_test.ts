import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { CicdStateError } from "../errors.ts";
import {
  Float,
  getKey,
  type Mapping,
  Timestamp,
  type Value,
} from "../values.ts";
import { parseYaml, type ParseYamlOptions } from "./yaml.ts";

/** Returns the error that YAML is refused with. */
function failureOf(yaml: string, options?: ParseYamlOptions): CicdStateError {
  try {
    parseYaml(yaml, options);
  } catch (error) {
    ok(error instanceof CicdStateError);
    return error;
  }
  throw new Error(`was read: ${yaml}`);
}

Deno.test("parseYaml() reads the types of plain scalars as PyYAML does", () => {
  const cases: [string, Value][] = [
    ["yes", true],
    ["y", "y"],
    ["~", null],
    ["", null],
    ["010", 8],
    ["08", "08"],
    ["1_000", 1000],
    ["0x_ff", 255],
    ["-0b101", -5],
    ["12:30", 750],
    ["08:30", "08:30"],
    ["-1:30.5", -90.5],
    ["12345678901234567890", 12345678901234567890n],
    ["1.0", new Float(1)],
    ["1e3", "1e3"],
    ["1.5e+3", new Float(1500)],
    ["-.5", "-.5"],
    ["-.inf", -Infinity],
    [".NaN", NaN],
    ["2001-12-14", new Timestamp("2001-12-14", "date")],
    ["!!float 3", new Float(3)],
    ["!!str 010", "010"],
    ["! yes", true],
  ];
  for (const [yaml, value] of cases) {
    deepStrictEqual(parseYaml(`v: ${yaml}\n`), { v: value }, yaml);
    deepStrictEqual(parseYaml(`v: ${yaml}`, { strict: true }), { v: value });
  }
});

Deno.test("parseYaml() formats keys as json.dumps does", () => {
  const yaml = "yes: 1\n~: 2\n0x10: 3\n1.0: 4\n1.0e-7: 5\n2001-01-01: 6\n";
  deepStrictEqual(parseYaml(yaml), {
    "16": 3,
    true: 1,
    null: 2,
    "1.0": 4,
    "1e-07": 5,
    "2001-01-01": 6,
  });
});

Deno.test("parseYaml() makes __proto__ a key like any other", () => {
  const value = parseYaml("__proto__: {a: 1}\n<<: {constructor: 2}\n");
  deepStrictEqual(Object.keys(value as Mapping), ["constructor", "__proto__"]);
  deepStrictEqual(getKey(value as Mapping, "__proto__"), { a: 1 });
  strictEqual(Object.getPrototypeOf(value), Object.prototype);
});

Deno.test("parseYaml() shares what aliases name", () => {
  const value = parseYaml("a: &x [1]\nb: *x\n") as Mapping;
  strictEqual(value["a"], value["b"]);
});

// What PyYAML refuses.
const LENIENT: readonly [yaml: string, value: Value][] = [
  ["a:\t1\t# tab\n", { a: 1 }],
  ["a: b\tc\t\n", { a: "b\tc" }],
  ["- \ta\n", ["a"]],
  ["\ta\n", "a"],
  ["a: b\n\t\n  c\n", { a: "b\nc" }],
  ['{\n\t"a": [1,\n\t\t2]\n}\n', { a: [1, 2] }],
  [`${"k".repeat(2000)}: 1\n`, { ["k".repeat(2000)]: 1 }],
  ["[&é a, *é]", ["a", "a"]],
  ["[&x a, &x b, *x]", ["a", "b", "b"]],
  ["[a?b, :c, {d: e?f}]", ["a?b", ":c", { d: "e?f" }]],
  ["{a\n: b}", { a: "b" }],
  [": a", { null: "a" }],
  ["{: a}", { null: "a" }],
  ["a: =\nb: <<\n", { a: "=", b: "<<" }],
  ["d: 2021-13-45\nt: 2001-01-02 24:00:00\n", {
    d: "2021-13-45",
    t: "2001-01-02 24:00:00",
  }],
  ["v: 0b_", { v: "0b_" }],
  ["...\na: 1\n", { a: 1 }],
];

Deno.test("parseYaml() reads what PyYAML refuses, if it is not strict", () => {
  for (const [yaml, value] of LENIENT) {
    deepStrictEqual(parseYaml(yaml), value, JSON.stringify(yaml));
    failureOf(yaml, { strict: true });
  }
});

Deno.test("parseYaml() names file, line and column, and how to fix it", () => {
  const tab = failureOf("a:\n\tb: 1\n", { file: "app.yaml" });
  strictEqual(
    tab.message,
    "Cannot parse app.yaml at line 2, column 1: a tab cannot indent a list or mapping",
  );
  strictEqual(tab.hint, "Indent with spaces, not tabs");

  const template = failureOf("a: 1\nb: {{ state.x }}\n");
  strictEqual(
    template.message,
    "Cannot parse YAML at line 2, column 5: a list or mapping cannot be a key",
  );
  strictEqual(template.hint, "Put a value that starts with {{ in quotes");

  const unclosed = failureOf("a: [1\nb: 2\n");
  strictEqual(
    unclosed.message,
    'Cannot parse YAML at line 2, column 2: expected "," or "]"',
  );
  strictEqual(unclosed.hint, undefined);

  const colon = failureOf("key: value: x\n");
  strictEqual(
    colon.message,
    'Cannot parse YAML at line 1, column 11: ":" cannot stand here',
  );
  strictEqual(
    colon.hint,
    "Put a value that contains a colon and a space in quotes",
  );
});

Deno.test("parseYaml() fails with one kind of error, on one line", () => {
  const cases: [string, string][] = [
    ["[", "line 1, column 2: expected a value"],
    ["a: @x", 'line 1, column 4: "@" cannot start a value'],
    ["a: *x", "line 1, column 4: the alias has no anchor before it"],
    [
      "--- a\n--- b\n",
      "line 2, column 1: expected one document, but found several",
    ],
    [
      "a: &a [*a]",
      "line 1, column 8: the alias is inside the value that it stands for",
    ],
    [
      "!!python/object:os.system {}",
      "line 1, column 1: the tag is unknown or does not fit the value",
    ],
    ["!x!y z", "line 1, column 1: no %TAG directive declares the tag's handle"],
    ["a: \x07", "line 1, column 4: the character U+0007 is not allowed"],
    ["? [a]\n: b", "line 1, column 3: a list or mapping cannot be a key"],
    ["<<: 1", "line 1, column 1: << takes a mapping or a list of mappings"],
    ["a: 'b", "line 1, column 4: the closing ' is missing"],
    ['a: "\\z"', "line 1, column 6: unknown escape sequence"],
    ["a: 1\n b: 2", 'line 2, column 3: ":" cannot stand here'],
    [
      "a:\n  - b\n c: d",
      "line 3, column 2: expected a key of the mapping; check the indentation",
    ],
    [
      "- a\nb: c",
      "line 2, column 1: expected an item of the list; check the indentation",
    ],
    ["a: |x\n", "line 1, column 5: expected the end of the line after | or >"],
    ["a\nb: c", 'line 2, column 2: ":" cannot stand here'],
    ["a: b\nc\n", 'line 2, column 1: expected a key and ":" on one line'],
    ["- a: - b", "line 1, column 6: an item cannot start here"],
    ["]", 'line 1, column 1: "]" closes nothing'],
    ["%YAML 2.0\n---\n", "line 1, column 1: it is not YAML 1"],
  ];
  for (const [yaml, reason] of cases) {
    const { code, message, cause } = failureOf(yaml);
    strictEqual(code, "INPUT");
    strictEqual(message, `Cannot parse YAML at ${reason}`);
    strictEqual(cause, undefined);
  }
});

Deno.test("parseYaml() reads 1000 levels and refuses more", () => {
  const nests: ((levels: number) => string)[] = [
    (levels) => `${"[".repeat(levels)}${"]".repeat(levels)}`,
    (levels) => "{a: ".repeat(levels) + "}".repeat(levels),
    (levels) => "- ".repeat(levels),
    (levels) =>
      Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}a:\n`)
        .join(""),
  ];
  for (const nest of nests) {
    parseYaml(nest(999));
    throws(() => parseYaml(nest(1001)), {
      code: "INPUT",
      message: /: it is nested over 1000 levels deep$/,
    });
  }
  for (const bracket of ["[", "{a: ", "- ", "&a ["]) {
    throws(() => parseYaml(bracket.repeat(100_000)), { code: "INPUT" });
  }
});

/** YAML whose size doubles with each line. */
function bomb(levels: number): string {
  const lines = Array.from(
    { length: levels },
    (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}]\n`,
  );
  return `l0: &l0 [lol]\n${lines.join("")}`;
}

Deno.test("parseYaml() refuses aliases that make more than 10,000,000 values", () => {
  const value = parseYaml(bomb(20)) as Mapping;
  strictEqual(Object.keys(value).length, 21);
  const { message } = failureOf(bomb(30), { file: "app.yaml" });
  strictEqual(
    message,
    "Cannot parse app.yaml at line 22, column 18: its aliases make more than 10000000 values",
  );
});

Deno.test("parseYaml() refuses to merge more than 1,000,000 keys", () => {
  const keys = Array.from({ length: 2000 }, (_, n) => `k${n}: ${n}`).join(", ");
  const merges = (count: number) =>
    `- &a {${keys}}\n${"- {<<: *a}\n".repeat(count)}`;
  strictEqual((parseYaml(merges(100)) as Value[]).length, 101);
  throws(() => parseYaml(merges(1000)), {
    message: /: << merges more than 1000000 keys$/,
  });
});
