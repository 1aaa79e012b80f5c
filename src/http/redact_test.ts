import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Float, Timestamp } from "../values.ts";
import { collectSecrets, createMask, maskHeaders, maskUrl } from "./redact.ts";

const SECRET = "p/ä \"s'<&>+=\\word";

Deno.test("collectSecrets() finds every text and number, however deep", () => {
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
  const [about, text] of [
    ["as it is", SECRET],
    ["URL-encoded", encodeURIComponent(SECRET)],
    ["URL-encoded in lower case", encodeURIComponent(SECRET).toLowerCase()],
    ["form-encoded", String(new URLSearchParams({ x: SECRET })).slice(2)],
    ["with slashes left in a URL", encodeURI(SECRET).replace("+", "%2B")],
    ["in JSON", JSON.stringify(SECRET)],
    ["in ASCII JSON", JSON.stringify(SECRET).replace("ä", "\\u00e4")],
    ["in JSON within JSON", JSON.stringify(JSON.stringify(SECRET))],
    [
      "escaped by tojson",
      JSON.stringify(SECRET).replace("ä", "\\u00e4").replace(
        /[<>&']/g,
        (c) => `\\u00${c.charCodeAt(0).toString(16)}`,
      ),
    ],
    [
      "in HTML",
      "p/ä &#34;s&#39;&lt;&amp;&gt;+=\\word",
    ],
    ["as Python prints it", `'p/ä "s\\'<&>+=\\\\word'`],
  ] as const
) {
  Deno.test(`createMask() hides a secret ${about}`, () => {
    const masked = createMask([SECRET])(`before ${text} after`);
    ok(/^before ["'\\]*\*\*\*["'\\]* after$/.test(masked), masked);
  });
}

for (const before of ["", "x", "xy"]) {
  for (const after of ["", "z", "zz"]) {
    Deno.test(`createMask() hides base64 of "${before}", a secret and "${after}"`, () => {
      const secret = "öther?>tokenΩ1";
      const mask = createMask([secret]);
      const bytes = new TextEncoder().encode(before + secret + after);
      for (const alphabet of ["base64", "base64url"] as const) {
        const encoded = bytes.toBase64({ alphabet });
        const masked = mask(`Basic ${encoded}!`);
        ok(masked.startsWith("Basic ") && masked.endsWith("!"), masked);
        // What is left belongs to the text around the secret.
        ok(masked.replace("***", "").length <= "Basic !".length + 8, masked);
      }
    });
  }
}

Deno.test("createMask() hides the longer of two secrets first", () => {
  strictEqual(createMask(["harbour", "harbour-bell"])("harbour-bell"), "***");
});

Deno.test("createMask() leaves short values legible", () => {
  strictEqual(createMask(["abc", "", " a "])("abc a"), "abc a");
});

Deno.test("createMask() hides a secret whose line end was trimmed, and each line of a key", () => {
  const mask = createMask(["token-7\n", "-----BEGIN\nMIIBVgIBADANBg\nab\n"]);
  strictEqual(mask("Bearer token-7"), "Bearer ***");
  strictEqual(mask("x MIIBVgIBADANBg ab"), "x *** ab");
});

Deno.test("createMask() without secrets changes nothing", () => {
  strictEqual(createMask([])("any [text] $& \\"), "any [text] $& \\");
});

Deno.test("createMask() takes secrets for text, not for patterns", () => {
  const mask = createMask(["a.c*", "$&$1"]);
  strictEqual(mask("abcc a.c* $&$1"), "abcc *** ***");
});

Deno.test("maskHeaders() hides what carries credentials by its name", () => {
  deepStrictEqual(
    maskHeaders([
      ["Authorization", "Bearer x"],
      ["Proxy-Authorization", "Basic x"],
      ["x-api-key", "x"],
      ["Cookie", "x"],
      ["X-GitLab-Token", "x"],
      ["Accept", "*/* tide"],
    ], createMask(["tide"])),
    [
      ["Authorization", "***"],
      ["Proxy-Authorization", "***"],
      ["x-api-key", "***"],
      ["Cookie", "***"],
      ["X-GitLab-Token", "***"],
      ["Accept", "*/* ***"],
    ],
  );
});

for (
  const [url, shown] of [
    ["http://user:pass@host:1/a/b", "http://host:1/a/b"],
    ["https://host/a?token=x#y", "https://host/a?***"],
    ["https://host/a%2Fb/tide", "https://host/a%2Fb/***"],
    [
      "https://host/services/T0/B0/x9Qk2Lm7Rt4Wz8Bn5Vc1Ds",
      "https://host/services/T0/B0/***",
    ],
    [
      "https://host/my-service-of-2024/deploy",
      "https://host/my-service-of-2024/deploy",
    ],
    ["no url with tide?x=1", "no url with ***"],
  ] as const
) {
  Deno.test(`maskUrl() prints ${url} without secrets`, () => {
    strictEqual(maskUrl(url, createMask(["tide"])), shown);
  });
}
