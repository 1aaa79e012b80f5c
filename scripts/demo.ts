// Plays pipeline runs on the embedded store, in a temporary folder: each command
// line that is shown is run, as it stands, by `sh`.
// deno-lint-ignore-file no-console -- a script that talks to the person who runs it
import { type DemoAct, EVENTS, QUICKSTART } from "./demo_steps.ts";
import { answer } from "./echo_server.ts";

const ROOT = new URL("../", import.meta.url);
/** Where examples/events/ expects the server that plays chat and CI engine. */
const EXAMPLE_ADDRESS = "127.0.0.1:8077";

/** Puts an example's files and a `cicdstatemgr` command into a folder. */
async function prepare(
  example: string,
  folder: string,
  address: string,
): Promise<void> {
  await copyFolder(new URL(`examples/${example}/`, ROOT), `${folder}/`);
  const configPath = `${folder}/config.yaml`;
  const config = await Deno.readTextFile(configPath);
  await Deno.writeTextFile(
    configPath,
    config.replaceAll(EXAMPLE_ADDRESS, address),
  );
  await Deno.mkdir(`${folder}/bin`);
  await Deno.writeTextFile(
    `${folder}/bin/cicdstatemgr`,
    `#!/bin/sh
exec '${Deno.execPath()}' run --quiet --no-prompt --allow-read=. \\
  --allow-write=localdata --allow-env='CICDSTATEMGR_*' --allow-net=${address} \\
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
    args: ["-c", line],
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

/** Plays the chat and the CI engine, and shows what they are sent. */
async function receive(request: Request): Promise<Response> {
  const body = await request.text();
  const { pathname } = new URL(request.url);
  const shown = body.replaceAll(/\s*\n\s*/g, " ").trim();
  console.log(`  received: ${request.method} ${pathname} ${shown}`);
  return answer(request, body);
}

async function play(act: DemoAct, address: string): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-demo-" });
  try {
    await prepare(act.example, folder, address);
    console.log(`\n== ${act.title}`);
    for (const [index, { text, lines }] of act.steps.entries()) {
      console.log(`\n${index + 1}. ${text}\n`);
      for (const line of lines) {
        console.log(`$ ${line}`);
        const code = await runLine(line, folder);
        if (code !== 0) throw new Error(`exit status ${code}: ${line}`);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const server = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  receive,
);
console.log(`Two runs of the service "checkout", each in a temporary folder.

The environment, as a pipeline sets it once for all of its tasks:
  CICDSTATEMGR_CONFIG_PATH=config.yaml
  CICDSTATEMGR_SECRETS_PATH=secrets.yaml
  CICDSTATEMGR_CONTEXT_DATA_ID=checkout-42`);
try {
  const address = `127.0.0.1:${server.addr.port}`;
  for (const act of [QUICKSTART, EVENTS]) await play(act, address);
} finally {
  await server.shutdown();
}
