import { strictEqual } from "node:assert/strict";
import { deno, ROOT, TemporaryFolder } from "./process.ts";

Deno.test("deno task vendor makes the nunjucks.js that is committed", async () => {
  await using folder = await TemporaryFolder.create();
  const path = `${folder.path}/nunjucks.js`;
  // deno-fmt-ignore
  const { code, stderr } = await deno([
    "run", "--no-prompt", "--allow-read", `--allow-write=${path}`,
    "--allow-run", "scripts/vendor_nunjucks.ts", path,
  ]);
  strictEqual(code, 0, stderr);
  strictEqual(
    await Deno.readTextFile(new URL("src/deps/nunjucks.js", ROOT)),
    await Deno.readTextFile(path),
    "run deno task vendor",
  );
});
