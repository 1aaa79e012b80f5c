// Runs the demo's command lines in a temporary folder.
import { quoteForShell } from "../src/formats/shell.ts";
import type { DemoAct, DemoStep } from "./demo_steps.ts";

const ROOT = new URL("../", import.meta.url);
/** Where examples/events/ expects the server that stands in for the chat and the CI engine. */
const EXAMPLE_ADDRESS = "127.0.0.1:8077";

/** How an act is played. */
export interface PlayOptions {
  /** The script that `cicdstatemgr` stands for. */
  readonly cli: URL;
  /** Host and port of the server that stands in for the chat and the CI engine. */
  readonly address: string;
  /** Whether what the command lines print is shown. */
  readonly shown: boolean;
  /** Additional environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called before each step, and before each of its command lines. */
  readonly onStep?: (step: DemoStep, number: number) => void;
  readonly onLine?: (line: string) => void;
}

/**
 * Plays an act.
 *
 * @throws {Error} If a command line fails.
 */
export async function playAct(
  act: DemoAct,
  options: PlayOptions,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-demo-" });
  try {
    await prepare(act.example, folder, options);
    for (const [index, step] of act.steps.entries()) {
      options.onStep?.(step, index + 1);
      for (const line of step.lines) {
        options.onLine?.(line);
        await runLine(line, folder, options);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Puts an example's files and a `cicdstatemgr` command into a folder. */
async function prepare(
  example: string,
  folder: string,
  { cli, address }: PlayOptions,
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
exec ${quoteForShell(Deno.execPath())} run --quiet --no-prompt --allow-read=. \\
  --allow-write=localdata --allow-env='CICDSTATEMGR_*' --allow-net=${address} \\
  ${quoteForShell(decodeURIComponent(cli.pathname))} "$@"
`,
    { mode: 0o755 },
  );
}

/**
 * Copies an example, without the documents that somebody who tried it has stored.
 *
 * @param from The example's folder.
 * @param to The folder to write, with a slash at its end.
 */
export async function copyFolder(from: URL, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name === "localdata") continue;
    if (isDirectory) {
      await copyFolder(new URL(`${name}/`, from), `${to}${name}/`);
    } else await Deno.copyFile(new URL(name, from), to + name);
  }
}

async function runLine(
  line: string,
  folder: string,
  { shown, env }: PlayOptions,
): Promise<void> {
  const output = shown ? "inherit" : "piped";
  const ended = await new Deno.Command("sh", {
    args: ["-c", line],
    cwd: folder,
    env: {
      PATH: `${folder}/bin:${Deno.env.get("PATH")}`,
      CICDSTATEMGR_CONFIG_PATH: "config.yaml",
      CICDSTATEMGR_SECRETS_PATH: "secrets.yaml",
      CICDSTATEMGR_CONTEXT_DATA_ID: "checkout-42",
      ...env,
    },
    stdin: "null",
    stdout: output,
    stderr: output,
  }).output();
  if (ended.success) return;
  const why = shown ? "" : `\n${new TextDecoder().decode(ended.stderr)}`;
  throw new Error(`exit status ${ended.code}: ${line}${why}`);
}
