import { loadConfig } from "../config/load.ts";
import type { Config } from "../config/types.ts";
import type { Operation } from "../document/change.ts";
import { parsePropertyPath } from "../document/path.ts";
import { CicdStateError } from "../errors.ts";
import type { Logger } from "../util/log.ts";
import { createMask } from "../util/mask/mask.ts";
import { collectPasswords, collectSecrets } from "../util/mask/credentials.ts";
import { getKey, isMapping, type Mapping } from "../values.ts";
import type { OpenOptions } from "./options.ts";
import { Repository } from "./repository.ts";

/** What all methods of a manager share. */
export interface ManagerParts {
  /** The config and its secrets. */
  readonly config: Config;
  /** The documents. */
  readonly repository: Repository;
  /** Receives warnings and errors. */
  readonly log: Logger;
  /** Hides secrets in a string. */
  readonly mask: (text: string) => string;
}

const SILENT: Logger = {
  info() {},
  warn() {},
  error() {},
};

/**
 * Reads a config and prepares what depends on it.
 *
 * @param options The config, the secrets, and the caller's own datasources.
 * @returns The parts. No datasource is open yet.
 * @throws {CicdStateError} `CONFIG` or `PERMISSION`.
 */
export async function openParts(options: OpenOptions): Promise<ManagerParts> {
  const { secrets, store, ttlMs, logger: log = SILENT } = options;
  const requirePrimary = store === undefined;
  const config = await loadConfig(options.config, secrets, requirePrimary);
  const mask = createMask(secretsOf(config));
  const repository = new Repository({ config, options, log, mask });
  const parts = { config, repository, log, mask };
  await checkTtl(parts, ttlMs);
  return parts;
}

/**
 * Returns the operations that set values.
 *
 * @param values Property paths and their values.
 * @returns The operations, in order.
 * @throws {CicdStateError} `PATH`, if a path is invalid.
 */
export function setOperations(values: Readonly<Mapping>): Operation[] {
  return Object.entries(values).map(([path, value]) => (
    { op: "set", path: parsePropertyPath(path), value }
  ));
}

/** Returns every value that must not be shown. */
function* secretsOf(
  { configData, secretData, encryptionKeys = [] }: Config,
): Generator<string> {
  yield* collectSecrets(secretData);
  const datasources = getKey(configData, "datasources");
  if (isMapping(datasources)) yield* collectPasswords(datasources);
  yield* encryptionKeys;
}

/**
 * Checks that documents of the primary can expire.
 *
 * @param parts The manager's parts.
 * @param ttlMs The requested time; `undefined` and 0 request none.
 * @throws {CicdStateError} `CONFIG`, if they cannot.
 */
export async function checkTtl(
  { config, repository }: ManagerParts,
  ttlMs: number | undefined,
): Promise<void> {
  if (!ttlMs || repository.canExpire) return;
  const { kindsThatCan } = await import("../datasources/registry.ts");
  throw new CicdStateError(
    "CONFIG",
    `Cannot let documents expire: the primary is a ${config.primary?.kind.name}`,
    {
      hint: `Make ${await kindsThatCan("expire documents")} the primary, ` +
        "or set no ttl",
    },
  );
}
