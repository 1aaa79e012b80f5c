import type { Config, MirrorConfig } from "../config/types.ts";
import { openMirror, openStore } from "../datasources/registry.ts";
import type {
  DatasourceExtras,
  Mirror,
  RedisClient,
  StateStore,
  TextCodec,
} from "../datasources/types.ts";
import { CicdStateError } from "../errors.ts";

/**
 * Opens a config's primary.
 *
 * @param config The config.
 * @param client A connected client for a `redis`, which stays open.
 * @param mask Hides secrets in what a history keeps.
 * @returns The store.
 * @throws {CicdStateError} `CONFIG`, if the config does not fit.
 */
export async function openPrimary(
  config: Config,
  client: RedisClient | undefined,
  mask: (text: string) => string,
): Promise<StateStore> {
  const { primary, name } = config;
  if (primary === undefined) {
    throw new CicdStateError("CONFIG", `Config ${name} has no primary`);
  }
  const { kind, options, keeping } = primary;
  const extras: DatasourceExtras = {
    codec: await openCodec(config),
    history: { maxEntries: keeping.maxEntries, mask },
  };
  if (client === undefined) return await openStore(kind, options, extras);
  if (primary.kind === "redis") {
    const { redisStore } = await import("../datasources/redis_store.ts");
    const { waitReplicas } = primary.options;
    return redisStore({ ...extras, client, waitReplicas });
  }
  throw new CicdStateError(
    "CONFIG",
    `Cannot use the Redis client: the primary of ${name} is a ${kind}`,
    { hint: "Make redis the primary, or hand in no client" },
  );
}

/**
 * Opens a config's mirrors.
 *
 * @param config The config.
 * @returns The mirrors, in the order of the file.
 * @throws {CicdStateError} `CONFIG`, if options do not fit together.
 */
export async function openMirrors(config: Config): Promise<Mirror[]> {
  const codec = await openCodec(config);
  return await Promise.all(
    config.mirrors.map((mirror) => openOne(mirror, { codec })),
  );
}

/**
 * Opens the first of a config's mirrors that can be read back.
 *
 * @param config The config.
 * @returns The mirror, or `undefined` if there is none.
 */
export async function openReadableMirror(
  config: Config,
): Promise<Mirror | undefined> {
  const first = config.mirrors.find(({ kind }) =>
    kind === "jsonfile" || kind === "yamlfile"
  );
  if (first === undefined) return undefined;
  return await openOne(first, { codec: await openCodec(config) });
}

/** Makes what encrypts; most configs do not, and then nothing is loaded. */
async function openCodec(
  { encryptionKeys }: Config,
): Promise<TextCodec | undefined> {
  if (encryptionKeys === undefined) return undefined;
  const { encryptionCodec } = await import("../datasources/encryption.ts");
  return await encryptionCodec(encryptionKeys);
}

async function openOne(
  { kind, options }: MirrorConfig,
  extras: DatasourceExtras,
): Promise<Mirror> {
  if (kind !== "redis" && kind !== "sqlite") {
    return await openMirror(kind, options, extras);
  }
  // A database beside the primary is written too, and never read.
  const store = await openStore(kind, options, {
    ...extras,
    history: { maxEntries: 0 },
  });
  return {
    name: store.name,
    async write(id, document) {
      const { replaceDocument } = await import("../state/update.ts");
      await replaceDocument(store, id, document);
      await store.close();
    },
  };
}
