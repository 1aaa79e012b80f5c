// Writes the JSON Schemas for editors and the reference pages: `deno task reference`.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { referenceFiles } from "./reference_files.ts";

const ROOT = new URL("../", import.meta.url);

for (const [path, text] of await referenceFiles()) {
  await Deno.mkdir(new URL(".", new URL(path, ROOT)), { recursive: true });
  await Deno.writeTextFile(new URL(path, ROOT), text);
  console.log(`wrote ${path}`);
}
