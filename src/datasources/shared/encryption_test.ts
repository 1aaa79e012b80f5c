import { notStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { encryptionCodec } from "./encryption.ts";

function newKey(): string {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64();
}

const key = newKey();
const codec = await encryptionCodec([key]);

Deno.test("encryptionCodec() opens what it sealed, and nothing is readable", async () => {
  for (const text of ["", "{}", "⚓ \ufeff\0 'x'\n".repeat(500)]) {
    const sealed = await codec.seal(text);
    notStrictEqual(await codec.seal(text), sealed);
    ok(!sealed.includes("⚓"));
    strictEqual(Object.keys(JSON.parse(sealed))[0], "cicdstatemgr-encrypted");
    strictEqual(await codec.open(sealed), text);
    strictEqual(await codec.open(`${sealed}\n`), text);
  }
});

Deno.test("encryptionCodec() passes on what was never sealed", async () => {
  strictEqual(await codec.open('{"a": 1}'), '{"a": 1}');
});

Deno.test("encryptionCodec() seals with the first key and opens with all", async () => {
  const sealed = await codec.seal("text");
  const newer = newKey();
  const both = await encryptionCodec([newer, key]);
  strictEqual(await both.open(sealed), "text");
  strictEqual(
    await (await encryptionCodec([newer])).open(await both.seal("x")),
    "x",
  );
});

Deno.test("encryptionCodec() reports a wrong key", async () => {
  const sealed = await codec.seal("text");
  const other = await encryptionCodec([newKey()]);
  await rejects(other.open(sealed), {
    code: "STORE",
    message: /^it is encrypted with key [0-9a-f]{8}, not with [0-9a-f]{8}$/,
  });
});

Deno.test("encryptionCodec() reports what was changed or cut off", async () => {
  const sealed = await codec.seal("text");
  const fields = JSON.parse(sealed);
  const data = Uint8Array.fromBase64(fields.data);
  data[0]! ^= 1;
  for (
    const text of [
      sealed.slice(0, -5),
      JSON.stringify({ ...fields, data: data.toBase64() }),
      JSON.stringify({ ...fields, nonce: newKey().slice(0, 16) }),
      JSON.stringify({ ...fields, data: "" }),
    ]
  ) {
    await rejects(codec.open(text), {
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
  strictEqual(
    await (await encryptionCodec([` ${key}\n`])).open(await codec.seal("x")),
    "x",
  );
});
