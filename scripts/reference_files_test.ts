import { strictEqual } from "node:assert/strict";
import { referenceFiles } from "./reference_files.ts";

const ROOT = new URL("../", import.meta.url);

for (const [path, text] of await referenceFiles()) {
  Deno.test(`referenceFiles() finds ${path} as it writes it`, async () => {
    const found = await Deno.readTextFile(new URL(path, ROOT));
    const hint = `${path} is not current: run scripts/write_reference.ts`;
    strictEqual(found === text, true, hint);
  });
}
