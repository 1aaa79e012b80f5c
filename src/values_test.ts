import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  cloneValue,
  Float,
  floatValue,
  getKey,
  integerValue,
  isFalsy,
  isMapping,
  type Mapping,
  setKey,
  Timestamp,
  type Value,
} from "./values.ts";

Deno.test("Float prints with its point and computes as a number", () => {
  strictEqual(String(new Float(1)), "1.0");
  strictEqual(String(new Float(-0)), "-0.0");
  strictEqual(`v${new Float(20)}`, "v20.0");
  strictEqual(Number(new Float(2)) * 3, 6);
});

Deno.test("floatValue() wraps only what a number would print as an integer", () => {
  deepStrictEqual(floatValue(1), new Float(1));
  deepStrictEqual(floatValue(-0), new Float(-0));
  strictEqual(floatValue(1.5), 1.5);
  strictEqual(floatValue(1e300), 1e300);
  strictEqual(floatValue(Infinity), Infinity);
});

Deno.test("integerValue() keeps every digit", () => {
  strictEqual(integerValue(42n), 42);
  strictEqual(integerValue(BigInt(Number.MAX_SAFE_INTEGER)), 2 ** 53 - 1);
  strictEqual(integerValue(9007199254740993n), 9007199254740993n);
  strictEqual(integerValue(-(2n ** 70n)), -(2n ** 70n));
});

Deno.test("isMapping() tells mappings from every other value", () => {
  strictEqual(isMapping({}), true);
  strictEqual(isMapping(Object.create(null)), true);
  for (
    const value of [
      null,
      undefined,
      [],
      "text",
      1,
      1n,
      true,
      new Float(1),
      new Timestamp("2001-12-14", "date"),
    ]
  ) {
    strictEqual(isMapping(value), false, String(value));
  }
});

Deno.test("getKey() does not see what a mapping inherits", () => {
  const mapping: Mapping = { a: null };
  strictEqual(getKey(mapping, "a"), null);
  for (const key of ["constructor", "toString", "__proto__", "b"]) {
    strictEqual(getKey(mapping, key), undefined, key);
  }
});

Deno.test("setKey() makes __proto__ a key like any other", () => {
  const mapping: Mapping = {};
  setKey(mapping, "__proto__", { polluted: true });
  deepStrictEqual(Object.keys(mapping), ["__proto__"]);
  deepStrictEqual(getKey(mapping, "__proto__"), { polluted: true });
  strictEqual(Object.getPrototypeOf(mapping), Object.prototype);
  strictEqual(Object.hasOwn(Object.prototype, "polluted"), false);
});

Deno.test("cloneValue() shares nothing that can change", () => {
  const original = JSON.parse('{"list": [{"a": 1}], "__proto__": {"b": 2}}');
  const copy: Mapping = cloneValue(original);
  deepStrictEqual(Object.keys(copy), ["list", "__proto__"]);
  (copy["list"] as Mapping[])[0]!["a"] = 9;
  setKey(getKey(copy, "__proto__") as Mapping, "b", 9);
  strictEqual(
    JSON.stringify(original),
    '{"list":[{"a":1}],"__proto__":{"b":2}}',
  );
});

Deno.test("isFalsy() goes by Python's truth", () => {
  const falsy: (Value | undefined)[] = [
    undefined,
    null,
    false,
    0,
    -0,
    0n,
    new Float(0),
    "",
    [],
    {},
  ];
  const truthy: Value[] = [
    true,
    1,
    1n,
    new Float(1),
    "0",
    " ",
    [null],
    { a: null },
    new Timestamp("2001-12-14", "date"),
    Number.NaN,
  ];
  for (const value of falsy) strictEqual(isFalsy(value), true, String(value));
  for (const value of truthy) strictEqual(isFalsy(value), false, String(value));
});
