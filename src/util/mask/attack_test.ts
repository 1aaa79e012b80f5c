import { ok } from "node:assert/strict";
import { createMask } from "./mask.ts";

/** Secrets that are hard to find, or that look like something else. */
const SECRETS = [
  "hunter2hunter2",
  "(a+)+$[z-a]\\d{9}*?|^",
  "$&$1$`$'${x}",
  "{{ secretData }}{% raw %}",
  "p@ss:w/rd?a=b&c#d%41+e",
  "100%25%2525",
  "blanks   inside of it",
  "quo\"te's`and\\backslashes\\\\n",
  "<b>&amp;&#38;&quot;</b>",
  "tab\tand\u0001control\u007f",
  "åse ørsted ñandú",
  "пароль-секрет",
  "密码是这个秘密",
  "🔑🗝️key of emoji",
  "e\u0301 combined",
  "c2VjcmV0LWluLWJhc2U2NA==",
  "eyJhbGciOiJIUzI1NiJ9.e30.s-_9",
  "1234567890",
  "3.14159e-10",
  "aaaaaaaaaaaaaaaa",
  "abababababababab",
  "*** *** ***",
  "-----BEGIN KEY-----\nMIIBVgIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----\n",
  "line one of it\r\nline two of it",
  "redis://:p/a#s?s@w@host",
  "https://x.example/hook?token=abcdef",
  "\\u0061\\x61\\n",
  "%73%65%63%72%65%74",
  "==========",
  "++++////----____",
];

const encoder = new TextEncoder();

function base64(text: string, before = "", alphabet = "base64"): string {
  const bytes = encoder.encode(`${before}${text}tail`);
  return bytes.toBase64({ alphabet: alphabet as "base64" });
}

function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function eachByte(text: string, write: (hex: string) => string): string {
  return Array.from(
    encoder.encode(text),
    (byte) => write(byte.toString(16).padStart(2, "0")),
  ).join("");
}

function entities(text: string, write: (code: number) => string): string {
  return Array.from(text, (c) => write(c.codePointAt(0)!)).join("");
}

const HTML: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** How programs write a string into a log, a URL, a header or a body. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  "plain": (s) => s,
  "JSON": (s) => JSON.stringify({ s }),
  "ASCII JSON": asciiJson,
  "JSON in JSON": (s) => JSON.stringify(JSON.stringify(s)),
  "ASCII JSON in JSON": (s) => JSON.stringify(asciiJson(s)),
  "JSON with escaped slashes": (s) => asciiJson(s).replaceAll("/", "\\/"),
  "URL component": (s) => encodeURIComponent(s),
  "lowercase URL": (s) =>
    encodeURIComponent(s).replace(/%../g, (x) => x.toLowerCase()),
  "form": (s) => new URLSearchParams({ s }).toString(),
  "all percent": (s) => eachByte(s, (hex) => `%${hex}`),
  "URL in JSON": (s) => JSON.stringify(`"${encodeURIComponent(s)}"`),
  "base64": (s) => base64(s),
  "base64 behind one byte": (s) => base64(s, "a"),
  "base64 behind two bytes": (s) => base64(s, "ab"),
  "base64url": (s) => base64(s, "", "base64url"),
  "base64url behind a byte": (s) => base64(s, "a", "base64url"),
  "base64 in a URL": (s) => encodeURIComponent(base64(s, "ab")),
  "base64 in JSON": (s) => asciiJson(base64(s)).replaceAll("/", "\\/"),
  "base64 in lines": (s) => base64(s).replace(/.{16}/g, "$&\r\n"),
  "basic authorization": (s) => `Basic ${base64(s, "user:")}`,
  "HTML": (s) => s.replace(/[&<>"']/g, (c) => HTML[c]!),
  "decimal entities": (s) => entities(s, (code) => `&#${code};`),
  "hex entities": (s) => entities(s, (code) => `&#x${code.toString(16)};`),
};

for (const [form, write] of Object.entries(FORMS)) {
  Deno.test(`createMask() leaves nothing of ${SECRETS.length} secrets written as ${form}`, () => {
    for (const secret of SECRETS) {
      const mask = createMask(["another-secret", secret]);
      const written = write(secret.toWellFormed());
      const masked = mask(`before ${written} after`);
      ok(masked.includes("***"), `${secret} as ${written}`);
      ok(/^before .* after$/s.test(masked), masked);
      // No six characters in a row of what carried the secret.
      const carrier = write(secret.trim()).replace(/tail|user/g, "");
      for (let at = 8; at + 14 < carrier.length - 8; at++) {
        const piece = carrier.slice(at, at + 6);
        if (/^(?:\*\*\* ?)+$|^\W+$/.test(piece)) continue;
        ok(!masked.includes(piece), `${secret} as ${form}: ${masked}`);
      }
    }
  });
}
