import { CicdStateError } from "../errors.ts";
import { parseYaml } from "../formats/yaml.ts";
import type { HttpConfig } from "../http/config.ts";
import { mergeMappings } from "../util/merge.ts";
import { describeType, suggest } from "../util/messages.ts";
import { readText } from "../util/read_text.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";
import { splitDatasources } from "./datasources.ts";
import type { Config } from "./types.ts";

/**
 * The keys that this tool reads in each section of a config. Other keys are
 * the user's own: templates reach them as `configData`.
 */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  "datasources": [],
  "encryption": [],
  "http": [],
  "trigger": ["url", "headers", "auto-args"],
  "notify": ["auto-capture-response-data"],
  "manual-choice": ["auto-capture-response-data"],
  "slack": ["url"],
  "templates": ["notify", "manual-choice", "respond"],
};

/**
 * Refuses sections that are no mapping, and keys that look like a misspelling
 * of one that this tool reads and that is not there.
 *
 * @param configData The config under its top key.
 * @param where The config's name, for messages.
 * @throws {CicdStateError} `CONFIG`.
 */
function checkSections(configData: Mapping, where: string): void {
  checkSpelling(configData, Object.keys(SECTIONS), "cicdstatemgr", where);
  for (const [name, keys] of Object.entries(SECTIONS)) {
    const section = configData[name] ?? {};
    const at = `cicdstatemgr.${name}`;
    if (!isMapping(section)) {
      throw new CicdStateError(
        "CONFIG",
        `Cannot use ${where}: "${at}" is ${describeType(section)}`,
        { hint: "It must be a mapping" },
      );
    }
    checkSpelling(section, keys, at, where);
  }
}

function checkSpelling(
  section: Mapping,
  known: readonly string[],
  at: string,
  where: string,
): void {
  const missing = known.filter((key) => !Object.hasOwn(section, key));
  for (const key of Object.keys(section)) {
    if (known.includes(key)) continue;
    const near = suggest(key, missing);
    if (near === undefined) continue;
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ${where}: unknown key "${at}.${key}"`,
      { hint: `Did you mean "${near}"? A key of your own needs another name` },
    );
  }
}

/** Where a config or secrets come from: a path, a URL, or the content itself. */
export type ConfigSource = string | URL | Mapping;

const TOP_KEY = "cicdstatemgr";

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
  const [configData, secretData] = await Promise.all([
    readSection(config, "config file", "--config"),
    secrets === undefined
      ? {}
      : readSection(secrets, "secrets file", "--secrets"),
  ]);
  const name = nameOf(config, "config");
  checkSections(configData, name);
  const secretsName = secrets === undefined ? "" : nameOf(secrets, "secrets");
  const merged = (key: string) =>
    mergeMappings(
      mappingAt(configData, key, name),
      mappingAt(secretData, key, secretsName),
      secretsName,
      [TOP_KEY, key],
    );
  return {
    ...splitDatasources(merged("datasources"), name, requirePrimary),
    encryptionKeys: await findEncryptionKeys(merged("encryption"), name),
    http: await readHttp(configData, name),
    configData,
    secretData,
    name,
  };
}

/** Most configs encrypt nothing, and then nothing is loaded for it. */
async function findEncryptionKeys(
  section: Mapping,
  name: string,
): Promise<readonly string[] | undefined> {
  if (Object.keys(section).length === 0) return undefined;
  const { readEncryptionKeys } = await import("./encryption.ts");
  return readEncryptionKeys(section, name);
}

async function readHttp(
  configData: Mapping,
  name: string,
): Promise<HttpConfig | undefined> {
  const section = getKey(configData, "http");
  if (section === undefined) return undefined;
  const { parseHttpConfig } = await import("../http/config.ts");
  return parseHttpConfig(section, `"${TOP_KEY}.http" of ${name}`);
}

/**
 * Reads a YAML file whose content must be a mapping.
 *
 * @param source The path, URL or content.
 * @param what What the file is, for messages.
 * @param naming How the user names the file.
 * @returns Its content.
 * @throws {CicdStateError} `CONFIG` or `PERMISSION`.
 */
export async function readMapping(
  source: ConfigSource,
  what: string,
  naming: string,
): Promise<Mapping> {
  return asMapping(await readContent(source, what, naming), source, what);
}

async function readContent(
  source: ConfigSource,
  what: string,
  naming: string,
): Promise<Value> {
  if (typeof source !== "string" && !(source instanceof URL)) return source;
  const text = await readText(source, { what, code: "CONFIG", naming });
  try {
    return parseYaml(text);
  } catch (cause) {
    if (!(cause instanceof CicdStateError)) throw cause;
    throw new CicdStateError(
      "CONFIG",
      `Cannot parse ${what} "${source}": ${cause.message}`,
      { hint: cause.hint, cause },
    );
  }
}

function asMapping(
  content: Value,
  source: ConfigSource,
  what: string,
): Mapping {
  if (isMapping(content)) return content;
  throw new CicdStateError(
    "CONFIG",
    `Cannot use ${what} "${source}": it holds ${describeType(content)}`,
    { hint: "Its top level must be a mapping" },
  );
}

async function readSection(
  source: ConfigSource,
  what: string,
  naming: string,
): Promise<Mapping> {
  const read = await readContent(source, what, naming);
  // Empty secrets are no secrets.
  const mayBeEmpty = what === "secrets file";
  if (read === null && mayBeEmpty) return {};
  const content = asMapping(read, source, what);
  const section = getKey(content, TOP_KEY);
  if (section !== undefined && isMapping(section)) return section;
  if (section === null && mayBeEmpty) return {};
  const near = suggest(TOP_KEY, Object.keys(content));
  const found = section === undefined
    ? near === undefined ? "no such key" : `found "${near}"`
    : `found ${describeType(section)}`;
  throw new CicdStateError(
    "CONFIG",
    `Cannot use ${what} "${nameOf(source, what)}": ` +
      `expected the top key "${TOP_KEY}" with a mapping, ${found}`,
    { hint: `Put everything under "${TOP_KEY}:"` },
  );
}

function mappingAt(section: Mapping, key: string, where: string): Mapping {
  const value = getKey(section, key) ?? {};
  if (isMapping(value)) return value;
  throw new CicdStateError(
    "CONFIG",
    `Cannot use ${where}: "${TOP_KEY}.${key}" is ${describeType(value)}`,
    { hint: "It must be a mapping" },
  );
}

function nameOf(source: ConfigSource, fallback: string): string {
  return typeof source === "string" || source instanceof URL
    ? String(source)
    : `(${fallback} object)`;
}
