import { validateWorkflow } from "npm:@action-validator/core@0.6.0";
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { ROOT } from "./process.ts";

const FOLDERS = [
  new URL(".github/workflows/", ROOT),
  new URL("examples/github-actions/.github/workflows/", ROOT),
];
/** The validator's schema is older than this permission. */
const NEW_PERMISSION_REGEXP = /^ +attestations: write\n/gm;

async function workflows(): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const folder of FOLDERS) {
    for await (const { name } of Deno.readDir(folder)) {
      texts.set(name, await Deno.readTextFile(new URL(name, folder)));
    }
  }
  return texts;
}

Deno.test("the workflows follow the schema of GitHub Actions", async () => {
  const found = await workflows();
  strictEqual(found.size, 3);
  for (const [name, text] of found) {
    const known = text.replaceAll(NEW_PERMISSION_REGEXP, "");
    deepStrictEqual(validateWorkflow(known).errors, [], name);
  }
  const broken = found.get("ci.yml")!.replace("runs-on:", "run-on:");
  strictEqual(validateWorkflow(broken).errors.length > 0, true);
});

Deno.test("the workflows pin each action to a commit", async () => {
  for (const [, text] of await workflows()) {
    for (const [line] of text.matchAll(/uses: [^.].*/g)) {
      match(line, /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  }
});
