import { strictEqual, throws } from "node:assert/strict";
import { Float, type Mapping, Timestamp, type Value } from "../values.ts";
import { stringifyJson } from "./json_writer.ts";

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
