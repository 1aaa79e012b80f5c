import { ok, strictEqual } from "node:assert/strict";
import { createMask } from "./mask.ts";

const SECRET = "p/ä \"s'<&>+=\\word";

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

Deno.test("createMask() reads secrets as strings, not as patterns", () => {
  const mask = createMask(["a.c*", "$&$1"]);
  strictEqual(mask("abcc a.c* $&$1"), "abcc *** ***");
});

Deno.test("createMask() hides overlapping secrets completely", () => {
  strictEqual(createMask(["abab"])("xababab"), "x***");
  strictEqual(
    createMask(["tide-table", "table-1881"])("tide-table-1881"),
    "***",
  );
});

for (
  const [about, text] of [
    ["base64 in a URL", (secret) => encodeURIComponent(btoa(secret))],
    ["base64 in lines", (secret) => btoa(secret).replace(/.{10}/g, "$&\n")],
    ["base64 in JSON of PHP", (s) => btoa(s).replaceAll("/", "\\/")],
    [
      "decimal entities",
      (s) => s.replace(/./g, (c) => `&#${c.charCodeAt(0)};`),
    ],
    ["long hex entities", (s) => s.replace(/./g, (c) => `&#x0${hex(c, 2)};`)],
    ["unicode escapes", (s) => s.replace(/./g, (c) => `\\u${hex(c, 4)}`)],
    ["Python's escapes", (s) => s.replace(/./g, (c) => `\\x${hex(c, 2)}`)],
    ["long escapes", (s) => s.replace(/./g, (c) => `\\U${hex(c, 8)}`)],
    ["percent signs", (s) => s.replace(/./g, (c) => `%${hex(c, 2)}`)],
    [
      "percent signs within JSON",
      (s) => JSON.stringify(`"${s.replace(/./g, (c) => `%${hex(c, 2)}`)}"`),
    ],
  ] as readonly [string, (secret: string) => string][]
) {
  Deno.test(`createMask() hides a secret written with ${about}`, () => {
    const secret = "tide/table?>1881";
    const masked = createMask([secret])(`before ${text(secret)} after`);
    ok(/^before ["\\]*\*\*\*["\\]* after$/.test(masked), masked);
  });
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, "0");
}

Deno.test("createMask() reads surrogate pairs, alone and escaped", () => {
  const mask = createMask(["pass🔑word"]);
  strictEqual(mask("x pass🔑word y"), "x *** y");
  strictEqual(mask("x pass\\ud83d\\udd11word y"), "x *** y");
  strictEqual(mask("x pass%F0%9F%94%91word y"), "x *** y");
  // Half of a pair matches nothing and breaks nothing.
  strictEqual(
    mask("\ud83d pass\\ud83dword \\ud83dx"),
    "\ud83d pass\\ud83dword \\ud83dx",
  );
});

for (
  const text of [
    "100% %zz %2",
    "\\",
    "a\\q \\u12 \\xz \\U00110000",
    "& &; &#; &#x; &#99999999; &#xzz; &bogus; &#",
    "====",
    "a",
  ]
) {
  Deno.test(`createMask() keeps ${JSON.stringify(text)}`, () => {
    strictEqual(createMask(["secret-word"])(text), text);
  });
}

Deno.test("createMask() hides a secret of a megabyte, each line of it, and nothing else", () => {
  const lines = Array.from(
    { length: 4_000 },
    (_, index) => `line ${index} of (a+)+$ \\d [key`,
  );
  const secret = lines.join("\n");
  ok(secret.length > 100_000);
  const mask = createMask([secret, "x".repeat(1_048_576)]);
  strictEqual(mask(`<${secret}>`), "<***>");
  strictEqual(mask(`<${JSON.stringify(secret)}>`), '<"***">');
  strictEqual(mask(`  ${lines[777]}\n`), "  ***\n");
  strictEqual(mask(`y${"x".repeat(1_048_576)}y`), "y***y");
  strictEqual(mask("x".repeat(1_000)), "x".repeat(1_000));
});

Deno.test("createMask() hides thousands of secrets with one beginning", () => {
  const secrets = Array.from({ length: 5_000 }, (_, i) => `xoxb-0000-${i}-end`);
  const mask = createMask(secrets);
  strictEqual(mask(secrets.join(" ")), secrets.map(() => "***").join(" "));
  strictEqual(mask("xoxb-0000-"), "xoxb-0000-");
});

Deno.test("createMask() withholds a text that it cannot search, and shows no error", () => {
  const secret = "hunter2hunter2";
  const mask = createMask({
    [Symbol.iterator]: () => {
      throw new Error(`Cannot use ${secret}`);
    },
  });
  const shown = "(not shown, because secrets could not be hidden in it)";
  strictEqual(mask(secret), shown);
});

for (
  const [url, shown] of [
    [
      "https://hooks.slack.com/services/T1/B1/abc",
      "https://hooks.slack.com/***",
    ],
    ["https://discord.com/api/webhooks/1/abc", "https://discord.com/***"],
    ["https://discord.com/channels/1", "https://discord.com/channels/1"],
    [
      "https://x.webhook.office.com/webhookb2/a@b/IncomingWebhook/c/d",
      "https://x.webhook.office.com/***",
    ],
    [
      "https://api.telegram.org/bot1:abc/sendMessage",
      "https://api.telegram.org/***",
    ],
    [
      "https:\\/\\/hooks.slack.com\\/services\\/a",
      "https://hooks.slack.com/***",
    ],
    ["https://hook.eu1.make.com/abc", "https://hook.eu1.make.com/***"],
    [
      "https://chat.example/hooks/xkq3n5zq3pnf8rj9dsk4t1eo7w",
      "https://chat.example/hooks/***",
    ],
    ["https://chat.example/hooks/deploy", "https://chat.example/hooks/deploy"],
    [
      "https://ci.example/start?token=abc&ref=main",
      "https://ci.example/start?token=***&ref=main",
    ],
    ["https://me:pw@git.example/a", "https://***@git.example/a"],
    ["redis://:p/a#s?s@w@host:6379/0", "redis://***@host:6379/0"],
    ["https://git.example/@me/x", "https://git.example/@me/x"],
    [
      "https://git.example/commit/5c0ffee1d00d5c0ffee1d00d5c0ffee1d00d5c0f",
      "https://git.example/commit/5c0ffee1d00d5c0ffee1d00d5c0ffee1d00d5c0f",
    ],
    ["https://[broken", "https://[broken"],
    ["://x", "://x"],
  ] as const
) {
  Deno.test(`createMask() shows ${url} as ${shown}`, () => {
    const mask = createMask([]);
    strictEqual(mask(url), shown);
    strictEqual(
      mask(`see "${url}" and <${url}>`),
      `see "${shown}" and <${shown}>`,
    );
  });
}
