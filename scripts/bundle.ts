// Writes dist/cli.js, which needs nothing but Deno, and dist/ioredis.js, which
// it loads only for Redis Sentinel and Cluster.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it

const ROOT = new URL("../", import.meta.url);
const IOREDIS_IMPORT_REGEXP = /\bimport\("[^"]*\/deps\/ioredis\.ts"\)/g;
const NODE_REQUIRE_REGEXP = /(?<![\w$])(?!import\()[\w$]+\("(node:[^"]+)"\)/;
const OWN_IMPORT_REGEXP = /[\w./]+\/deps\/ioredis\.ts/;

async function bundle(
  entry: string,
  output: string,
  ...flags: string[]
): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      ...flags,
      `--output=${output}`,
      entry,
    ],
    cwd: ROOT,
  }).spawn().status;
  if (!success) Deno.exit(1);
}

await Deno.mkdir(new URL("dist/", ROOT), { recursive: true });

// With --platform=deno a bundle begins with an import of node:module, which
// takes longer than all the rest of a short command.
await bundle(
  "cli.ts",
  "dist/cli.js",
  "--platform=browser",
  "--external=*/deps/ioredis.ts",
  "--external=node:*",
  "--minify",
);
// It needs Node's modules. Minified, it would not find them.
await bundle("src/deps/ioredis.ts", "dist/ioredis.js", "--platform=deno");

const cliUrl = new URL("dist/cli.js", ROOT);
const text = (await Deno.readTextFile(cliUrl))
  .replaceAll(IOREDIS_IMPORT_REGEXP, 'import("./ioredis.js")');
const unresolved = NODE_REQUIRE_REGEXP.exec(text)?.[1] ??
  OWN_IMPORT_REGEXP.exec(text)?.[0];
if (unresolved) {
  throw new Error(`dist/cli.js needs ${unresolved}: load it with import()`);
}
await Deno.writeTextFile(cliUrl, text);

for (const name of ["cli.js", "ioredis.js"]) {
  const { size } = await Deno.stat(new URL(`dist/${name}`, ROOT));
  console.log(`dist/${name}  ${Math.ceil(size / 1024)} KiB`);
}
