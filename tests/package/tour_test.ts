import { strictEqual } from "node:assert/strict";
import { playConsoleBlocks } from "../../scripts/console_blocks.ts";
import { ROOT } from "./process.ts";

Deno.test("examples/tour prints what its README says", async () => {
  const folder = new URL("examples/tour/", ROOT);
  const readme = await Deno.readTextFile(new URL("README.md", folder));
  const { page } = await playConsoleBlocks(readme, folder);
  // `deno task tour` writes it again.
  strictEqual(page, readme);
});
