import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { Float, getKey, type Mapping, type Value } from "../values.ts";
import { parseJson } from "./json.ts";
import { pythonJson } from "./json_writer.ts";

// What json.dumps() of CPython 3.11 writes of what json.loads() reads.
const LOADED: readonly [text: string, dumped: string][] = [
  ["0", "0"],
  ["-0", "0"],
  ["-0.0", "-0.0"],
  ["1e5", "100000.0"],
  ["1E-2", "0.01"],
  ["0.1e+1", "1.0"],
  ["10", "10"],
  ["  [1 , 2 ]\n", "[1, 2]"],
  ["[]", "[]"],
  ["{}", "{}"],
  ["[[]]", "[[]]"],
  ['{"a":{}}', '{"a": {}}'],
  ['"\\u00e9"', '"\\u00e9"'],
  ['"\\ud83d\\ude00"', '"\\ud83d\\ude00"'],
  ['"\\ud800"', '"\\ud800"'],
  ['"\\b\\f\\n\\r\\t\\/\\\\\\""', '"\\b\\f\\n\\r\\t/\\\\\\""'],
  ['{"a":1,"a":2}', '{"a": 2}'],
  ["[1,[2,[3]]]", "[1, [2, [3]]]"],
  ["1.7976931348623157e308", "1.7976931348623157e+308"],
  ["-1e400", "-Infinity"],
  ["5e-324", "5e-324"],
  ["1e-400", "0.0"],
  ["123456789012345678901234567890", "123456789012345678901234567890"],
  ["0.30000000000000004", "0.30000000000000004"],
  ["100000000000000000000.0", "1e+20"],
  ["[NaN,-Infinity]", "[NaN, -Infinity]"],
  ['"NaN"', '"NaN"'],
  ["\t\r\n 1", "1"],
  ['"\u2028"', '"\\u2028"'],
  ['"\u00e9"', '"\\u00e9"'],
  ['"\u007f"', '"\\u007f"'],
];

// What json.loads() of CPython 3.11 refuses.
const REFUSED: readonly string[] = [
  "01",
  "1.",
  ".5",
  "+1",
  "1e",
  "--1",
  "tru",
  "True",
  "nul",
  "[1,]",
  "[,1]",
  "{,}",
  '{"a"}',
  '{"a":}',
  "{a:1}",
  "{'a':1}",
  '"abc',
  '"a\nb"',
  '"\\x41"',
  '"\\u12"',
  "[1 2]",
  '{"a":1 "b":2}',
  "",
  "  ",
  "[",
  "{",
  '"',
  "1 1",
  "[]]",
  "-",
  "-NaN",
  "Infinit",
  "\ufeff1",
  "0x10",
  "1_000",
  "//x\n1",
  "[1]//",
];

Deno.test("parseJson() reads what Python reads", () => {
  for (const [text, dumped] of LOADED) {
    strictEqual(pythonJson(parseJson(text)), dumped, text);
    // Beside a constant, another parser reads it.
    strictEqual(pythonJson(parseJson(`[NaN,${text}]`)), `[NaN, ${dumped}]`);
  }
});

Deno.test("parseJson() refuses what Python refuses", () => {
  for (const text of REFUSED) {
    throws(() => parseJson(text), { name: "CicdStateError", code: "INPUT" });
  }
});

Deno.test("parseJson() keeps what JSON.parse loses of numbers", () => {
  const cases: [string, Value][] = [
    ["1.0", new Float(1)],
    ["1.00000000000000000001", new Float(1)],
    ["-0.0", new Float(-0)],
    ["-0", 0],
    ["1e3", new Float(1000)],
    ["1E+2", new Float(100)],
    ["1.5e1", new Float(15)],
    ["100.50", 100.5],
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", 9007199254740993n],
    ["-12345678901234567890", -12345678901234567890n],
    ["9007199254740.9999999", new Float(9007199254741)],
    ["1e16", 1e16],
    ["1e999", Infinity],
  ];
  for (const [text, value] of cases) {
    deepStrictEqual(parseJson(text), value, text);
    deepStrictEqual(parseJson(`{"a":[0,\n ${text} ]}`), { a: [0, value] });
  }
});

