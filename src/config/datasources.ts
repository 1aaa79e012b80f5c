import type { Datasource, DatasourceKind } from "../datasources/kind.ts";
import { KIND_NAMES, kindsThatCan, loadKind } from "../datasources/registry.ts";
import type { Path, Problem, Report } from "../schema/schema.ts";
import { suggest } from "../util/messages.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";
import type { MirrorConfig, PrimaryConfig } from "./types.ts";

/** A config's datasources. */
export interface Datasources {
  /** The one that holds the documents. */
  readonly primary: PrimaryConfig | undefined;
  /** The others, in the order of the file. */
  readonly mirrors: readonly MirrorConfig[];
}

/** Options of {@linkcode readDatasources}. */
export interface DatasourcesOptions {
  /** The path of the section. */
  readonly path: Path;
  /** Whether a config without a primary is a problem. */
  readonly requirePrimary: boolean;
  /** The files of the config, which no datasource may overwrite. */
  readonly sources: readonly string[];
  /** Receives each problem. */
  readonly report: Report;
}

/**
 * Reads a config's `datasources`. Only the kinds that it names are loaded.
 *
 * @param section The section, with the secrets merged in.
 * @param options Where it stands, and where problems are reported.
 * @returns The primary and the mirrors; unspecified after a problem.
 */
export async function readDatasources(
  section: Mapping,
  options: DatasourcesOptions,
): Promise<Datasources> {
  const names = Object.keys(section);
  const kinds = await Promise.all(
    names.map((name) => loadKind(kindNameOf(name, section[name]!))),
  );
  const datasources = names.flatMap((name, index) =>
    readDatasource(name, section[name]!, kinds[index], options) ?? []
  );
  await checkPaths(datasources, options);
  // A datasource that could not be read may have been meant as the primary.
  const requirePrimary = options.requirePrimary &&
    datasources.length === names.length;
  return await splitDatasources(datasources, { ...options, requirePrimary });
}

/** A datasource that is not named after its kind has a key `kind`. */
function kindNameOf(name: string, section: Value): string {
  const kind = isMapping(section) ? getKey(section, "kind") : undefined;
  return typeof kind === "string" ? kind : name;
}

function readDatasource(
  name: string,
  section: Value,
  kind: DatasourceKind | undefined,
  options: DatasourcesOptions,
): MirrorConfig | undefined {
  const path = [...options.path, name];
  if (kind === undefined) {
    options.report(unknownKind(kindNameOf(name, section), path));
    return undefined;
  }
  let isRight = true;
  const datasource = kind.section.read(section ?? {}, path, (problem) => {
    isRight = false;
    options.report(problem);
  });
  return isRight ? { ...datasource, name } : undefined;
}

function unknownKind(kind: string, path: Path): Problem {
  const isName = path.at(-1) === kind;
  const near = suggest(kind, KIND_NAMES);
  const known = `Known kinds: ${KIND_NAMES.join(", ")}`;
  const own = isName ? "; a datasource with another name needs kind: KIND" : "";
  return {
    path: isName ? path : [...path, "kind"],
    isKey: isName,
    message: "is not a kind of datasource",
    hint: near === undefined
      ? known + own
      : `Did you mean "${near}"? ${known}${own}`,
  };
}

/**
 * Returns the datasource that would overwrite one of some files.
 *
 * @param datasources The datasources.
 * @param files The paths of the files.
 * @returns The first such datasource, if there is one.
 */
export function findOverwriter(
  datasources: readonly MirrorConfig[],
  files: readonly string[],
): MirrorConfig | undefined {
  const taken = new Set(files.map(existingPath));
  taken.delete(undefined);
  return datasources.find(({ path }) =>
    path !== undefined && taken.has(existingPath(path))
  );
}

/** Synchronous, because every command does it, and waiting takes longer. */
function existingPath(path: string): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch {
    // It does not exist, or this process may not read it.
    return undefined;
  }
}

/** Two datasources on one file would overwrite each other, and one the config. */
async function checkPaths(
  datasources: readonly MirrorConfig[],
  { path, sources, report }: DatasourcesOptions,
): Promise<void> {
  const overwriter = findOverwriter(datasources, sources);
  if (overwriter !== undefined) {
    report({
      path: [...path, overwriter.name, "path"],
      message: "is a file that the config is read from",
      hint: "Give the datasource a file of its own",
    });
  }
  const withFile = datasources.filter((one) => one.path !== undefined);
  if (withFile.length < 2) return;
  const { realPathOf } = await import("../util/real_path.ts");
  const files = await Promise.all(
    withFile.map((one) => realPathOf(one.path ?? "")),
  );
  const owners = new Map<string, string>();
  for (const [index, { name }] of withFile.entries()) {
    const owner = owners.get(files[index]!);
    owners.set(files[index]!, owner ?? name);
    if (owner === undefined) continue;
    report({
      path: [...path, name, "path"],
      message: `is the file of datasource "${owner}" too`,
      hint: "Give each datasource a file of its own",
    });
  }
}

async function splitDatasources(
  datasources: readonly MirrorConfig[],
  { path, requirePrimary, report }: DatasourcesOptions,
): Promise<Datasources> {
  const primaries: PrimaryConfig[] = [];
  const mirrors: MirrorConfig[] = [];
  for (const datasource of datasources) {
    if (!datasource.isPrimary) mirrors.push(datasource);
    else if (isStore(datasource)) primaries.push(datasource);
    else {
      report({
        path: [...path, datasource.name, "isPrimary"],
        message: `is true, but ${datasource.kind.name} cannot be read back`,
        hint: `Make ${await kindsThatCan("be primary")} the primary`,
      });
    }
  }
  for (const { name } of primaries.slice(1)) {
    report({
      path: [...path, name, "isPrimary"],
      message: `is true, but "${primaries[0]!.name}" is the primary already`,
      hint: "Leave isPrimary: true on exactly one of them",
    });
  }
  if (!datasources.some(({ isPrimary }) => isPrimary) && requirePrimary) {
    report({
      path,
      message: "has no primary",
      hint: `Set isPrimary: true on a ${await kindsThatCan(
        "be primary",
      )}, such as sqlite: { path: state.db, isPrimary: true }`,
    });
  }
  return { primary: primaries[0], mirrors };
}

function isStore<T extends Datasource>(
  datasource: T,
): datasource is T & { openStore: NonNullable<Datasource["openStore"]> } {
  return datasource.openStore !== undefined;
}
