import { rejects, strictEqual } from "node:assert/strict";
import { replaceDocument } from "../../document/update.ts";
import { jsonFile } from "./document_file.ts";
import { fileStore } from "./file_store.ts";
import { fileRecords } from "./records.ts";

async function createFile() {
  const folder = await Deno.makeTempDir({ prefix: "records-" });
  const path = `${folder}/state.json`;
  const file = jsonFile({ path });
  await write("a1");
  async function write(id: string): Promise<void> {
    const store = fileStore(file);
    await replaceDocument(store, id, { state: { cicdContextDataId: id } });
  }
  return {
    path,
    records: fileRecords(file),
    write,
    async [Symbol.asyncDispose]() {
      await Deno.remove(folder, { recursive: true });
    },
  };
}

Deno.test("fileRecords() keeps them beside the file, for its owner only", async () => {
  await using file = await createFile();
  await file.records.swap("a1", "x", "1", undefined);
  const { mode } = await Deno.stat(`${file.path}.records`);
  strictEqual(mode! & 0o777, 0o600);
});

Deno.test("fileRecords() ignores those of another document", async () => {
  await using file = await createFile();
  await file.records.swap("a1", "x", "1", undefined);
  await file.write("b1");
  strictEqual(await file.records.read("b1", "x"), undefined);
  strictEqual(await file.records.swap("a1", "x", "2", "1"), false);
  strictEqual(await file.records.swap("b1", "x", "2", undefined), true);
  strictEqual(await file.records.read("a1", "x"), undefined);
});

Deno.test("fileRecords() shares them between the names of a file", async () => {
  await using file = await createFile();
  const link = `${file.path}.link`;
  await Deno.symlink(file.path, link);
  await file.records.swap("a1", "x", "1", undefined);
  const linked = fileRecords(jsonFile({ path: link }));
  strictEqual(await linked.read("a1", "x"), "1");
});

for (const text of ["{", "[]", '"x"']) {
  Deno.test(`fileRecords() says what to do about ${text}`, async () => {
    await using file = await createFile();
    await Deno.writeTextFile(`${file.path}.records`, text);
    await rejects(file.records.read("a1", "x"), {
      code: "STORE",
      message: /^Cannot read jsonfile \S+state\.json\.records: /,
      hint: "Remove it; locks that are held now are then lost",
    });
  });
}
