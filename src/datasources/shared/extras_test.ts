import { ok, rejects, strictEqual } from "node:assert/strict";
import { encryptionCodec } from "./encryption.ts";
import { BOUND_PREFIX, isSealed, openText, sealText } from "./extras.ts";

const codec = await encryptionCodec([new Uint8Array(32).toBase64()]);
const PART = { kind: "redis", id: "a1", revision: 1 };
const WHERE = '"a1" from redis r:6379/0';

Deno.test("sealText() leaves a string as it is without a codec", async () => {
  strictEqual(await sealText("{}", undefined, PART), "{}");
});

Deno.test("openText() opens what sealText() sealed", async () => {
  const sealed = await sealText("{}", codec, PART);
  ok(sealed.startsWith(BOUND_PREFIX));
  strictEqual(await openText(sealed, codec, { ...PART, where: "x" }), "{}");
});

Deno.test("openText() opens what was never sealed only without a codec", async () => {
  const options = { ...PART, where: WHERE };
  strictEqual(await openText("{}", undefined, options), "{}");
  await rejects(openText("{}", codec, options), {
    code: "STORE",
    message: `Cannot read ${WHERE}: it is not encrypted`,
  });
});

Deno.test("openText() says where it found what it cannot open", async () => {
  const options = { ...PART, where: WHERE };
  const sealed = await sealText("{}", codec, PART);
  for (const stored of [sealed, sealed.replace("cicd", "cjcd")]) {
    await rejects(openText(stored, undefined, options), {
      code: "STORE",
      message:
        `Cannot read ${WHERE}: it is encrypted, and no key is configured`,
      hint: "Configure encryption with the key that encrypted it",
    });
  }
  await rejects(openText(`${BOUND_PREFIX}1}`, codec, options), {
    code: "STORE",
    message: `Cannot read ${WHERE}: what is encrypted there was altered`,
  });
});

Deno.test("openText() passes on what is not its own error", async () => {
  const broken = {
    prefix: "",
    seal: (text: string) => Promise.resolve(text),
    open: () => Promise.reject(new RangeError("bug")),
  };
  await rejects(openText("x", broken, { ...PART, where: "x" }), RangeError);
});

Deno.test("isSealed() does not take a document for an encrypted string", () => {
  for (const text of ["", "{}", '{"cicdstatemgr": 1}', '{"state":{"a":1}}']) {
    strictEqual(isSealed(text), false, text);
  }
});
