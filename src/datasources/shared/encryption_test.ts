import { notStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { encryptionCodec } from "./encryption.ts";
import type { SealedPart } from "./extras.ts";

function newKey(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64();
}

const key = newKey();
const codec = await encryptionCodec([key]);
const PART: SealedPart = { kind: "sqlite", id: "a1", revision: 7 };

/** What a version sealed that bound nothing but the key. */
async function sealUnbound(text: string): Promise<string> {
  const bytes = Uint8Array.fromBase64(key);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const name = new Uint8Array(digest).toHex().slice(0, 8);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(`cicdstatemgr 1 ${name}`);
  const data = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData },
    await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt"]),
    new TextEncoder().encode(text),
  );
  return JSON.stringify({
    "cicdstatemgr-encrypted": 1,
    key: name,
    nonce: iv.toBase64(),
    data: new Uint8Array(data).toBase64(),
  });
}

Deno.test("encryptionCodec() opens what it sealed, and nothing is readable", async () => {
  for (const text of ["", "{}", "⚓ \ufeff\0 'x'\n".repeat(500)]) {
    const sealed = await codec.seal(text, PART);
    notStrictEqual(await codec.seal(text, PART), sealed);
    ok(!sealed.includes("⚓"));
    ok(sealed.startsWith(codec.prefix));
    strictEqual(Object.keys(JSON.parse(sealed))[0], "cicdstatemgr-encrypted");
    strictEqual(await codec.open(sealed, PART, "x"), text);
    strictEqual(await codec.open(`${sealed}\n`, PART, "x"), text);
  }
});

Deno.test("encryptionCodec() binds a string to any id", async () => {
  for (const id of ["", 'a"b\\', "a]{}\n", "⚓".repeat(300), "\ud800"]) {
    const part = { kind: "jsonfile", id };
    const sealed = await codec.seal("text", part);
    strictEqual(await codec.open(sealed, part, "x"), "text");
    strictEqual(
      await codec.open(sealed, { ...part, id: undefined }, "x"),
      "text",
    );
  }
});

for (
  const [what, other, found] of [
    ["another id", { id: "b2" }, '"a1"'],
    ["another kind of datasource", { kind: "redis" }, "what a sqlite held"],
    ["a later revision", { revision: 8 }, "revision 7, not 8"],
    ["an earlier revision", { revision: 6 }, "revision 7, not 6"],
    ["no revision", { revision: undefined }, "revision 7, not undefined"],
    ["an entry of a history", { isEntry: true }, "a document"],
  ] as const
) {
  Deno.test(`encryptionCodec() does not open a string as ${what}`, async () => {
    const sealed = await codec.seal("text", PART);
    await rejects(codec.open(sealed, { ...PART, ...other }, "x"), {
      code: "STORE",
      message: `somebody has put ${found} in its place`,
    });
    // Nor if the string claims to be that.
    const claimed = await codec.seal("other", { ...PART, ...other });
    const forged = JSON.parse(sealed);
    const { nonce, data } = JSON.parse(claimed);
    await rejects(
      codec.open(JSON.stringify({ ...forged, nonce, data }), PART, "x"),
      { message: "what is encrypted there was altered" },
    );
  });
}

Deno.test("encryptionCodec() does not open an entry of a history as a document", async () => {
  const entry = await codec.seal("text", { ...PART, isEntry: true });
  await rejects(codec.open(entry, PART, "x"), {
    message: "somebody has put an entry of a history in its place",
  });
});

Deno.test("encryptionCodec() refuses a string of which any bit has changed", async () => {
  const lenient = await encryptionCodec([key], { acceptPlain: true });
  for (const text of ['{"a":1}', '{"a":12}', '{"a":123}']) {
    for (
      const sealed of [await codec.seal(text, PART), await sealUnbound(text)]
    ) {
      const bytes = new TextEncoder().encode(sealed);
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = bytes.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        const stored = new TextDecoder().decode(changed);
        for (const each of [codec, lenient]) {
          await rejects(
            each.open(stored, PART, "x"),
            { code: "STORE" },
            stored,
          );
        }
      }
    }
  }
});

Deno.test("encryptionCodec() refuses what is not encrypted, unless it may be", async () => {
  const warnings: string[] = [];
  const lenient = await encryptionCodec([key], {
    acceptPlain: true,
    warn: (message) => warnings.push(message),
  });
  const unbound = await sealUnbound("text");
  for (
    const [stored, text, how] of [
      ['{"a": 1}', '{"a": 1}', "is not encrypted"],
      ["", "", "is not encrypted"],
      [unbound, "text", "was encrypted by an earlier version"],
    ] as const
  ) {
    await rejects(codec.open(stored, PART, "x"), {
      code: "STORE",
      message: `it ${how}`,
      hint: /cicdstatemgr reseal/,
    });
    warnings.length = 0;
    strictEqual(await lenient.open(stored, PART, `"${text}"`), text);
    strictEqual(await lenient.open(stored, PART, `"${text}"`), text);
    strictEqual(warnings.join(), `Read "${text}", which ${how}`);
  }
});

Deno.test("encryptionCodec() seals with the first key and opens with all", async () => {
  const sealed = await codec.seal("text", PART);
  const newer = newKey();
  const both = await encryptionCodec([newer, key]);
  strictEqual(await both.open(sealed, PART, "x"), "text");
  const alone = await encryptionCodec([newer]);
  strictEqual(await alone.open(await both.seal("y", PART), PART, "x"), "y");
});

Deno.test("encryptionCodec() reports a wrong key", async () => {
  const sealed = await codec.seal("text", PART);
  const other = await encryptionCodec([newKey()]);
  await rejects(other.open(sealed, PART, "x"), {
    code: "STORE",
    message: /^it is encrypted with key [0-9a-f]{8}, not with [0-9a-f]{8}$/,
  });
});

Deno.test("encryptionCodec() reports what was cut off or put together", async () => {
  const sealed = await codec.seal("text", PART);
  const fields = JSON.parse(sealed);
  for (
    const text of [
      sealed.slice(0, -5),
      `${sealed}${sealed}`,
      JSON.stringify({ ...fields, nonce: newKey().slice(0, 16) }),
      JSON.stringify({ ...fields, data: "" }),
      JSON.stringify({ ...fields, part: ["sqlite", "a1", 7] }),
    ]
  ) {
    await rejects(codec.open(text, PART, "x"), {
      code: "STORE",
      message: "what is encrypted there was altered",
    });
  }
});

Deno.test("encryptionCodec() refuses what is not a key, and does not show it", async () => {
  for (const wrong of ["", "sesame-street", "c2VzYW1l", `${key}AAAA`]) {
    await rejects(encryptionCodec([key, wrong]), (error: Error) => {
      ok(error.message.endsWith("key 2 is not 32 bytes in Base64"));
      ok(wrong === "" || !Deno.inspect(error).includes(wrong));
      return true;
    });
  }
  await rejects(encryptionCodec([]), { code: "CONFIG" });
  const spaced = await encryptionCodec([` ${key}\n`]);
  strictEqual(await spaced.open(await codec.seal("y", PART), PART, "x"), "y");
});
