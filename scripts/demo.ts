// Plays a pipeline run on the embedded store, in a temporary folder: each
// command line that is shown is run, as it stands, by `sh`.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { DEMO_STEPS } from "./demo_steps.ts";

const ROOT = new URL("../", import.meta.url);

/** Puts the example's files and a `cicdstatemgr` command into a folder. */
async function prepare(folder: string): Promise<void> {
  await copyFolder(new URL("examples/quickstart/", ROOT), `${folder}/`);
  await Deno.mkdir(`${folder}/bin`);
  await Deno.writeTextFile(
    `${folder}/bin/cicdstatemgr`,
    `#!/bin/sh
exec '${Deno.execPath()}' run --quiet --no-prompt --allow-read=. \\
  --allow-write=localdata --allow-env='CICDSTATEMGR_*' \\
  '${new URL("cli.ts", ROOT).pathname}' "$@"
`,
    { mode: 0o755 },
  );
}

async function copyFolder(from: URL, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) {
      await copyFolder(new URL(`${name}/`, from), `${to}${name}/`);
    } else await Deno.copyFile(new URL(name, from), to + name);
  }
}

async function runLine(line: string, folder: string): Promise<number> {
  const { code } = await new Deno.Command("sh", {
    args: ["-c", `${line}\n`],
    cwd: folder,
    env: {
      PATH: `${folder}/bin:${Deno.env.get("PATH")}`,
      CICDSTATEMGR_CONFIG_PATH: "config.yaml",
      CICDSTATEMGR_SECRETS_PATH: "secrets.yaml",
      CICDSTATEMGR_CONTEXT_DATA_ID: "checkout-42",
    },
    stdin: "null",
  }).spawn().status;
  return code;
}

const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-demo-" });
try {
  await prepare(folder);
  console.log(
    `A run of the service "checkout", with what is in examples/quickstart/.

The environment, as a pipeline sets it once for all of its tasks:
  CICDSTATEMGR_CONFIG_PATH=config.yaml
  CICDSTATEMGR_SECRETS_PATH=secrets.yaml
  CICDSTATEMGR_CONTEXT_DATA_ID=checkout-42`,
  );
  for (const [index, { text, lines, exit = 0 }] of DEMO_STEPS.entries()) {
    console.log(`\n${index + 1}. ${text}\n`);
    for (const line of lines) {
      console.log(`$ ${line}`);
      const code = await runLine(line, folder);
      if (code === exit) continue;
      throw new Error(`exit status ${code}, expected ${exit}: ${line}`);
    }
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
