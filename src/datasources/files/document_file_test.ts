import {
  deepStrictEqual,
  ok,
  rejects,
  strictEqual,
  throws,
} from "node:assert/strict";
import { Float } from "../../values.ts";
import { encryptionCodec } from "../shared/encryption.ts";
import { fileMirror, jsonFile } from "./document_file.ts";
import { idFileMirror } from "./id_file.ts";
import { yamlFile } from "./yaml_file.ts";

const folder = await Deno.makeTempDir({ prefix: "document-file-" });
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

function newPath(): string {
  return `${folder}/${crypto.randomUUID()}`;
}

function documentOf(id: string) {
  return { whole: new Float(1), state: { cicdContextDataId: id } };
}

const FILES = { jsonfile: jsonFile, yamlfile: yamlFile };

for (const [kind, fileAt] of Object.entries(FILES)) {
  Deno.test(`a ${kind} names its kind and path`, () => {
    const file = fileAt({ path: "a/b" });
    strictEqual(file.name, `${kind} a/b`);
    strictEqual(file.path, "a/b");
  });

  Deno.test(`a ${kind} writes what it decodes`, async () => {
    const file = fileAt({ path: newPath() });
    strictEqual(await file.readStored(), undefined);
    const stored = await file.write("a1", documentOf("a1"), { durable: true });
    strictEqual(await file.readStored(), stored);
    deepStrictEqual(await file.decode(stored!), documentOf("a1"));
  });

  Deno.test(`a ${kind} reads past a byte order mark`, async () => {
    const file = fileAt({ path: newPath() });
    deepStrictEqual(await file.decode('\uFEFF{"a": 1}'), { a: 1 });
  });

  Deno.test(`a ${kind} is not written if that is not confirmed`, async () => {
    const file = fileAt({ path: newPath() });
    const options = { durable: true, confirm: () => Promise.resolve(false) };
    strictEqual(await file.write("a1", documentOf("a1"), options), undefined);
    strictEqual(await file.readStored(), undefined);
  });

  Deno.test(`a ${kind} that is encrypted can be read only with the key`, async () => {
    const codec = await encryptionCodec([new Uint8Array(32).toBase64()]);
    const path = newPath();
    const stored = await fileAt({ path, codec })
      .write("a1", documentOf("a1"), { durable: false });
    ok(!stored!.includes("cicdContextDataId"));
    deepStrictEqual(
      await fileAt({ path, codec }).decode(stored!),
      documentOf("a1"),
    );
    await rejects(fileAt({ path }).decode(stored!), {
      code: "STORE",
      message:
        `Cannot read ${kind} ${path}: it is encrypted, and no key is configured`,
    });
  });

  Deno.test(`a ${kind} reports a folder in its place`, async () => {
    await rejects(fileAt({ path: folder }).readStored(), {
      code: "STORE",
      message: `Cannot read ${kind} ${folder}: it is a folder`,
    });
    await rejects(fileAt({ path: folder }).remove(), { code: "STORE" });
  });
}

Deno.test("jsonFile() writes indented JSON", async () => {
  const stored = await jsonFile({ path: newPath() }).write("a1", { a: [1] }, {
    durable: false,
  });
  strictEqual(stored, '{\n  "a": [\n    1\n  ]\n}');
});

Deno.test("yamlFile() writes YAML", async () => {
  const stored = await yamlFile({ path: newPath() }).write("a1", { a: [1] }, {
    durable: false,
  });
  strictEqual(stored, "a:\n- 1\n");
});

Deno.test("expectId() names the id that a file holds", () => {
  const file = jsonFile({ path: "f" });
  file.expectId(documentOf("a1"), "a1");
  throws(() => file.expectId(documentOf("a1"), "a2"), {
    code: "NOT_FOUND",
    message: 'No document "a2" in jsonfile f: it holds "a1"',
    hint:
      "Select it with --id a1, or replace it with cicdstatemgr init a2 --replace",
  });
  throws(() => file.expectId({}, "a2"), {
    message: 'No document "a2" in jsonfile f: it holds one without an id',
    hint: "If a program is writing the file, try again when it is done",
  });
});

Deno.test("fileMirror() removes only the document that it holds", async () => {
  const path = newPath();
  const mirror = fileMirror(jsonFile({ path }));
  await mirror.remove!("a1");
  await mirror.write("a1", documentOf("a1"));
  await mirror.remove!("a2");
  ok(await Deno.stat(path));
  await mirror.remove!("a1");
  await rejects(Deno.stat(path), Deno.errors.NotFound);
});

Deno.test("fileMirror() checks that it can be written, and leaves nothing", async () => {
  const path = `${newPath()}/new/state.json`;
  await fileMirror(jsonFile({ path })).check!();
  await rejects(Deno.stat(path), Deno.errors.NotFound);
  await rejects(fileMirror(jsonFile({ path: folder })).check!(), {
    message: `Cannot write jsonfile ${folder}: it is a folder`,
  });
});

Deno.test("idFileMirror() holds the id without a newline", async () => {
  const path = newPath();
  const mirror = idFileMirror(path);
  strictEqual(mirror.name, `idfile ${path}`);
  await mirror.check!();
  await mirror.write("a1", {});
  strictEqual(await Deno.readTextFile(path), "a1");
  strictEqual(mirror.read, undefined);
});

Deno.test("idFileMirror() removes only the id that it holds", async () => {
  const path = newPath();
  const mirror = idFileMirror(path);
  await mirror.remove!("a1");
  await mirror.write("a1", {});
  await mirror.remove!("a2");
  ok(await Deno.stat(path));
  await mirror.remove!("a1");
  await rejects(Deno.stat(path), Deno.errors.NotFound);
});
