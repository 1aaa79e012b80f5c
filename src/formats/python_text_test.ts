import { strictEqual, throws } from "node:assert/strict";
import { Float, Timestamp, type Value } from "../values.ts";
import {
  pythonFloat,
  pythonRepr,
  pythonStr,
  yamlFloat,
} from "./python_text.ts";

Deno.test("pythonFloat() switches to exponents where Python does", () => {
  const cases: [number, string][] = [
    [1, "1.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [123456789012345.6, "123456789012345.6"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.5e300, "1.5e+300"],
    [5e-324, "5e-324"],
    [Infinity, "inf"],
    [-Infinity, "-inf"],
    [NaN, "nan"],
  ];
  for (const [number, text] of cases) strictEqual(pythonFloat(number), text);
});

Deno.test("yamlFloat() always has a point", () => {
  strictEqual(yamlFloat(1e-7), "1.0e-07");
  strictEqual(yamlFloat(1.5e21), "1.5e+21");
  strictEqual(yamlFloat(2.5), "2.5");
  strictEqual(yamlFloat(-Infinity), "-.inf");
  strictEqual(yamlFloat(NaN), ".nan");
});

Deno.test("pythonStr() prints texts and dates as they are", () => {
  strictEqual(pythonStr("it's"), "it's");
  strictEqual(pythonStr(new Timestamp("2001-12-14", "date")), "2001-12-14");
  strictEqual(pythonStr(true), "True");
  strictEqual(pythonStr(null), "None");
  strictEqual(pythonStr(new Float(1)), "1.0");
  strictEqual(pythonStr(12345678901234567890n), "12345678901234567890");
});

Deno.test("pythonRepr() chooses quotes as Python does", () => {
  strictEqual(pythonRepr("plain"), "'plain'");
  strictEqual(pythonRepr("it's"), `"it's"`);
  strictEqual(pythonRepr('say "hi"'), `'say "hi"'`);
  strictEqual(pythonRepr(`it's "x"`), `'it\\'s "x"'`);
});

Deno.test("pythonRepr() escapes what Python cannot print", () => {
  const cases: [string, string][] = [
    ["a\nb\tc\r", "'a\\nb\\tc\\r'"],
    ["c:\\x", "'c:\\\\x'"],
    ["\0\x1b\x7f", "'\\x00\\x1b\\x7f'"],
    ["a\xa0b\xad", "'a\\xa0b\\xad'"],
    ["\u200b\u2028\u3000", "'\\u200b\\u2028\\u3000'"],
    ["\ud800", "'\\ud800'"],
    ["\u{e0001}", "'\\U000e0001'"],
    ["é你😀", "'é你😀'"],
  ];
  for (const [text, printed] of cases) strictEqual(pythonRepr(text), printed);
});

Deno.test("pythonRepr() prints lists and mappings", () => {
  const value = { a: [1, true, null, { "it's": new Float(2) }], e: [{}, []] };
  strictEqual(
    pythonRepr(value),
    `{'a': [1, True, None, {"it's": 2.0}], 'e': [{}, []]}`,
  );
  strictEqual(pythonRepr(JSON.parse('{"__proto__": 1}')), "{'__proto__': 1}");
});

Deno.test("pythonRepr() leaves what is not a document value to the caller", () => {
  class Tuple {}
  strictEqual(
    pythonRepr([new Tuple(), undefined], (value) => typeof value),
    "[object, undefined]",
  );
});

Deno.test("pythonRepr() stops before shared lists fill the memory", () => {
  let value: Value = ["x".repeat(100)];
  for (let level = 0; level < 40; level++) value = [value, value];
  throws(() => pythonRepr(value), { code: "INPUT", message: /32 MiB/ });
});

Deno.test("pythonRepr() refuses a list that contains itself", () => {
  const list: Value[] = [];
  list.push(list);
  throws(() => pythonRepr(list), { code: "INPUT", message: /nested/ });
});
