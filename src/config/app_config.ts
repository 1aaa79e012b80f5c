import { CicdStateError } from "../errors.ts";
import { list, mapping, nullable } from "../schema/composite.ts";
import { readValue, string } from "../schema/schema.ts";
import { suggest } from "../util/messages.ts";
import { getKey, isMapping, type Mapping, setKey } from "../values.ts";
import { appSchema } from "./app_schema.ts";
import { mergeSources } from "./merge.ts";
import {
  type ConfigSource,
  readSource,
  type Source,
  sourceError,
} from "./source.ts";

/** An app config, merged over its bases and checked. */
export interface AppConfig {
  /** The app config file alone. */
  readonly own: Mapping;
  /** The contexts, by name. */
  readonly contexts: Mapping;
  /** The sources of the macros that templates can call, by name. */
  readonly macros: ReadonlyMap<string, string>;
  /** The variables, not rendered yet. */
  readonly variables: Mapping;
  /** Names the file in messages: `app config file "app.yaml"`. */
  readonly label: string;
}

const BASES = nullable(list(string()));

/**
 * Reads an app config file, merges it over its bases and checks the result.
 *
 * @param source The app config file.
 * @param basesDir The folder of the bases.
 * @returns The app config.
 * @throws {CicdStateError} `CONFIG`, with the file, the line and the column of
 * what is wrong, or `PERMISSION`.
 */
export async function loadAppConfig(
  source: ConfigSource,
  basesDir: string | URL | undefined,
): Promise<AppConfig> {
  const app = await readSource(source, {
    what: "app config",
    naming: "--init-app-config-file",
  });
  const bases = await Promise.all(
    (await readBases(app)).map((base) =>
      readSource(locateBase(base, basesDir, app.label), {
        what: "base",
        naming: `bases of ${app.label}`,
      })
    ),
  );
  const sources = [...bases, app];
  const merged = await mergeSources(sources);
  const outcome = readValue(appSchema(mapping()), merged);
  if (!outcome.ok) throw await sourceError(outcome.problems, sources);
  const { jinja2Macros = new Map(), variables = {} } = outcome.value;
  return {
    own: app.content,
    contexts: mappingAt(merged, "cicd-contexts"),
    macros: jinja2Macros,
    variables,
    label: app.label,
  };
}

/** Reads the names of the bases, which must be right before anything is merged. */
async function readBases(app: Source): Promise<readonly string[]> {
  const bases = getKey(app.content, "bases") ?? null;
  const outcome = readValue(BASES, bases, ["bases"]);
  if (outcome.ok) return outcome.value ?? [];
  throw await sourceError(outcome.problems, [app]);
}

function locateBase(
  base: string,
  basesDir: string | URL | undefined,
  label: string,
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
    `Cannot read base "${base}" of ${label}: the folder of the bases is not known`,
    { hint: "Pass --init-bases-dir DIR or set CICDSTATEMGR_BASES_DIR_PATH" },
  );
}

/**
 * Returns a context of an app config.
 *
 * @param app The app config.
 * @param contextName The context's name.
 * @returns The context.
 * @throws {CicdStateError} `NOT_FOUND`, listing the known contexts.
 */
export function selectContext(app: AppConfig, contextName: string): Mapping {
  const { contexts, label } = app;
  if (Object.hasOwn(contexts, contextName)) {
    return mappingAt(contexts, contextName);
  }
  const known = Object.keys(contexts);
  const near = suggest(contextName, known);
  throw new CicdStateError(
    "NOT_FOUND",
    `No cicd context "${contextName}" in ${label}`,
    {
      hint: known.length === 0
        ? "It has none: write one under cicd-contexts"
        : `${near === undefined ? "" : `Did you mean "${near}"? `}` +
          `Known contexts are ${known.join(", ")}`,
    },
  );
}

/** Returns a mapping that was checked before, where null counts as empty. */
function mappingAt(mapping: Mapping, key: string): Mapping {
  const value = getKey(mapping, key);
  return value !== undefined && isMapping(value) ? value : {};
}

/**
 * Collects an app config's macros as documents keep them.
 *
 * @param app The app config.
 * @returns `byName`, the source of each macro, and `all`, the sources one after the other.
 */
export function collectMacros({ macros }: AppConfig): Mapping {
  const byName: Mapping = {};
  for (const [name, source] of macros) setKey(byName, name, source);
  const all = [...macros.values()].map((source) => source.trim()).join("");
  return { byName, all };
}
