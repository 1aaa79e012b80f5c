import { PROGRAM, programCommand } from "./program.ts";

/** How a command ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with a config, in which commands run. */
export class Workspace implements AsyncDisposable {
  /** The folder. */
  readonly path: string;
  /** Additional environment variables of the commands. */
  env: Readonly<Record<string, string>> = {};
  /** The permissions of the commands. */
  permissions: readonly string[] = ["--allow-all"];

  /** The program that they run. */
  program: string = PROGRAM;

  private constructor(path: string) {
    this.path = path;
  }

  /** Creates a workspace with these files; values that are not strings become JSON. */
  static async create(
    files: Readonly<Record<string, unknown>>,
  ): Promise<Workspace> {
    const path = await Deno.makeTempDir({ prefix: "cicdstatemgr-" });
    for (const [name, content] of Object.entries(files)) {
      const folder = name.split("/").slice(0, -1).join("/");
      await Deno.mkdir(`${path}/${folder}`, { recursive: true });
      const text = typeof content === "string"
        ? content
        : JSON.stringify(content);
      await Deno.writeTextFile(`${path}/${name}`, text);
    }
    return new Workspace(path);
  }

  /** Starts a command line of `cicdstatemgr` with `config.yaml`. */
  start(...args: string[]): Deno.ChildProcess {
    return this.#command(args, "null").spawn();
  }

  #command(args: readonly string[], stdin: "null" | "piped"): Deno.Command {
    const [command, ...first] = programCommand(this.permissions, this.program);
    return new Deno.Command(command!, {
      args: [...first, ...args],
      cwd: this.path,
      env: {
        CICDSTATEMGR_CONFIG_PATH: "config.yaml",
        CICDSTATEMGR_CONTEXT_DATA_ID: "run-1",
        NO_COLOR: "1",
        ...this.env,
      },
      stdin,
      stdout: "piped",
      stderr: "piped",
    });
  }

  /** Runs a command line of `cicdstatemgr` and waits for its end. */
  async run(...args: string[]): Promise<Ended> {
    return await end(this.start(...args));
  }

  /** Runs a command line that finds a text on stdin. */
  async pipe(stdin: string, ...args: string[]): Promise<Ended> {
    const child = this.#command(args, "piped").spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(stdin));
    await writer.close();
    return await end(child);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

async function end(child: Deno.ChildProcess): Promise<Ended> {
  const { code, stdout, stderr } = await child.output();
  return {
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
  };
}
