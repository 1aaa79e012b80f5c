import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import {
  openMirror,
  openStore,
} from "../../../tests/support/open_datasource.ts";
import { readDocument, replaceDocument } from "../../document/update.ts";
import { Float } from "../../values.ts";
import { encryptionCodec } from "../shared/encryption.ts";

const folder = await Deno.makeTempDir({ prefix: "files-" });
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

function documentOf(id: string) {
  return { whole: new Float(1), state: { cicdContextDataId: id } };
}

const codec = await encryptionCodec([new Uint8Array(32).toBase64()]);

for (const kind of ["jsonfile", "yamlfile"] as const) {
  const path = `${folder}/new/${kind}`;

  Deno.test(`openMirror() of a ${kind} reads back its own document only`, async () => {
    const mirror = await openMirror(kind, { path });
    strictEqual(mirror.name, `${kind} ${path}`);
    strictEqual(await mirror.read!("a1"), undefined);
    await mirror.write("a1", documentOf("a1"));
    deepStrictEqual(await mirror.read!("a1"), documentOf("a1"));
    strictEqual(await mirror.read!("a2"), undefined);
    strictEqual((await Deno.stat(path)).mode! & 0o777, 0o600);
  });

  for (const text of ["", '{"state": {"a"', "[1]", "\0\x01", "a: b: c"]) {
    Deno.test(`openMirror() of a ${kind} reports a damaged file: ${JSON.stringify(text)}`, async () => {
      await Deno.writeTextFile(path, text);
      const mirror = await openMirror(kind, { path });
      await rejects(mirror.read!("a1"), (error: Error & { code: string }) => {
        strictEqual(error.code, "STORE");
        ok(
          error.message.startsWith(`Cannot read ${kind} ${path}: `),
          error.message,
        );
        ok(!error.message.includes("\n"));
        return true;
      });
      await mirror.write("a1", documentOf("a1"));
      deepStrictEqual(await mirror.read!("a1"), documentOf("a1"));
    });
  }

  Deno.test(`openStore() of a ${kind} says which id it holds`, async () => {
    const store = await openStore(kind, { path });
    await replaceDocument(store, "a1", documentOf("a1"));
    await rejects(store.read("a2"), {
      code: "NOT_FOUND",
      message: `No document "a2" in ${kind} ${path}: it holds "a1"`,
      hint: /--id a1/,
    });
    await replaceDocument(store, "a2", documentOf("a2"));
    deepStrictEqual(
      (await readDocument(store, "a2")).document,
      documentOf("a2"),
    );
  });

  Deno.test(`openStore() of a ${kind} seals and opens what it holds`, async () => {
    const store = await openStore(kind, { path }, { codec });
    await replaceDocument(store, "a1", documentOf("a1"));
    ok(!(await Deno.readTextFile(path)).includes("cicdContextDataId"));
    deepStrictEqual(
      (await readDocument(store, "a1")).document,
      documentOf("a1"),
    );
    const plain = await openStore(kind, { path });
    await rejects(plain.read("a1"), {
      code: "STORE",
      message:
        `Cannot read ${kind} ${path}: it is encrypted, and no key is configured`,
    });
  });
}

Deno.test("openMirror() of an idfile holds the id without a line end", async () => {
  const path = `${folder}/id`;
  const mirror = await openMirror("idfile", { path });
  await mirror.write("a1", documentOf("a1"));
  strictEqual(await Deno.readTextFile(path), "a1");
});
