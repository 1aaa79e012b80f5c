import { CicdStateError } from "../errors.ts";
import { mergeMappings } from "../util/merge.ts";
import { describeType, suggest } from "../util/messages.ts";
import {
  getKey,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../values.ts";
import { type ConfigSource, readMapping } from "./load.ts";

/** An app config file with all that it builds on. */
export interface AppConfig {
  /** The file's own content. */
  readonly own: Mapping;
  /** Its bases in order, with the file itself merged over them. */
  readonly merged: Mapping;
  /** What it is called in messages. */
  readonly name: string;
}

/**
 * Reads an app config file and merges it over its bases.
 *
 * @param source The app config file.
 * @param basesDir The folder of the bases.
 * @returns The file's own content, and the merged one.
 * @throws {CicdStateError} `CONFIG` or `PERMISSION`.
 */
export async function loadAppConfig(
  source: ConfigSource,
  basesDir: string | URL | undefined,
): Promise<AppConfig> {
  const own = await readMapping(
    source,
    "app config file",
    "--init-app-config-file",
  );
  const name = typeof source === "string" || source instanceof URL
    ? String(source)
    : "(app config object)";
  let merged: Mapping = {};
  for (const base of basesOf(own, name)) {
    const path = locateBase(base, basesDir, name);
    const content = await readMapping(path, "base", "bases");
    merged = mergeMappings(merged, content, String(path));
  }
  return { own, merged: mergeMappings(merged, own, name), name };
}

function basesOf(own: Mapping, name: string): readonly string[] {
  const bases = getKey(own, "bases") ?? [];
  if (Array.isArray(bases)) {
    const names = bases.filter((base) => typeof base === "string");
    if (names.length === bases.length) return names;
  }
  throw new CicdStateError(
    "CONFIG",
    `Cannot use app config file "${name}": "bases" is no list of file names`,
    { hint: "Write bases: [one.yaml, two.yaml]" },
  );
}

function locateBase(
  base: string,
  basesDir: string | URL | undefined,
  name: string,
): string | URL {
  if (basesDir instanceof URL) {
    const folder = basesDir.href.endsWith("/")
      ? basesDir
      : new URL(`${basesDir.href}/`);
    return new URL(base, folder);
  }
  if (base.startsWith("/")) return base;
  if (basesDir !== undefined) return `${basesDir.replace(/\/+$/, "")}/${base}`;
  throw new CicdStateError(
    "CONFIG",
    `Cannot read base "${base}" of app config file "${name}": ` +
      "the folder of the bases is not known",
    { hint: "Pass --init-bases-dir DIR or set CICDSTATEMGR_BASES_DIR_PATH" },
  );
}

/**
 * Takes a named context out of an app config.
 *
 * @param app The app config.
 * @param contextName The context's name.
 * @returns The context.
 * @throws {CicdStateError} `NOT_FOUND`, listing the known contexts.
 */
export function selectContext(app: AppConfig, contextName: string): Mapping {
  const contexts = getKey(app.merged, "cicd-contexts") ?? {};
  if (!isMapping(contexts)) {
    throw wrongSection(app, "cicd-contexts", contexts);
  }
  const context = getKey(contexts, contextName);
  if (context === undefined) {
    const known = Object.keys(contexts);
    const near = suggest(contextName, known);
    throw new CicdStateError(
      "NOT_FOUND",
      `No cicd context "${contextName}" in app config file "${app.name}"`,
      {
        hint: known.length === 0
          ? "It has none: write one under cicd-contexts"
          : `${near === undefined ? "" : `Did you mean "${near}"? `}` +
            `Known are ${known.join(", ")}`,
      },
    );
  }
  if (context === null) return {};
  if (isMapping(context)) return context;
  throw wrongSection(app, `cicd-contexts.${contextName}`, context);
}

/**
 * Collects an app config's template macros, as documents keep them.
 *
 * @param app The app config.
 * @returns `byName`, each macro's source, and `all`, the sources one after the other.
 * @throws {CicdStateError} `CONFIG`, if a macro is no text.
 */
export function collectMacros(app: AppConfig): Mapping {
  const section = getKey(app.merged, "jinja2-macros") ?? {};
  if (!isMapping(section)) throw wrongSection(app, "jinja2-macros", section);
  const byName: Mapping = {};
  const sources: string[] = [];
  for (const name of Object.keys(section)) {
    const source = section[name]!;
    if (typeof source !== "string") {
      throw wrongSection(app, `jinja2-macros.${name}`, source, "a string");
    }
    setKey(byName, name, source);
    sources.push(source.trim());
  }
  return { byName, all: sources.join("") };
}

/**
 * Takes the variables out of an app config, not rendered yet.
 *
 * @param app The app config.
 * @returns The variables.
 * @throws {CicdStateError} `CONFIG`, if they are no mapping.
 */
export function selectVariables(app: AppConfig): Mapping {
  const variables = getKey(app.merged, "variables") ?? {};
  if (isMapping(variables)) return variables;
  throw wrongSection(app, "variables", variables);
}

function wrongSection(
  app: AppConfig,
  at: string,
  value: Value,
  wanted = "a mapping",
): CicdStateError {
  return new CicdStateError(
    "CONFIG",
    `Cannot use app config file "${app.name}": "${at}" is ${
      describeType(value)
    }`,
    { hint: `It must be ${wanted}` },
  );
}
