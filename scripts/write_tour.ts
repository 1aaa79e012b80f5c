// Writes what the commands of examples/tour/README.md print below them:
// `deno task tour`.
import { playConsoleBlocks } from "./console_blocks.ts";

const FOLDER = new URL("../examples/tour/", import.meta.url);
const README = new URL("README.md", FOLDER);

const { page } = await playConsoleBlocks(
  await Deno.readTextFile(README),
  FOLDER,
);
await Deno.writeTextFile(README, page);