Deno.test("parseJson() leaves numbers inside strings alone", () => {
  const text = '{"a": "x: 1.0, 3e5", "n": 1.0}';
  deepStrictEqual(parseJson(text), { a: "x: 1.0, 3e5", n: new Float(1) });
});

Deno.test("parseJson() reads Python's constants, but not inside strings", () => {
  deepStrictEqual(
    parseJson('{"a": [NaN, Infinity, -Infinity], "NaN": "NaN 0e0", "z": 0e0}'),
    { a: [NaN, Infinity, -Infinity], NaN: "NaN 0e0", z: new Float(0) },
  );
  deepStrictEqual(parseJson('"\\"NaN"'), '"NaN');
  throws(() => parseJson("[NaNa]"), { code: "INPUT" });
  throws(() => parseJson("[+Infinity]"), { code: "INPUT" });
});

Deno.test("parseJson() makes __proto__ a key like any other", () => {
  const value = parseJson('{"__proto__": {"n": 1.0}}') as Mapping;
  deepStrictEqual(getKey(value, "__proto__"), { n: new Float(1) });
  strictEqual(Object.getPrototypeOf(value), Object.prototype);
});

Deno.test("parseJson() reports where a text stops being JSON", () => {
  const cases: [string, string][] = [
    ["", "line 1, column 1: expected a value"],
    ["{", 'line 1, column 2: expected a key or "}"'],
    ['{"a": 1,}', "line 1, column 9: expected a key in double quotes"],
    ["{'a': 1}", 'line 1, column 2: expected a key or "}"'],
    ['{"a" 1}', 'line 1, column 6: expected ":"'],
    ['{\n  "a": tru\n}', "line 2, column 8: expected a value"],
    ["[1, 2", 'line 1, column 6: expected "," or "]"'],
    ["[1}", 'line 1, column 3: expected "," or "]"'],
    ["[1,]", "line 1, column 4: expected a value"],
    ["[01]", 'line 1, column 3: expected "," or "]"'],
    ['["a\tb"]', 'line 1, column 2: expected a value or "]"'],
    ["1 2", "line 1, column 3: expected the end"],
    ["[NaN, x]", "line 1, column 7: expected a value"],
    ['"\\"', "line 1, column 1: expected a value"],
    ['{"a": "\\x"}', "line 1, column 7: expected a value"],
    ["[1,\n 2\n] x", "line 3, column 3: expected the end"],
  ];
  for (const [text, message] of cases) {
    throws(() => parseJson(text), {
      code: "INPUT",
      message: `Cannot parse JSON at ${message}`,
    });
  }
});

Deno.test("parseJson() reads 1000 levels and refuses more", () => {
  for (const [open, close] of [["[", "]"], ['{"a":', "}"], ["[1.5,", "]"]]) {
    const nested = (levels: number) =>
      `${open!.repeat(levels)}1${close!.repeat(levels)}`;
    parseJson(nested(1000));
    for (const levels of [1001, 100_000]) {
      throws(() => parseJson(nested(levels)), {
        code: "INPUT",
        message:
          /^Cannot parse JSON at line 1, column \d+: it is nested over 1000 levels deep$/,
      });
    }
  }
});

Deno.test("parseJson() reads integers of 4300 digits and refuses more", () => {
  const most = "9".repeat(4300);
  for (const text of [most, `-${most}`, `${most}0.5`, `${most}0e1`]) {
    parseJson(text);
  }
  for (const text of [`[${most}0]`, `[-${most}0]`]) {
    throws(() => parseJson(text), {
      code: "INPUT",
      message:
        "Cannot parse JSON at line 1, column 2: an integer has more than 4300 digits",
    });
  }
});

Deno.test("parseJson() finds the end of strings that end in backslashes", () => {
  for (const text of ["\\", "\\\\", '\\"', '"\\', '\\\\"', "[\\]", "{\\"]) {
    deepStrictEqual(parseJson(JSON.stringify([text, "1.0"])), [text, "1.0"]);
  }
});
