// Writes dist/cicdstatemgr-VERSION.tgz, a package for npm: `deno task pack`.
// `deno pack` makes it; this adds what it lacks: exact versions of dependencies
// and a command.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { VERSION } from "../src/version.ts";

const ROOT = new URL("../", import.meta.url);
const OUTPUT = new URL(`dist/cicdstatemgr-${VERSION}.tgz`, ROOT).pathname;
/** Finds deno on the PATH, where `npm install deno` puts it too. */
const SHEBANG =
  "#!/usr/bin/env -S deno run --quiet --no-prompt --allow-read --allow-write --allow-env --allow-net --allow-run\n";

async function run(program: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    cwd: ROOT,
    stdin: "null",
    stdout: "null",
  }).output();
  if (success) return;
  throw new Error(
    `${program} ${args[0]} failed: ${new TextDecoder().decode(stderr)}`,
  );
}

const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-pack-" });
try {
  await Deno.mkdir(new URL("dist/", ROOT), { recursive: true });
  const packed = `${folder}/packed.tgz`;
  // Deno writes types for what the exports reach, and warns about the rest.
  await run(Deno.execPath(), "pack", "--allow-dirty", "--output", packed);
  await run("tar", "-xzf", packed, "-C", folder);
  const manifestPath = `${folder}/package/package.json`;
  const manifest = JSON.parse(await Deno.readTextFile(manifestPath));
  for (const [name, range] of Object.entries(manifest.dependencies ?? {})) {
    manifest.dependencies[name] = String(range).replace(/^\^/, "");
  }
  manifest.bin = { cicdstatemgr: "./cli.js" };
  await Deno.writeTextFile(
    manifestPath,
    `${JSON.stringify(manifest, null, 2)}\n`,
  );
  const cliPath = `${folder}/package/cli.js`;
  await Deno.writeTextFile(
    cliPath,
    SHEBANG + await Deno.readTextFile(cliPath),
    { mode: 0o755 },
  );
  await run("tar", "-czf", OUTPUT, "-C", folder, "package");
  console.log(OUTPUT);
} finally {
  await Deno.remove(folder, { recursive: true });
}
