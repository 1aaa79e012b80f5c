import { ok, rejects, strictEqual } from "node:assert/strict";
import { encryptionCodec } from "./encryption.ts";
import { openText, SEALED_PREFIX, sealText } from "./extras.ts";

const codec = await encryptionCodec([new Uint8Array(32).toBase64()]);

Deno.test("sealText() leaves a string as it is without a codec", async () => {
  strictEqual(await sealText("{}", undefined), "{}");
});

Deno.test("openText() opens what sealText() sealed", async () => {
  const sealed = await sealText("{}", codec);
  ok(sealed.startsWith(SEALED_PREFIX));
  strictEqual(await openText(sealed, codec, "x"), "{}");
});

Deno.test("openText() opens what was never sealed, with and without a codec", async () => {
  strictEqual(await openText("{}", codec, "x"), "{}");
  strictEqual(await openText("{}", undefined, "x"), "{}");
});

Deno.test("openText() says where it found what it cannot open", async () => {
  const sealed = await sealText("{}", codec);
  const where = '"a1" from redis r:6379/0';
  await rejects(openText(sealed, undefined, where), {
    code: "STORE",
    message: `Cannot read ${where}: it is encrypted, and no key is configured`,
    hint: "Configure encryption with the key that encrypted it",
  });
  await rejects(openText(`${SEALED_PREFIX}1}`, codec, where), {
    code: "STORE",
    message: /^Cannot read "a1" from redis r:6379\/0: /,
  });
});

Deno.test("openText() passes on what is not its own error", async () => {
  const broken = {
    seal: (text: string) => Promise.resolve(text),
    open: () => Promise.reject(new RangeError("bug")),
  };
  await rejects(openText("x", broken, "x"), RangeError);
});
