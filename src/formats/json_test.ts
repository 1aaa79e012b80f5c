import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import {
  Float,
  getKey,
  type Mapping,
  Timestamp,
  type Value,
} from "../values.ts";
import { parseJson, pythonJson, stringifyJson } from "./json.ts";

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

Deno.test("parseJson() leaves numbers inside texts alone", () => {
  const text = '{"a": "x: 1.0, 3e5", "n": 1.0}';
  deepStrictEqual(parseJson(text), { a: "x: 1.0, 3e5", n: new Float(1) });
});

Deno.test("parseJson() reads Python's constants, but not inside texts", () => {
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

Deno.test("parseJson() says where a text stops being JSON", () => {
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
  ];
  for (const [text, message] of cases) {
    throws(() => parseJson(text), {
      code: "INPUT",
      message: `Cannot parse JSON at ${message}`,
    });
  }
});

Deno.test("stringifyJson() writes each number as it was read", () => {
  const value = [new Float(1), 2n ** 64n, 1e20, 1e-7, 1.5, -3, NaN, -Infinity];
  strictEqual(
    stringifyJson(value),
    "[1.0,18446744073709551616,1e+20,1e-07,1.5,-3,NaN,-Infinity]",
  );
});

Deno.test("stringifyJson() lays special and plain values out alike", () => {
  const plain = { a: [1, { b: "é" }], e: [], m: {} };
  const special = { a: [new Float(1), { b: "é" }], e: [], m: {} };
  strictEqual(
    stringifyJson(special, { indent: 2 }),
    stringifyJson(plain, { indent: 2 }).replace("1,", "1.0,"),
  );
  strictEqual(
    stringifyJson(special),
    stringifyJson(plain).replace("1,", "1.0,"),
  );
});

Deno.test("stringifyJson() writes timestamps as their text", () => {
  const value = { at: new Timestamp("2001-12-14", "date") };
  strictEqual(stringifyJson(value), '{"at":"2001-12-14"}');
  strictEqual(stringifyJson(value, { yamlSafe: true }), '{"at":2001-12-14}');
});

Deno.test("stringifyJson() with yamlSafe escapes what YAML 1.1 folds or refuses", () => {
  const unsafe = "\x7f\x85\u2028\ufeff\ufffe\ud800é";
  strictEqual(
    stringifyJson(unsafe, { yamlSafe: true }),
    '"\\u007f\\u0085\\u2028\\ufeff\\ufffe\\ud800é"',
  );
  strictEqual(
    stringifyJson([1e-7, 1e21, NaN, -Infinity], { yamlSafe: true }),
    "[1.0e-07,1.0e+21,.nan,-.inf]",
  );
});

Deno.test("stringifyJson() stops before shared lists fill the memory", () => {
  for (const leaf of ["x", new Float(1)]) {
    let value: Value = ["x".repeat(1000), leaf];
    for (let level = 0; level < 40; level++) value = [value, value];
    throws(() => stringifyJson(value), { code: "INPUT", message: /32 MiB/ });
  }
});

Deno.test("stringifyJson() refuses a mapping that contains itself", () => {
  const mapping: Mapping = {};
  mapping["self"] = mapping;
  throws(() => stringifyJson(mapping), { code: "INPUT", message: /nested/ });
});

Deno.test("pythonJson() separates and escapes as json.dumps", () => {
  const value = { b: [1, "é😀\x7f"], a: new Float(1) };
  strictEqual(
    pythonJson(value),
    '{"b": [1, "\\u00e9\\ud83d\\ude00\\u007f"], "a": 1.0}',
  );
  strictEqual(
    pythonJson(value, { ensureAscii: false, sortKeys: true }),
    '{"a": 1.0, "b": [1, "é😀\x7f"]}',
  );
  strictEqual(
    pythonJson([1, { a: 2 }], { separators: [",", ":"] }),
    '[1,{"a":2}]',
  );
});

Deno.test("pythonJson() indents as json.dumps", () => {
  const value = { a: [1, []], m: {} };
  strictEqual(
    pythonJson(value, { indent: 2 }),
    '{\n  "a": [\n    1,\n    []\n  ],\n  "m": {}\n}',
  );
  strictEqual(pythonJson([1], { indent: "\t" }), "[\n\t1\n]");
  strictEqual(pythonJson([1], { indent: 0 }), "[\n1\n]");
});

Deno.test("pythonJson() sorts keys by code point", () => {
  strictEqual(
    pythonJson({ "\u{1f600}": 1, "\uffee": 2 }, {
      sortKeys: true,
      ensureAscii: false,
    }),
    '{"\uffee": 2, "😀": 1}',
  );
});
