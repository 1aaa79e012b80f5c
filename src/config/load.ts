import type { HTTP, HttpConfig } from "../http/config.ts";
import { mapping } from "../schema/composite.ts";
import {
  type Infer,
  type Problem,
  readValue,
  scalar,
} from "../schema/schema.ts";
import { getKey, isMapping, type Mapping, setKey } from "../values.ts";
import { readDatasources } from "./datasources.ts";
import { configSchema, ENCRYPTION, secretsSchema, TOP_KEY } from "./schema.ts";
import {
  type ConfigSource,
  mergeSources,
  readSource,
  type Source,
  sourceError,
} from "./source.ts";
import type { Config } from "./types.ts";

/** The sections that config and secrets share. */
const SHARED_SECTIONS = ["datasources", "encryption"] as const;

/** The schema of a section that a config does not have. */
const ABSENT = scalar<undefined>({
  json: {},
  wanted: "",
  convert: () => undefined,
  fallback: undefined,
});

/**
 * Reads and validates a config and its secrets.
 *
 * @param config The config.
 * @param secrets The secrets, if there are any.
 * @param requirePrimary Whether a config without a primary is an error.
 * @returns The config, ready to open datasources with.
 * @throws {CicdStateError} `CONFIG` or `PERMISSION`.
 */
export async function loadConfig(
  config: ConfigSource,
  secrets: ConfigSource | undefined,
  requirePrimary: boolean,
): Promise<Config> {
  const [configFile, secretsFile] = await Promise.all([
    readSource(config, { what: "config", naming: "--config" }),
    secrets === undefined ? undefined : readSecrets(secrets),
  ]);
  const sources = secretsFile === undefined
    ? [configFile]
    : [configFile, onlyShared(secretsFile)];
  const merged = await mergeShared(configFile.content, sources);
  const sections = await readSections(merged);
  const problems = sections.ok ? [] : [...sections.problems];
  const paths = await pathsOf([config, secrets]);
  const datasources = await readDatasources(datasourcesOf(merged), {
    path: [TOP_KEY, "datasources"],
    requirePrimary: requirePrimary && sections.ok,
    sources: paths,
    report: (problem) => problems.push(problem),
  });
  problems.push(...misplacedHistory(merged));
  if (!sections.ok || problems.length > 0) {
    throw await sourceError(problems, sources);
  }
  const {
    encryption,
    http,
    limits,
    filesFrom,
    templatesOnError,
    ...others
  } = sections.value[TOP_KEY];
  return {
    ...datasources,
    encryption,
    http: await completeHttp(http),
    limits,
    templatesOnError,
    sections: others,
    configData: sectionOf(configFile.content),
    secretData: secretsFile === undefined ? {} : sectionOf(secretsFile.content),
    filesFrom,
    sources: paths,
    name: configFile.name,
  };
}

/** Finds the options of a history outside of the datasource that they are for. */
function misplacedHistory(merged: Mapping): Problem[] {
  const history = getKey(sectionOf(merged), "history");
  if (history === undefined || !isMapping(history)) return [];
  const isMeant = ["max-entries", "max-bytes"].some((key) =>
    Object.hasOwn(history, key)
  );
  if (!isMeant) return [];
  return [{
    path: [TOP_KEY, "history"],
    isKey: true,
    message: "is not read here",
    hint: "Put it under the datasource that is the primary",
  }];
}

/**
 * Returns the paths of sources that are files.
 *
 * @param sources Paths, URLs or objects.
 * @returns The paths.
 */
export async function pathsOf(
  sources: readonly (ConfigSource | undefined)[],
): Promise<string[]> {
  const paths: string[] = [];
  for (const source of sources) {
    if (typeof source === "string") paths.push(source);
    if (!(source instanceof URL)) continue;
    const { pathOfUrl } = await import("../util/real_path.ts");
    const path = pathOfUrl(source);
    if (path !== undefined) paths.push(path);
  }
  return paths;
}

async function completeHttp(
  section: Infer<typeof HTTP> | undefined,
): Promise<HttpConfig | undefined> {
  if (section === undefined) return undefined;
  const { completeHttpConfig } = await import("../http/config.ts");
  return completeHttpConfig(section);
}

async function readSecrets(secrets: ConfigSource): Promise<Source> {
  const source = await readSource(secrets, {
    what: "secrets",
    naming: "--secrets",
    mayBeEmpty: true,
    isSecret: true,
  });
  const schema = secretsSchema({
    datasources: mapping(),
    encryption: mapping(),
  });
  const outcome = readValue(schema, source.content);
  if (!outcome.ok) throw await sourceError(outcome.problems, [source]);
  return source;
}

/** Merges what config and secrets share, and takes the rest from the config. */
async function mergeShared(
  config: Mapping,
  sources: readonly Source[],
): Promise<Mapping> {
  const section = getKey(config, TOP_KEY);
  if (section === undefined || !isMapping(section)) return config;
  const shared = await mergeSources(sources.map(onlyShared));
  return { ...config, [TOP_KEY]: { ...section, ...sectionOf(shared) } };
}

/** Leaves out what config and secrets do not share. */
function onlyShared(source: Source): Source {
  const section = sectionOf(source.content);
  const shared: Mapping = {};
  for (const key of SHARED_SECTIONS) {
    const value = getKey(section, key);
    // An empty section is one that somebody forgot to fill in.
    if (value !== undefined) setKey(shared, key, value ?? {});
  }
  return { ...source, content: { [TOP_KEY]: shared } };
}

function sectionOf(content: Mapping): Mapping {
  const section = getKey(content, TOP_KEY);
  return section !== undefined && isMapping(section) ? section : {};
}

function datasourcesOf(merged: Mapping): Mapping {
  const section = getKey(sectionOf(merged), "datasources");
  return section !== undefined && isMapping(section) ? section : {};
}

/**
 * Loads the schemas of the sections that are present, and reads the config with
 * them. Datasources are read later, by the schemas of their kinds.
 */
async function readSections(merged: Mapping) {
  const section = sectionOf(merged);
  const has = (key: string) => (getKey(section, key) ?? null) !== null;
  const schema = configSchema({
    datasources: mapping(),
    encryption: ENCRYPTION,
    http: has("http") ? (await import("../http/config.ts")).HTTP : ABSENT,
    limits: has("limits") ? (await import("./limits.ts")).LIMITS : ABSENT,
  });
  return readValue(schema, merged);
}
