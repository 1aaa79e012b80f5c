import type { ConfigSource } from "../config/source.ts";
import type { Config } from "../config/types.ts";
import { CicdStateError } from "../errors.ts";
import { parseJson } from "../formats/json.ts";
import { readText } from "../util/read_text.ts";
import type { AppFiles } from "../events/types.ts";
import type { Value } from "../values.ts";

/** System folders, whose files no app config needs. */
const SYSTEM_FOLDERS = ["/proc", "/sys", "/dev"];

/**
 * Returns the files that app configs and documents may name, which are
 * untrusted: regular files below the folders of `files-from`, or else below the
 * working directory and the folder of the app config. Never the config, the
 * secrets, or what is in `/proc`, `/sys` or `/dev`. Symbolic links are resolved
 * first.
 *
 * @param config The config.
 * @param appConfig The app config, if it is known.
 * @returns The files.
 */
export function appFiles(
  { filesFrom, sources }: Config,
  appConfig?: ConfigSource,
): AppFiles {
  return {
    resolve,
    load: async (path, naming) =>
      await loadFile(await resolve(path, naming), naming),
  };

  async function resolve(path: string, naming: string): Promise<string> {
    const fail = (why: string, hint: string) =>
      new CicdStateError(
        "PERMISSION",
        `Cannot read file "${path}" of ${naming}: ${why}`,
        { hint },
      );
    const { absolutePath, isInFolder } = await import("../util/real_path.ts");
    const isSystemFile = (path: string) =>
      SYSTEM_FOLDERS.some((folder) => isInFolder(path, folder));
    if (isSystemFile(absolutePath(path))) throw fail(...SYSTEM_FILE);
    const real = await realPath(path, naming);
    if (isSystemFile(real)) throw fail(...SYSTEM_FILE);
    for (const source of sources) {
      if (await isSameFile(real, source)) throw fail(...CONFIG_FILE);
    }
    const folders = filesFrom ?? [".", ...await folderOf(appConfig)];
    const roots = await Promise.all(folders.map(followLinks));
    const isBelow = roots.some((root) =>
      root !== undefined && isInFolder(real, root)
    );
    if (!isBelow) throw fail(...OUTSIDE);
    const { isFile } = await Deno.stat(real);
    if (!isFile) throw fail("it is not a regular file", "Name a file");
    return real;
  }
}

const OUTSIDE = [
  "it is outside the folders that app configs may read",
  "Add its folder to files-from in the config, or store its content with cicdstatemgr set PATH=@FILE",
] as const;

const CONFIG_FILE = [
  "app configs must not read the config or the secrets",
  "Name another file",
] as const;

const SYSTEM_FILE = [
  `app configs must not read ${SYSTEM_FOLDERS.join(", ")}`,
  "Name another file",
] as const;

/** Returns the folder of the app config, if it is a file. */
async function folderOf(
  appConfig: ConfigSource | undefined,
): Promise<string[]> {
  const { pathOfUrl } = await import("../util/real_path.ts");
  const path = appConfig instanceof URL ? pathOfUrl(appConfig) : appConfig;
  if (typeof path !== "string") return [];
  const { parentFolder } = await import("../util/file_target.ts");
  return [parentFolder(path)];
}

/** Returns a folder without links; `undefined` if it does not exist. */
async function followLinks(folder: string): Promise<string | undefined> {
  return await Deno.realPath(folder).catch(() => undefined);
}

/** Compares the files themselves, since one file may have several names. */
async function isSameFile(left: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [left, right].map((path) => Deno.stat(path).catch(() => undefined)),
  );
  return one !== undefined && other !== undefined && one.ino !== null &&
    one.ino === other.ino && one.dev === other.dev;
}

async function realPath(path: string, naming: string): Promise<string> {
  try {
    return await Deno.realPath(path);
  } catch (cause) {
    const where = `file "${path}" of ${naming}`;
    if (cause instanceof Deno.errors.NotCapable) {
      throw new CicdStateError(
        "PERMISSION",
        `Cannot read ${where}: Deno was not allowed to`,
        { hint: `Run deno with --allow-read=${path}`, cause },
      );
    }
    const why = cause instanceof Deno.errors.NotFound
      ? "no such file"
      : cause instanceof Error
      ? cause.message
      : String(cause);
    throw new CicdStateError("INPUT", `Cannot read ${where}: ${why}`, {
      hint: "Check the path",
      cause,
    });
  }
}

/**
 * Loads a file: as JSON if it is JSON, as YAML if PyYAML can read it, and otherwise
 * as a string.
 *
 * @param path The file.
 * @param naming Names the place that refers to it, for messages: `--set state.a`.
 * @returns The value.
 * @throws {CicdStateError} `INPUT` or `PERMISSION`, if the file cannot be read.
 */
export async function loadFile(path: string, naming: string): Promise<Value> {
  const content = await readText(path, { what: "file", code: "INPUT", naming });
  const json = valueOrUndefined(() => parseJson(content));
  if (json !== undefined) return json;
  const { parseYaml } = await import("../formats/yaml.ts");
  const yaml = valueOrUndefined(() => parseYaml(content, { strict: true }));
  return yaml === undefined ? content : yaml;
}

function valueOrUndefined(parse: () => Value): Value | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof CicdStateError) return undefined;
    throw error;
  }
}
