import type { Config, MirrorConfig } from "../config/types.ts";
import { openMirror, openStore } from "../datasources/registry.ts";
import type { Mirror, Snapshot, StateStore } from "../document/store.ts";
import type {
  DatasourceExtras,
  RedisClient,
  TextCodec,
} from "../datasources/types.ts";
import { CicdStateError } from "../errors.ts";
import type { Document } from "../document/change.ts";
import type { UpdateOptions } from "../document/update.ts";
import type { Logger } from "../util/log.ts";
import type { OpenOptions } from "./options.ts";

/**
 * Opens a config's primary.
 *
 * @param config The config.
 * @param client A connected client for a `redis`, which stays open.
 * @param mask Hides secrets in what a history keeps.
 * @returns The store.
 * @throws {CicdStateError} `CONFIG`, if the config does not fit.
 */
async function openPrimary(
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
    const { redisStore } = await import("../datasources/redis/store.ts");
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
async function openMirrors(config: Config): Promise<Mirror[]> {
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
async function openReadableMirror(
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
  const { encryptionCodec } = await import(
    "../datasources/shared/encryption.ts"
  );
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
      const { replaceDocument } = await import("../document/update.ts");
      await replaceDocument(store, id, document);
      await store.close();
    },
  };
}

/**
 * Writes a document to every mirror, and again as long as somebody else has
 * changed it meanwhile: of two tasks that share mirrors, the one that changed
 * the document first may be the one that writes them last.
 *
 * @param mirrors The mirrors.
 * @param store The store.
 * @param id The document's id.
 * @param snapshot The document, as the store accepted or held it.
 * @throws {CicdStateError} The first failure, naming every mirror that failed; what reading the store throws.
 */
async function writeMirrors(
  mirrors: readonly Mirror[],
  store: StateStore,
  id: string,
  snapshot: Snapshot,
): Promise<void> {
  if (mirrors.length === 0) return;
  let latest: Snapshot | undefined = snapshot;
  let written: string;
  do {
    written = latest.revision;
    await writeAll(mirrors, id, latest.document);
    latest = await store.read(id);
  } while (latest !== undefined && latest.revision !== written);
}

/** Writes to every mirror, also when one of them fails. */
async function writeAll(
  mirrors: readonly Mirror[],
  id: string,
  document: Document,
): Promise<void> {
  const results = await Promise.allSettled(
    mirrors.map((mirror) => mirror.write(id, document)),
  );
  const failures = results.filter((result) => result.status === "rejected")
    .map(({ reason }) => reason);
  const first = failures[0];
  if (first === undefined) return;
  if (!(first instanceof CicdStateError)) throw first;
  const others = failures.slice(1).map((failure) => String(failure.message));
  throw new CicdStateError(
    first.code,
    `Document "${id}" is in the store, but not in every mirror: ${
      [first.message, ...others].join("; and ")
    }`,
    { hint: first.hint, cause: first },
  );
}

/**
 * Fails if a mirror could not be written, so that nothing is stored first.
 *
 * @param mirrors The mirrors.
 * @throws {CicdStateError} `STORE` or `PERMISSION`.
 */
async function checkMirrors(mirrors: readonly Mirror[]): Promise<void> {
  await Promise.all(mirrors.map((mirror) => mirror.check?.()));
}

/** What a {@linkcode Repository} is opened with. */
interface RepositoryOptions {
  /** The config. */
  readonly config: Config;
  /** Datasources of the user's own, and how changes are made. */
  readonly options: OpenOptions;
  /** Where mirrors that cannot be read or filled are reported. */
  readonly log: Logger;
  /** Hides secrets in what a history keeps. */
  readonly mask: (text: string) => string;
}

/**
 * The documents of a config: the store and its mirrors, kept together. Each is
 * opened when it is first needed.
 */
export class Repository {
  readonly #with: RepositoryOptions;
  #store: Promise<StateStore> | undefined;
  #mirrors: Promise<readonly Mirror[]> | undefined;

  /** @param options The config and what the user brought along. */
  constructor(options: RepositoryOptions) {
    this.#with = options;
  }

  /** Whether the primary is a file, whose documents cannot expire. */
  get primaryIsFile(): boolean {
    const { config, options } = this.#with;
    const kind = config.primary?.kind;
    return options.store === undefined &&
      (kind === "jsonfile" || kind === "yamlfile");
  }

  /** Opens the store. */
  store(): Promise<StateStore> {
    const { config, options, mask } = this.#with;
    return this.#store ??= options.store === undefined
      ? openPrimary(config, options.redisClient, mask)
      : Promise.resolve(options.store);
  }

  /** Opens all mirrors. */
  mirrors(): Promise<readonly Mirror[]> {
    const { config, options } = this.#with;
    return this.#mirrors ??= openMirrors(config).then((mirrors) => [
      ...mirrors,
      ...options.mirrors ?? [],
    ]);
  }

  /** Reads the store. */
  async read(id: string): Promise<Snapshot> {
    const store = await this.store();
    const { readDocument } = await import("../document/update.ts");
    return await readDocument(store, id);
  }

  /**
   * Reads the first mirror that can be read, or the store, which then fills the
   * mirrors. A second mirror may be older than the store, and was not asked for.
   */
  async readNearest(id: string): Promise<Document> {
    const mirrored = await this.#readMirror(id);
    if (mirrored !== undefined) return mirrored;
    const snapshot = await this.read(id);
    const mirrors = await this.mirrors();
    // Without a mirror that can be read, the next call comes here anyway.
    if (mirrors.every(({ read }) => read === undefined)) {
      return snapshot.document;
    }
    try {
      await this.mirror(id, snapshot);
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
      // Who reads has what they asked for, mirrored or not.
      this.#with.log.warn(error.message);
    }
    return snapshot.document;
  }

  /** Writes to the store, and then what it accepted to every mirror. */
  async write(
    id: string,
    write: (store: StateStore, options: UpdateOptions) => Promise<Snapshot>,
  ): Promise<Document> {
    await checkMirrors(await this.mirrors());
    const snapshot = await write(await this.store(), this.#updateOptions());
    await this.mirror(id, snapshot);
    return snapshot.document;
  }

  /** Writes to every mirror. */
  async mirror(id: string, snapshot: Snapshot): Promise<void> {
    await writeMirrors(await this.mirrors(), await this.store(), id, snapshot);
  }

  /** Ends connections. A client or store that was handed in stays open. */
  async close(): Promise<void> {
    const store = this.#store;
    this.#store = undefined;
    if (this.#with.options.store !== undefined) return;
    // A store that could not be opened has said so to whoever asked for it.
    const opened = await store?.catch(() => undefined);
    await opened?.close();
  }

  #updateOptions(): UpdateOptions {
    const { config, options } = this.#with;
    const keeping = config.primary?.keeping;
    const { actor = "", ttlMs = keeping?.ttlMs } = options;
    return { timeoutMs: keeping?.updateTimeoutMs, ttlMs, note: { actor } };
  }

  /** Reads the first mirror that can be read, if it holds the document. */
  async #readMirror(id: string): Promise<Document | undefined> {
    const { config, options, log } = this.#with;
    const mirror = await openReadableMirror(config) ??
      options.mirrors?.find(({ read }) => read !== undefined);
    try {
      return await mirror?.read?.(id);
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
      // A mirror is a copy: what cannot be read is replaced from the primary.
      log.warn(`${error.message}; reading the primary instead`);
      return undefined;
    }
  }
}
