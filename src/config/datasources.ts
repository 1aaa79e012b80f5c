import { CicdStateError } from "../errors.ts";
import { suggest } from "../util/suggest.ts";
import { typeName } from "../util/type_name.ts";
import { isMapping, type Mapping, setKey, type Value } from "../values.ts";
import type { DatasourceConfig, DatasourceKind } from "./types.ts";

/** What a key of a datasource may hold. */
type OptionType =
  | "text"
  | "integer"
  | "boolean"
  | "texts"
  | "boolean-or-mapping";

interface KindRules {
  readonly canBePrimary: boolean;
  readonly required: readonly string[];
  readonly keys: Readonly<Record<string, OptionType>>;
}

const FILE_KEYS = { "path": "text" } as const;

/** Each kind's keys, beside `isPrimary`. */
const KINDS: Readonly<Record<DatasourceKind, KindRules>> = {
  redis: {
    canBePrimary: true,
    required: [],
    keys: {
      "host": "text",
      "port": "integer",
      "db": "integer",
      "username": "text",
      "password": "text",
      "url": "text",
      "unix-socket": "text",
      "tls": "boolean-or-mapping",
      "connect-timeout-ms": "integer",
      "command-timeout-ms": "integer",
    },
  },
  sqlite: { canBePrimary: true, required: ["path"], keys: FILE_KEYS },
  jsonfile: { canBePrimary: true, required: ["path"], keys: FILE_KEYS },
  yamlfile: { canBePrimary: true, required: ["path"], keys: FILE_KEYS },
  shellfile: {
    canBePrimary: false,
    required: ["path"],
    keys: { ...FILE_KEYS, "excludeKeyNames": "texts" },
  },
  idfile: { canBePrimary: false, required: ["path"], keys: FILE_KEYS },
};

/** A config's datasources, told apart. */
export interface Datasources {
  /** The authoritative one. */
  readonly primary: DatasourceConfig | undefined;
  /** The others, in the order of the file. */
  readonly mirrors: readonly DatasourceConfig[];
}

/**
 * Validates a config's `datasources`.
 *
 * @param section The section, secrets already merged in.
 * @param where The config's name, for messages.
 * @param requirePrimary Whether a config without a primary is an error.
 * @returns The primary and the mirrors.
 * @throws {CicdStateError} `CONFIG`, naming the key, what was found and what is allowed.
 */
export function splitDatasources(
  section: Mapping,
  where: string,
  requirePrimary: boolean,
): Datasources {
  const all = Object.keys(section).map((kind) =>
    checkDatasource(kind, section[kind]!, where)
  );
  const primaries = all.filter(({ isPrimary }) => isPrimary);
  const names = primaries.map(({ kind }) => kind).join(", ");
  if (primaries.length > 1) {
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ${where}: ${primaries.length} datasources are primary (${names})`,
      { hint: "Leave isPrimary: true on exactly one of them" },
    );
  }
  if (primaries.length === 0 && requirePrimary) {
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ${where}: no datasource under "cicdstatemgr.datasources" is primary`,
      {
        hint:
          "Set isPrimary: true on one of redis, sqlite, jsonfile or yamlfile",
      },
    );
  }
  return {
    primary: primaries[0],
    mirrors: all.filter(({ isPrimary }) => !isPrimary),
  };
}

function checkDatasource(
  kind: string,
  section: Value,
  where: string,
): DatasourceConfig {
  const at = `cicdstatemgr.datasources.${kind}`;
  if (!isKind(kind)) {
    throw unknown(where, at, `datasource kind "${kind}"`, kind, KINDS);
  }
  const rules = KINDS[kind];
  const given = section ?? {};
  if (!isMapping(given)) throw wrongType(where, at, given, "a mapping");
  const options: Mapping = {};
  let isPrimary = false;
  for (const key of Object.keys(given)) {
    const value = given[key]!;
    if (key === "isPrimary") {
      if (typeof value !== "boolean") {
        throw wrongType(where, `${at}.${key}`, value, "true or false");
      }
      isPrimary = value;
      continue;
    }
    if (!Object.hasOwn(rules.keys, key)) {
      const known = { ...rules.keys, isPrimary: true };
      throw unknown(where, `${at}.${key}`, `key "${key}"`, key, known);
    }
    // An empty value is as good as none: `password:` in a template of secrets.
    if (value === null) continue;
    setKey(
      options,
      key,
      checkOption(rules.keys[key]!, value, `${at}.${key}`, where),
    );
  }
  if (isPrimary && !rules.canBePrimary) {
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ${where}: "${at}" is primary, but a ${kind} cannot be read back`,
      { hint: "Make redis, sqlite, jsonfile or yamlfile the primary" },
    );
  }
  if (kind === "sqlite" && !isPrimary) {
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ${where}: "${at}" is no mirror, tasks could not read it`,
      { hint: "Set isPrimary: true on it, or take a jsonfile as mirror" },
    );
  }
  const missing = rules.required.find((key) => !Object.hasOwn(options, key));
  if (missing !== undefined) {
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ${where}: "${at}.${missing}" is missing`,
      { hint: `Write ${missing}: under ${kind}:` },
    );
  }
  return { kind, isPrimary, options };
}

function isKind(kind: string): kind is DatasourceKind {
  return Object.hasOwn(KINDS, kind);
}

function checkOption(
  type: OptionType,
  value: Value,
  at: string,
  where: string,
): Value {
  switch (type) {
    case "text":
      if (typeof value === "string" && value !== "") return value;
      // A password of digits is an integer to YAML.
      if (typeof value === "number" || typeof value === "bigint") {
        return String(value);
      }
      throw wrongType(where, at, value, "a text");
    case "integer": {
      const number = typeof value === "string" && /^\d+$/.test(value)
        ? Number(value)
        : value;
      if (typeof number === "number" && Number.isSafeInteger(number)) {
        if (number >= 0) return number;
      }
      throw wrongType(where, at, value, "a whole number of 0 or more");
    }
    case "boolean":
      if (typeof value === "boolean") return value;
      throw wrongType(where, at, value, "true or false");
    case "texts":
      if (
        Array.isArray(value) && value.every((item) => typeof item === "string")
      ) return value;
      throw wrongType(where, at, value, "a list of texts");
    case "boolean-or-mapping":
      if (typeof value === "boolean" || isMapping(value)) return value;
      throw wrongType(where, at, value, "true, false or a mapping");
  }
}

function wrongType(
  where: string,
  at: string,
  value: Value,
  wanted: string,
): CicdStateError {
  const shown = typeof value === "string" && value === ""
    ? "an empty text"
    : `a ${typeName(value)}`;
  return new CicdStateError(
    "CONFIG",
    `Cannot use ${where}: "${at}" is ${shown}`,
    { hint: `It must be ${wanted}` },
  );
}

function unknown(
  where: string,
  at: string,
  what: string,
  word: string,
  known: Readonly<Record<string, unknown>>,
): CicdStateError {
  const near = suggest(word, Object.keys(known));
  const list = Object.keys(known).join(", ");
  return new CicdStateError(
    "CONFIG",
    `Cannot use ${where}: unknown ${what} at "${at}"`,
    {
      hint: near === undefined
        ? `Known are ${list}`
        : `Did you mean "${near}"? Known are ${list}`,
    },
  );
}
