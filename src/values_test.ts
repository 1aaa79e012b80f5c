import {
  deepStrictEqual,
  notStrictEqual,
  strictEqual,
} from "node:assert/strict";
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
  type TimestampKind,
  type TimestampParts,
  type Value,
} from "./values.ts";

Deno.test("Float prints with a decimal point and computes as a number", () => {
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

Deno.test("isMapping() is true for mappings only", () => {
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

Deno.test("getKey() ignores inherited keys", () => {
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

Deno.test("Timestamp.parts() splits dates and times", () => {
  const time = { hour: 0, minute: 0, second: 0, microsecond: 0 };
  const date = { year: 2001, month: 12, day: 4 };
  const cases: [string, TimestampKind, TimestampParts][] = [
    ["2001-12-04", "date", { ...date, ...time, offsetMinutes: undefined }],
    [
      "2001-12-04 21:59:43",
      "naive",
      {
        ...date,
        hour: 21,
        minute: 59,
        second: 43,
        microsecond: 0,
        offsetMinutes: undefined,
      },
    ],
    [
      "2001-12-04 21:59:43.010000-05:30",
      "aware",
      {
        ...date,
        hour: 21,
        minute: 59,
        second: 43,
        microsecond: 10_000,
        offsetMinutes: -330,
      },
    ],
    ["2001-12-04 00:00:00+14:00", "aware", {
      ...date,
      ...time,
      offsetMinutes: 840,
    }],
  ];
  for (const [text, kind, parts] of cases) {
    deepStrictEqual(new Timestamp(text, kind).parts(), parts, text);
  }
  strictEqual(new Timestamp("tomorrow", "date").parts(), undefined);
});

Deno.test("cloneValue() copies everything that can change", () => {
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

Deno.test("cloneValue() shares what the original shares, without copying it again", () => {
  let value: Value = ["lol"];
  for (let level = 0; level < 100; level++) value = [value, { again: value }];
  const copy = cloneValue(value) as [Value[], Mapping];
  notStrictEqual(copy, value);
  notStrictEqual(copy[0], value[0]);
  strictEqual(copy[1]["again"], copy[0]);
});

Deno.test("isFalsy() follows Python", () => {
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
