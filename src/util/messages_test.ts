import { strictEqual } from "node:assert/strict";
import { suggest } from "./messages.ts";

const KEYS = ["excludeKeyNames", "path", "isPrimary", "connect-timeout-ms"];

Deno.test("suggest() finds what was most likely meant", () => {
  strictEqual(suggest("pth", KEYS), "path");
  strictEqual(suggest("is-primary", KEYS), "isPrimary");
  strictEqual(suggest("excludeKeyName", KEYS), "excludeKeyNames");
  strictEqual(suggest("connectTimeoutMs", KEYS), "connect-timeout-ms");
  strictEqual(suggest("apth", KEYS), "path");
});

Deno.test("suggest() stays silent about words that are far from all", () => {
  strictEqual(suggest("colour", KEYS), undefined);
  strictEqual(suggest("x", []), undefined);
});
