import { main } from "../../src/cli/main.ts";
import type { Ended } from "./workspace.ts";

/** What a command line finds beside its arguments. */
export interface CallOptions {
  readonly stdin?: string;
  /** What the user answers; without it stdin is not a terminal. */
  readonly answer?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether stdout and stderr are terminals. */
  readonly isTerminal?: boolean;
}

/**
 * A temporary folder in which command lines run in this process: as fast as a
 * function call, and seen by coverage. `@DIR@` in files is the folder.
 */
export class CliSession implements AsyncDisposable {
  readonly path: string;
  /** The environment variables. */
  env: Readonly<Record<string, string>>;

  private constructor(path: string) {
    this.path = path;
    this.env = {
      CICDSTATEMGR_CONFIG_PATH: `${path}/config.yaml`,
      CICDSTATEMGR_CONTEXT_DATA_ID: "run-1",
      CICDSTATEMGR_INIT_APP_CONFIG_PATH: `${path}/app.yaml`,
    };
  }

  /** Creates a folder with files, and in it the document `run-1` on SQLite. */
  static async create(
    context: Record<string, unknown> = {},
    files: Readonly<Record<string, string>> = {},
  ): Promise<CliSession> {
    const path = await Deno.makeTempDir({ prefix: "cicdstatemgr-" });
    const session = new CliSession(path);
    await session.write("config.yaml", CONFIG);
    await session.write(
      "app.yaml",
      JSON.stringify({ "cicd-contexts": { stage: context } }),
    );
    for (const [name, text] of Object.entries(files)) {
      await session.write(name, text);
    }
    const { code, stderr } = await session.run("init", "run-1");
    if (code !== 0) throw new Error(stderr);
    return session;
  }

  /** Writes a file in the folder. */
  async write(name: string, text: string): Promise<void> {
    await Deno.writeTextFile(
      `${this.path}/${name}`,
      text.replaceAll("@DIR@", this.path),
    );
  }

  /** Runs a command line. */
  run(...args: readonly string[]): Promise<Ended> {
    return this.call(args);
  }

  /** Runs a command line with stdin, an answer or more variables. */
  async call(
    args: readonly string[],
    { stdin = "", answer, env = {}, isTerminal = false }: CallOptions = {},
  ): Promise<Ended> {
    let stdout = "";
    let stderr = "";
    const variables: Readonly<Record<string, string>> = { ...this.env, ...env };
    const code = await main(args, {
      out: (text) => void (stdout += text),
      err: (text) => void (stderr += text),
      isTerminal: () => isTerminal,
      readStdin: () => Promise.resolve(new TextEncoder().encode(stdin)),
      env: (name) => variables[name],
      confirm: () => answer,
      user: () => "tester@host",
      exit: () => {},
    });
    return { code, stdout, stderr };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

const CONFIG = `cicdstatemgr:
  datasources:
    sqlite: {path: "@DIR@/state.db", isPrimary: true}
    jsonfile: {path: "@DIR@/state.json"}
`;
