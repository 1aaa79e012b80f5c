import { strictEqual } from "node:assert/strict";
import { Float, Timestamp, type Value } from "../values.ts";
import { describeType, suggest } from "./messages.ts";

const KEYS = ["excludeKeyNames", "path", "isPrimary", "connect-timeout-ms"];

Deno.test("suggest() finds the key that was most likely meant", () => {
  strictEqual(suggest("pth", KEYS), "path");
  strictEqual(suggest("paths", KEYS), "path");
  strictEqual(suggest("patch", KEYS), "path");
  strictEqual(suggest("apth", KEYS), "path");
  strictEqual(suggest("is-primary", KEYS), "isPrimary");
  strictEqual(suggest("excludeKeyName", KEYS), "excludeKeyNames");
  strictEqual(suggest("connectTimeoutMs", KEYS), "connect-timeout-ms");
  strictEqual(suggest("connect_timeout_ms", KEYS), "connect-timeout-ms");
});

Deno.test("suggest() returns undefined if no key is close", () => {
  strictEqual(suggest("colour", KEYS), undefined);
  strictEqual(suggest("x", []), undefined);
});

Deno.test("describeType() names a type with its article", () => {
  const cases: [Value, string][] = [
    [null, "null"],
    ["", "a string"],
    ["5", "a string"],
    [true, "a boolean"],
    [5, "an integer"],
    [-5n, "an integer"],
    [5.5, "a float"],
    [NaN, "a float"],
    [2 ** 53, "a float"],
    [new Float(5), "a float"],
    [new Timestamp("2001-12-14", "date"), "a date"],
    [[], "a list"],
    [{}, "a mapping"],
  ];
  for (const [value, text] of cases) strictEqual(describeType(value), text);
});
