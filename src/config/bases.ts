import { list, nullable } from "../schema/composite.ts";
import { type Problem, readValue, string } from "../schema/schema.ts";
import { isAbsolutePath, isInFolder, pathSteps } from "../util/real_path.ts";
import { getKey } from "../values.ts";
import { readSource, type Source, sourceError } from "./source.ts";

const BASES = nullable(list(string()));

/** Where bases may be. */
export interface BasesOptions {
  /** The folder of the bases: a path or a URL. */
  readonly basesDir: string | URL | undefined;
  /**
   * Files that are never a base: the config and the secrets.
   *
   * @default {[]}
   */
  readonly refused?: readonly string[];
}

/**
 * Reads the bases of an app config. App configs are untrusted, so it is an error
 * if a base is outside the folder of the bases after symbolic links are resolved.
 *
 * @param app The app config.
 * @param options Where bases may be.
 * @returns The bases, in order.
 * @throws {CicdStateError} `CONFIG` or `PERMISSION`.
 */
export async function readBases(
  app: Source,
  options: BasesOptions,
): Promise<Source[]> {
  const names = getKey(app.content, "bases") ?? null;
  const outcome = readValue(BASES, names, ["bases"]);
  if (!outcome.ok) throw await sourceError(outcome.problems, [app]);
  return await Promise.all(
    (outcome.value ?? []).map(async (name, index) => {
      const located = await locate(name, options);
      if ("message" in located) {
        const problem = { ...located, path: ["bases", index] };
        throw await sourceError([problem], [app]);
      }
      const naming = `a base of ${app.label}`;
      return await readSource(located.location, { what: "base", naming });
    }),
  );
}

/** Returns the location of a base, or the reason why it cannot be used. */
async function locate(
  name: string,
  { basesDir, refused = [] }: BasesOptions,
): Promise<{ readonly location: string | URL } | Omit<Problem, "path">> {
  const named = `is ${JSON.stringify(name)}`;
  if (basesDir === undefined) {
    return {
      message: `${named}, but the folder of the bases is not known`,
      hint:
        "Pass --bases-dir DIR to cicdstatemgr init, or set CICDSTATEMGR_BASES_DIR_PATH",
    };
  }
  if (basesDir instanceof URL && basesDir.protocol !== "file:") {
    const root = `${basesDir}`.replace(/\/*$/, "/");
    const location = new URL(name, root);
    return location.href.startsWith(root) ? { location } : outside();
  }
  const location = basesDir instanceof URL
    ? new URL(name, `${basesDir}`.replace(/\/*$/, "/"))
    : isAbsolutePath(name)
    ? name
    : `${basesDir.replace(/\/+$/, "")}/${name}`;
  const [root, path, ...files] = await Promise.all(
    [basesDir, location, ...refused].map(realPath),
  );
  if (path !== undefined && files.includes(path)) {
    const message = `${named}, which is the config or the secrets`;
    return { message, hint: "Name another file" };
  }
  // A path that is missing, or that must not be resolved, is judged by its name.
  const isInside = root === undefined || path === undefined
    ? !isAbsolutePath(name) && !pathSteps(name).includes("..")
    : path !== root && isInFolder(path, root);
  return isInside ? { location } : outside();

  function outside() {
    return {
      message: `${named}, which is outside the folder of the bases`,
      hint: `Name a file in ${basesDir}`,
    };
  }
}

async function realPath(path: string | URL): Promise<string | undefined> {
  try {
    return await Deno.realPath(path);
  } catch {
    return undefined;
  }
}
