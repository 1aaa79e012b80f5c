import { deepStrictEqual } from "node:assert/strict";
import { Float, Timestamp } from "../../values.ts";
import {
  collectAddress,
  collectMarked,
  collectPasswords,
  collectSecrets,
} from "./credentials.ts";

for (
  const [url, parts] of [
    ["https://slack.com/", []],
    ["http://host/hook", []],
    ["http://host/errtok?hook=SECRETHOOK&wait=true", [
      "/errtok?hook=SECRETHOOK&wait=true",
      "SECRETHOOK",
    ]],
    ["https://host/services/a%20b?t=x%2Fsecret", [
      "/services/a%20b?t=x%2Fsecret",
      "/services/a b?t=x/secret",
      "/services/a%20b",
      "/services/a b",
      "x/secret",
      "x%2Fsecret",
    ]],
    ["file:///secret/path", []],
    ["not an address", []],
  ] as const
) {
  Deno.test(`collectAddress() finds what is secret in ${url}`, () => {
    deepStrictEqual(collectAddress(url), parts);
  });
}

Deno.test("collectSecrets() finds every string and number, however deep", () => {
  deepStrictEqual(
    collectSecrets({
      a: "text",
      b: [{ c: 123456 }, 12345678901234567890n, new Float(4000)],
      d: { e: null, f: true, __proto__x: "deep" },
      g: new Timestamp("2001-12-14", "date"),
    }),
    [
      "text",
      "123456",
      "12345678901234567890",
      "4000.0",
      "deep",
      "2001-12-14",
    ],
  );
});

for (
  const [url, passwords] of [
    ["redis://me:secret@host:6379/0", ["secret"]],
    ["rediss://:p%40ss@host", ["p%40ss", "p@ss"]],
    ["redis://me:a/b#c?d@e@host", ["a/b#c?d@e"]],
    ["redis://token@host", ["token"]],
    ["https://me:pw100%@host/@you", ["pw100%"]],
    ["https://host/path:1@x", []],
    ["redis://host", []],
    ["mailto:me@host", []],
  ] as const
) {
  Deno.test(`collectPasswords() finds the password of ${url}`, () => {
    const found = collectPasswords({ redis: { url, port: 6379 } });
    deepStrictEqual([...new Set(found)], passwords);
  });
}

Deno.test("collectPasswords() takes credentials and leaves other keys", () => {
  deepStrictEqual(
    collectPasswords({
      redis: { host: "cache", password: 1234, tls: { "key-file": "k.pem" } },
      list: [{ "sentinel-password": "abcd" }, { tokens: ["one", "two"] }],
    }),
    ["1234", "abcd", "one", "two"],
  );
});

Deno.test("collectMarked() finds what a schema marks, whatever its key is called", () => {
  const secret = { type: "string", writeOnly: true };
  const schema = {
    properties: {
      apikey: secret,
      plain: { type: "string" },
      tls: { anyOf: [{ type: "boolean" }, { properties: { pin: secret } }] },
      keys: { items: secret },
      users: { additionalProperties: { properties: { phrase: secret } } },
    },
    additionalProperties: false,
  };
  deepStrictEqual([
    ...collectMarked({
      apikey: "key-1",
      plain: "shown",
      tls: { pin: 4711 },
      keys: ["key-2", "key-3"],
      users: { ann: { phrase: "key-4", name: "Ann" } },
      constructor: "shown",
    }, schema),
  ], ["key-1", "4711", "key-2", "key-3", "key-4"]);
  deepStrictEqual([...collectMarked({ tls: true, keys: null }, schema)], []);
});
