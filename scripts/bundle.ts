// Writes dist/cli.js, which needs nothing but Deno, and dist/ioredis.js, which
// it loads only for Redis Sentinel and Cluster.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { bundle } from "./deno_bundle.ts";
import { markCalled } from "./mark_called.ts";

const ROOT = new URL("../", import.meta.url);
const DIST = new URL("dist/", ROOT);
const DIST_PATH = decodeURIComponent(DIST.pathname);
const IOREDIS_IMPORT_REGEXP = /\bimport\("[^"]*\/deps\/ioredis\.ts"\)/g;
const EAGER = "__eager";
const EAGER_REGEXP = new RegExp(`\\b${EAGER}(?=\\()`, "g");
const NODE_REQUIRE_REGEXP = /(?<![\w$])(?!import\()[\w$]+\("(node:[^"]+)"\)/;
const OWN_IMPORT_REGEXP = /[\w./]+\/deps\/ioredis\.ts/;

/** Replaces a file of dist/ at once: somebody may be reading it. */
async function write(name: string, text: string): Promise<void> {
  const temporary = await Deno.makeTempFile({ dir: DIST_PATH });
  await Deno.writeTextFile(temporary, text);
  await Deno.chmod(temporary, 0o644);
  await Deno.rename(temporary, new URL(name, DIST));
}

/** Escapes what is not ASCII: V8 stores such a file in half the memory. */
function escapeBeyondAscii(code: string): string {
  return code.replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Bundles the CLI so that the functions which most commands call are compiled
 * with the file.
 *
 * V8 compiles a function when it is first called, in every process again. A
 * function in parentheses is compiled with the file, so Deno's code cache holds
 * it for the next process. A cache of all functions would be slow to read. The
 * minifier removes needless parentheses, so until it is done they belong to a
 * call.
 */
async function bundleCli(): Promise<string> {
  const readable = await bundle(
    "cli.ts",
    // With --platform=deno a bundle begins by importing node:module, which takes
    // longer than the rest of a short command.
    "--platform=browser",
    "--external=*/deps/ioredis.ts",
    "--external=node:*",
  );
  const folder = await Deno.makeTempDir({ dir: DIST_PATH });
  const unfinished = `${folder}/cli.js`;
  try {
    await Deno.writeTextFile(
      unfinished,
      readable.replaceAll(IOREDIS_IMPORT_REGEXP, 'import("./ioredis.js")'),
    );
    const marked = await markCalled(
      new URL(`file://${encodeURI(unfinished)}`),
      EAGER,
    );
    await Deno.writeTextFile(unfinished, marked);
    const minified = await bundle(
      unfinished,
      "--platform=browser",
      "--external=./ioredis.js",
      "--external=node:*",
      "--minify",
    );
    return escapeBeyondAscii(minified.replaceAll(EAGER_REGEXP, ""));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

await Deno.mkdir(DIST, { recursive: true });
// ioredis needs Node's modules, and recognizes a Cluster by the name of its
// class, which minifying would change.
const ioredis = await bundle("src/deps/ioredis.ts", "--platform=deno");
await write("ioredis.js", ioredis);
const cli = await bundleCli();
const unresolved = NODE_REQUIRE_REGEXP.exec(cli)?.[1] ??
  OWN_IMPORT_REGEXP.exec(cli)?.[0];
if (unresolved) {
  throw new Error(`dist/cli.js needs ${unresolved}: load it with import()`);
}
if (cli.includes(EAGER)) throw new Error("dist/cli.js has a mark left");
await write("cli.js", cli);

for (const name of ["cli.js", "ioredis.js"]) {
  const { size } = await Deno.stat(new URL(name, DIST));
  console.log(`dist/${name}  ${Math.ceil(size / 1024)} KiB`);
}
