// Plays the `console` blocks of a Markdown page: runs each command and puts what
// it prints below it.
import { installProgram } from "../examples/local/program.ts";
import { answer } from "./echo_server.ts";

const BLOCK_REGEXP = /^```console\n(.*?)^```$/gms;
/** The address that examples name for the stand-in of Slack and the CI engine. */
const EXAMPLE_ADDRESS = "127.0.0.1:8077";
/** What differs from run to run, and what a page shows in its place. */
const STABLE_FORMS: readonly [RegExp, string][] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?/g, "2026-01-31 12:00:00"],
  [/\bin \d+ ms\b/g, "in 12 ms"],
  [/end_[0-9a-f-]{36}/g, "end_6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
];

/** A command of a page, and what it printed. */
export interface PlayedCommand {
  /** As it is written, possibly on several lines. */
  readonly command: string;
  /** Stdout and stderr; a last line names an exit status that is not 0. */
  readonly output: string;
}

/**
 * Runs the commands of a page one after the other in a copy of a folder.
 *
 * @returns The page with their output, and the commands.
 */
export async function playConsoleBlocks(
  page: string,
  folder: URL,
): Promise<{ page: string; commands: PlayedCommand[] }> {
  const copy = await Deno.makeTempDir({ prefix: "cicdstatemgr-page-" });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => answer(request, await request.text()),
  );
  const address = `127.0.0.1:${server.addr.port}`;
  try {
    await copyFolder(folder, `${copy}/`, address);
    await installProgram(`${copy}/.bin`);
    const commands: PlayedCommand[] = [];
    const blocks: string[] = [];
    for (const [, block] of page.matchAll(BLOCK_REGEXP)) {
      const played: PlayedCommand[] = [];
      for (const command of commandsOf(block!)) {
        const output = await run(command, copy);
        const shown = output.replaceAll(address, EXAMPLE_ADDRESS);
        played.push({ command, output: stabilize(shown) });
      }
      commands.push(...played);
      blocks.push(
        played.map(({ command, output }) => `$ ${command}\n${output}`).join(""),
      );
    }
    let index = 0;
    return {
      page: page.replace(
        BLOCK_REGEXP,
        () => `\`\`\`console\n${blocks[index++]}\`\`\``,
      ),
      commands,
    };
  } finally {
    await server.shutdown();
    await Deno.remove(copy, { recursive: true });
  }
}

/** The commands of a block: lines that begin with `$ `, and their continuations. */
function commandsOf(block: string): string[] {
  const commands: string[] = [];
  let isContinued = false;
  for (const line of block.split("\n")) {
    if (isContinued) commands.push(`${commands.pop()}\n${line}`);
    else if (line.startsWith("$ ")) commands.push(line.slice(2));
    else continue;
    isContinued = line.endsWith("\\");
  }
  return commands;
}

async function run(command: string, folder: string): Promise<string> {
  const { code, stdout } = await new Deno.Command("sh", {
    args: ["-c", `exec 2>&1\n${command}`],
    cwd: folder,
    env: {
      PATH: `${folder}/.bin:${Deno.env.get("PATH")}`,
      CICDSTATEMGR_CONFIG_PATH: "config.yaml",
      CICDSTATEMGR_SECRETS_PATH: "secrets.yaml",
      CICDSTATEMGR_CONTEXT_DATA_ID: "checkout-42",
      GITHUB_OUTPUT: `${folder}/github_output`,
      USER: "ci",
      HOME: folder,
      NO_COLOR: "1",
    },
    clearEnv: true,
    stdin: "null",
  }).output();
  const output = new TextDecoder().decode(stdout);
  return code === 0 ? output : `${output}(exit status ${code})\n`;
}

function stabilize(output: string): string {
  return STABLE_FORMS.reduce(
    (result, [found, shown]) => result.replaceAll(found, shown),
    output,
  );
}

async function copyFolder(
  from: URL,
  to: string,
  address: string,
): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name === "localdata") continue;
    if (isDirectory) {
      await copyFolder(new URL(`${name}/`, from), `${to}${name}/`, address);
      continue;
    }
    const text = await Deno.readTextFile(new URL(name, from));
    await Deno.writeTextFile(
      to + name,
      text.replaceAll(EXAMPLE_ADDRESS, address),
    );
  }
}
