import { getKey, isMapping } from "../values.ts";
import type { Config } from "./types.ts";

/** Permissions of Deno, as the `permissions` of a deno.json has them. */
export interface PermissionSet {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly net?: readonly string[];
  readonly env?: readonly string[];
  /** `true`: any program. */
  readonly run?: readonly string[] | true;
}

/** What a command does. */
export interface Activity {
  /** Files and folders that it reads, besides those of the config. */
  readonly reads: readonly string[];
  /** Environment variables that it reads, besides those of the config. */
  readonly variables: readonly string[];
  /** Which datasources it opens. */
  readonly opens: "all" | "primary" | "none";
  /** Whether it sends requests. */
  readonly sends: boolean;
  /** The programs that it runs. */
  readonly runs: readonly string[] | true;
  /** Folders that it writes to, besides those of the config. */
  readonly writes: readonly string[];
}

/**
 * Returns the narrowest permissions that a command needs with a config.
 *
 * @param config The config.
 * @param activity What the command does.
 * @returns The permissions, each without duplicates.
 */
export async function permissionsOf(
  config: Config,
  activity: Activity,
): Promise<PermissionSet> {
  const { opens, sends, runs, reads, writes, variables } = activity;
  const { primary, mirrors, http, sections, filesFrom = [] } = config;
  const access = new Access();
  access.read(...config.sources, ...reads);
  access.write(...writes);
  // They are read with the config.
  access.env(...variables, ...keyVariables(config));
  const datasources = [
    ...opens !== "none" && primary !== undefined ? [primary] : [],
    ...opens === "all" ? mirrors : [],
  ];
  for (const datasource of datasources) {
    const { read = [], write = [], net = [] } = await datasource.access();
    access.read(...read);
    access.write(...write);
    access.net(...net);
  }
  if (sends) {
    const { slack, trigger } = sections;
    for (const url of [slack?.url, trigger?.url]) {
      if (url) access.net(serverOf(new URL(url)));
    }
    access.net(...slack?.tokenHosts ?? []);
    access.read(...http?.caFile === undefined ? [] : [http.caFile]);
    access.read(...filesFrom);
  }
  return access.toSet(runs);
}

/** Returns the variables that hold encryption keys. */
function keyVariables({ configData, secretData }: Config): string[] {
  return [configData, secretData].flatMap((content) => {
    const section = getKey(content, "encryption");
    const name = isMapping(section) ? getKey(section, "key-env") : undefined;
    return typeof name === "string" ? [name] : [];
  });
}

function serverOf({ hostname, port, protocol }: URL): string {
  const usual = protocol === "https:" ? 443 : 80;
  return `${hostname}:${port || usual}`;
}

/** Collects permissions. */
class Access {
  readonly #reads: string[] = [];
  readonly #writes: string[] = [];
  readonly #hosts: string[] = [];
  readonly #variables: string[] = [];

  read(...paths: readonly string[]): void {
    this.#reads.push(...paths);
  }

  /** What is written is read, too. */
  write(...paths: readonly string[]): void {
    this.#reads.push(...paths);
    this.#writes.push(...paths);
  }

  net(...hosts: readonly string[]): void {
    this.#hosts.push(...hosts);
  }

  env(...names: readonly string[]): void {
    this.#variables.push(...names);
  }

  toSet(runs: Activity["runs"]): PermissionSet {
    const set: Record<string, readonly string[]> = {
      read: outermost(this.#reads),
      write: outermost(this.#writes),
      net: [...new Set(this.#hosts)],
      env: [...new Set(this.#variables)],
    };
    const given = Object.entries(set).filter(([, items]) => items.length > 0);
    return {
      ...Object.fromEntries(given),
      ...runs === true || runs.length > 0 ? { run: runs } : {},
    };
  }
}

/** Leaves out what is in a folder of the list. */
function outermost(paths: readonly string[]): string[] {
  const all = [...new Set(paths.map((path) => path.replace(/^\.\/(?=.)/, "")))];
  return all.filter((path) =>
    !all.some((folder) => folder !== path && contains(folder, path))
  );
}

function contains(folder: string, path: string): boolean {
  if (folder === ".") return !/^(?:\/|\.\.(?:\/|$))/.test(path);
  return path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
