import { copyFolder } from "../../scripts/demo_player.ts";
import type { Ended } from "../support/workspace.ts";

/** Options of {@linkcode deno}. */
export interface ProcessOptions {
  readonly cwd?: string | URL;
  /** The whole environment. Default: the test's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The project's folder. */
export const ROOT: URL = new URL("../../", import.meta.url);

/** Runs Deno itself. */
export async function deno(
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<Ended> {
  const { cwd = ROOT, env } = options;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { ...env, NO_COLOR: "1" },
    clearEnv: env !== undefined,
    stdin: "null",
  }).output();
  return {
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
  };
}

/** A temporary folder that is removed when it is disposed. */
export class TemporaryFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Creates a folder, with the files of an example if one is named. */
  static async create(...examples: string[]): Promise<TemporaryFolder> {
    const path = await Deno.makeTempDir({ prefix: "cicdstatemgr-package-" });
    for (const name of examples) {
      await copyFolder(new URL(`examples/${name}/`, ROOT), `${path}/`);
    }
    return new TemporaryFolder(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}
