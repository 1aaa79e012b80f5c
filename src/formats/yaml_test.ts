import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { CicdStateError } from "../errors.ts";
import {
  Float,
  getKey,
  type Mapping,
  Timestamp,
  type Value,
} from "../values.ts";
import { stringifyJson } from "./json_writer.ts";
import { parseYaml } from "./yaml.ts";
import { stringifyYaml } from "./yaml_writer.ts";

/** The error that a text is refused with. */
function failureOf(text: string, file?: string): CicdStateError {
  try {
    parseYaml(text, file === undefined ? {} : { file });
  } catch (error) {
    ok(error instanceof CicdStateError);
    return error;
  }
  throw new Error(`was read: ${text}`);
}

Deno.test("parseYaml() resolves plain texts as PyYAML does", () => {
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
    ["0b_", "0b_"],
    ["!!float 3", new Float(3)],
    ["!!str 010", "010"],
    ["! yes", true],
  ];
  for (const [text, value] of cases) {
    deepStrictEqual(parseYaml(`v: ${text}\n`), { v: value }, text);
  }
});

Deno.test("parseYaml() prints dates and times as Python does", () => {
  const cases: [string, Timestamp | string][] = [
    ["2001-12-14", new Timestamp("2001-12-14", "date")],
    ["2000-02-29", new Timestamp("2000-02-29", "date")],
    ["2001-02-29", "2001-02-29"],
    ["2021-13-01", "2021-13-01"],
    ["2001-1-2 3:04:05", new Timestamp("2001-01-02 03:04:05", "naive")],
    ["2001-01-02 24:00:00", "2001-01-02 24:00:00"],
    [
      "2001-12-14t21:59:43.10-5",
      new Timestamp("2001-12-14 21:59:43.100000-05:00", "aware"),
    ],
    [
      "2001-12-14 21:59:43.000 Z",
      new Timestamp("2001-12-14 21:59:43+00:00", "aware"),
    ],
    ["2001-12-14 21:59:43 +24:00", "2001-12-14 21:59:43 +24:00"],
  ];
  for (const [text, value] of cases) {
    deepStrictEqual(parseYaml(`v: ${text}`), { v: value }, text);
  }
});

Deno.test("parseYaml() writes keys as json.dumps does", () => {
  const text = "yes: 1\n~: 2\n0x10: 3\n1.0: 4\n1.0e-7: 5\n2001-01-01: 6\n";
  deepStrictEqual(parseYaml(text), {
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
  deepStrictEqual(Object.keys(value as Mapping), ["__proto__", "constructor"]);
  deepStrictEqual(getKey(value as Mapping, "__proto__"), { a: 1 });
  strictEqual(Object.getPrototypeOf(value), Object.prototype);
});

Deno.test("parseYaml() reads brackets and quotes that are indented too little", () => {
  deepStrictEqual(
    parseYaml('a:\n  b: [\n1,\n{ "c": "d\ne" }\n]\n  f: |\n    g\nh: 2\n'),
    { a: { b: [1, { c: "d e" }], f: "g\n" }, h: 2 },
  );
});

Deno.test("parseYaml() ends a block where an unfinished last line ends", () => {
  deepStrictEqual(parseYaml("a: |\n  x\n  y"), { a: "x\ny" });
  deepStrictEqual(parseYaml("a: |\n  x\n  y\n"), { a: "x\ny\n" });
});

Deno.test("parseYaml() shares what aliases name", () => {
  const value = parseYaml("a: &x [1]\nb: *x\n") as Mapping;
  strictEqual(value["a"], value["b"]);
});

Deno.test("parseYaml() reads aliases that would fill the memory as JSON", () => {
  const levels = Array.from(
    { length: 30 },
    (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}]`,
  );
  const value = parseYaml(`l0: &l0 [lol]\n${levels.join("\n")}\n`);
  throws(() => stringifyJson(value), { code: "INPUT" });
  deepStrictEqual(Object.keys(parseYaml(stringifyYaml(value)) as Mapping), [
    "l0",
    ...levels.map((line) => line.split(":")[0]),
  ]);
});

Deno.test("parseYaml() takes an empty text for null and drops a byte order mark", () => {
  strictEqual(parseYaml(""), null);
  strictEqual(parseYaml("# nothing\n"), null);
  deepStrictEqual(parseYaml("\ufeffa: 1"), { a: 1 });
});

Deno.test("parseYaml() names file, line and column, and how to mend it", () => {
  const tab = failureOf("a:\n\tb: 1\n", "app.yaml");
  ok(tab.message.startsWith("Cannot parse app.yaml at line 2, column"));
  strictEqual(tab.hint, "Indent with spaces, not tabs");

  const template = failureOf("a: 1\nb: {{ state.x }}\n");
  ok(template.message.startsWith("Cannot parse YAML at line 2, column"));
  strictEqual(
    template.hint,
    "Put a value that starts with {{ between quotes",
  );

  const unclosed = failureOf("a: [1\nb: 2\n");
  ok(unclosed.message.startsWith("Cannot parse YAML at line 2, column 2"));

  const colon = failureOf("key: value: x\n");
  ok(colon.message.startsWith("Cannot parse YAML at line 1, column"));
  strictEqual(
    colon.hint,
    "Put a value that has a colon and a blank in it between quotes",
  );
});

Deno.test("parseYaml() fails with one kind of error, on one line", () => {
  const texts = [
    "[",
    "a: *x",
    "--- a\n--- b\n",
    "a: &a [*a]",
    "!!python/object:os.system {}",
    "!!int x",
    "a: \x07",
    "? [a]\n: b",
    "<<: 1",
    "[".repeat(2000),
  ];
  for (const text of texts) {
    const { code, message } = failureOf(text);
    strictEqual(code, "INPUT");
    strictEqual(message.includes("\n"), false, message);
  }
});

Deno.test("stringifyYaml() quotes what any reader might take for another value", () => {
  const texts = ["yes", "y", "010", "1e3", "12:30", "=", "<<", "null", "", "~"];
  for (const text of [...texts, "2021-13-45", "0o17", "+.5", "- a", "a: b"]) {
    const written = stringifyYaml({ v: text });
    ok(/^v: ['"]/.test(written), written);
    deepStrictEqual(parseYaml(written), { v: text });
  }
});

Deno.test("stringifyYaml() writes blocks in the order of keys", () => {
  strictEqual(
    stringifyYaml({
      z: { size: 1, list: ["a", { b: new Float(1) }] },
      text: "two\nlines\n",
      big: 2n ** 64n,
      tiny: 1e-7,
      at: new Timestamp("2001-12-14 21:59:43+00:00", "aware"),
      none: null,
      empty: [[], {}],
    }),
    `z:
  size: 1
  list:
  - a
  - b: 1.0
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
`,
  );
});
