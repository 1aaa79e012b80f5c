import type { DatasourceKind } from "../datasources/types.ts";
import { describeType } from "../util/messages.ts";
import { isMapping, type Mapping, type Value } from "../values.ts";
import {
  addresses,
  boolean,
  duration,
  integer,
  type Keys,
  mapping,
  OptionReader,
  type Options,
  text,
  texts,
  tls,
} from "./options.ts";
import type { KeepingConfig, MirrorConfig, PrimaryConfig } from "./types.ts";

const FILE_KEYS: Keys = { "path": text };

const REDIS_KEYS: Keys = {
  "host": text,
  "port": integer,
  "db": integer,
  "username": text,
  "password": text,
  "url": text,
  "unix-socket": text,
  "tls": tls,
  "connect-timeout-ms": integer,
  "command-timeout-ms": integer,
  "wait-replicas": integer,
  "cluster": addresses,
  "sentinels": addresses,
  "sentinel-name": text,
  "sentinel-password": text,
};

const PRIMARY_KEYS: Keys = { "update-timeout-ms": integer };

/** Keys of primaries that can forget documents and remember changes. */
const KEEPING_KEYS: Keys = {
  ...PRIMARY_KEYS,
  "ttl": duration,
  "history": mapping({ "max-entries": integer }),
};

interface Kind {
  /** The keys, beside `isPrimary`. */
  readonly keys: Keys;
  /** What it may have for being primary; without, it cannot be. */
  readonly primaryKeys?: Keys;
}

const KINDS: Readonly<Record<DatasourceKind, Kind>> = {
  redis: { keys: REDIS_KEYS, primaryKeys: KEEPING_KEYS },
  sqlite: { keys: FILE_KEYS, primaryKeys: KEEPING_KEYS },
  jsonfile: { keys: FILE_KEYS, primaryKeys: PRIMARY_KEYS },
  yamlfile: { keys: FILE_KEYS, primaryKeys: PRIMARY_KEYS },
  shellfile: { keys: { ...FILE_KEYS, "excludeKeyNames": texts } },
  idfile: { keys: FILE_KEYS },
};

const PRIMARY_KINDS = "redis, sqlite, jsonfile or yamlfile";

/** A config's datasources, told apart. */
export interface Datasources {
  /** The authoritative one. */
  readonly primary: PrimaryConfig | undefined;
  /** The others, in the order of the file. */
  readonly mirrors: readonly MirrorConfig[];
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
  const reader = new OptionReader(where);
  const primaries: PrimaryConfig[] = [];
  const mirrors: MirrorConfig[] = [];
  for (const kind of Object.keys(section)) {
    const datasource = readDatasource(kind, section[kind]!, reader);
    if ("keeping" in datasource) primaries.push(datasource);
    else mirrors.push(datasource);
  }
  if (primaries.length > 1) {
    const names = primaries.map(({ kind }) => kind).join(", ");
    throw reader.error(
      `${primaries.length} datasources are primary (${names})`,
      "Leave isPrimary: true on exactly one of them",
    );
  }
  if (primaries.length === 0 && requirePrimary) {
    throw reader.error(
      'no datasource under "cicdstatemgr.datasources" is primary',
      `Set isPrimary: true on one of ${PRIMARY_KINDS}`,
    );
  }
  return { primary: primaries[0], mirrors };
}

function readDatasource(
  kind: string,
  value: Value,
  reader: OptionReader,
): PrimaryConfig | MirrorConfig {
  const at = `cicdstatemgr.datasources.${kind}`;
  if (!Object.hasOwn(KINDS, kind)) {
    throw reader.unknown(`datasource kind "${kind}"`, at, kind, KINDS);
  }
  const { keys, primaryKeys } = KINDS[kind as DatasourceKind];
  const section = value ?? {};
  if (!isMapping(section)) {
    throw reader.fail(
      at,
      `is ${describeType(section)}`,
      "It must be a mapping",
    );
  }
  const known = {
    isPrimary: boolean,
    ...keys,
    ...section["isPrimary"] === true && primaryKeys,
  };
  const { isPrimary, ...given } = reader.readKeys(section, known, at);
  if (isPrimary && primaryKeys === undefined) {
    throw reader.fail(
      at,
      `is primary, but a ${kind} cannot be read back`,
      `Make ${PRIMARY_KINDS} the primary`,
    );
  }
  if (Object.hasOwn(keys, "path") && given["path"] === undefined) {
    throw reader.fail(`${at}.path`, "is missing", `Write path: under ${kind}:`);
  }
  const { ttl, history, updateTimeoutMs, ...options } = given;
  // The keys above are those of each kind's options.
  if (!isPrimary) return { kind, options } as unknown as MirrorConfig;
  const keeping = {
    ttlMs: ttl,
    maxEntries: (history as Options | undefined)?.["maxEntries"],
    updateTimeoutMs,
  } as KeepingConfig;
  return { kind, options, keeping } as unknown as PrimaryConfig;
}
