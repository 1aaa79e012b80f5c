import { equal } from "node:assert/strict";
import { suggest } from "./suggest.ts";

const KEYS = ["excludeKeyNames", "path", "isPrimary", "connect-timeout-ms"];

Deno.test("suggest() finds what was most likely meant", () => {
  equal(suggest("pth", KEYS), "path");
  equal(suggest("is-primary", KEYS), "isPrimary");
  equal(suggest("excludeKeyName", KEYS), "excludeKeyNames");
  equal(suggest("connectTimeoutMs", KEYS), "connect-timeout-ms");
  equal(suggest("apth", KEYS), "path");
});

Deno.test("suggest() stays silent about words that are far from all", () => {
  equal(suggest("colour", KEYS), undefined);
  equal(suggest("x", []), undefined);
});
