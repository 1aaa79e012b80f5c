const ROOT = new URL("../../", import.meta.url);

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
    return new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", ...this.permissions, "--no-prompt"],
        `${ROOT.pathname}cli.ts`,
        ...args,
      ],
      cwd: this.path,
      env: {
        CICDSTATEMGR_CONFIG_PATH: "config.yaml",
        CICDSTATEMGR_CONTEXT_DATA_ID: "run-1",
        NO_COLOR: "1",
        ...this.env,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** Runs a command line of `cicdstatemgr` and waits for its end. */
  async run(...args: string[]): Promise<Ended> {
    const { code, stdout, stderr } = await this.start(...args).output();
    return {
      code,
      stdout: new TextDecoder().decode(stdout),
      stderr: new TextDecoder().decode(stderr),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}
