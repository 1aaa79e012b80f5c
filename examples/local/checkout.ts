import { installProgram, useSqlite } from "./program.ts";

const EXAMPLES = new URL("../", import.meta.url);

/** How a script ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * What a CI system would check out: the sources of an application, here those of
 * `examples/quickstart/`, and the files of its pipelines in `ci/`. SQLite stands
 * in for Redis.
 */
export class Checkout implements AsyncDisposable {
  readonly #folder: string;
  #jobs = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Checks out to a temporary folder. */
  static async create(): Promise<Checkout> {
    const folder = await Deno.makeTempDir({ prefix: "cicdstatemgr-example-" });
    await installProgram(`${folder}/bin`);
    const source = `${folder}/source`;
    await Deno.mkdir(`${source}/ci/bases`, { recursive: true });
    for (const name of ["config.yaml", "secrets.yaml"]) {
      const text = await readExample(`redis/${name}`);
      await Deno.writeTextFile(
        `${source}/ci/${name}`,
        useSqlite(text, `${folder}/state.db`),
      );
    }
    for (const [from, to] of [["app.yaml", ""], ["bases/base.yaml", "ci/"]]) {
      const text = await readExample(`quickstart/${from}`);
      await Deno.writeTextFile(`${source}/${to}${from}`, text);
    }
    return new Checkout(folder);
  }

  /** Returns the folder of a new job, a copy of what was checked out. */
  async newJob(): Promise<string> {
    const job = `${this.#folder}/job-${++this.#jobs}`;
    await copyFolder(`${this.#folder}/source`, job);
    return job;
  }

  /** Runs a script of a job. */
  async run(
    job: string,
    [command, ...args]: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<Ended> {
    const { code, stdout, stderr } = await new Deno.Command(command!, {
      args,
      cwd: job,
      env: { ...env, PATH: `${this.#folder}/bin:${Deno.env.get("PATH")}` },
      clearEnv: true,
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return {
      code,
      stdout: decoder.decode(stdout),
      stderr: decoder.decode(stderr),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
  }
}

async function readExample(path: string): Promise<string> {
  return await Deno.readTextFile(new URL(path, EXAMPLES));
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}
