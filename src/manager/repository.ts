import type { Config, MirrorConfig } from "../config/types.ts";
import type { TextCodec } from "../datasources/shared/extras.ts";
import type { Document } from "../document/change.ts";
import { checkId } from "../document/id.ts";
import {
  DEFAULT_UPDATE_TIMEOUT_MS,
  type Mirror,
  type Snapshot,
  type StateStore,
} from "../document/store.ts";
import type { UpdateOptions } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import type { Logger } from "../util/log.ts";
import type { OpenOptions } from "./options.ts";

/** Options of {@linkcode Repository}. */
interface RepositoryOptions {
  /** The config. */
  readonly config: Config;
  /** The datasources that the caller passes in, and how changes are made. */
  readonly options: OpenOptions;
  /** Receives warnings about mirrors that cannot be read or written. */
  readonly log: Logger;
  /** Removes secrets from what a history keeps. */
  readonly mask: (text: string) => string;
}

/**
 * The documents of a config: the store and its mirrors, kept in sync. Each is
 * opened when first needed.
 */
export class Repository {
  readonly #with: RepositoryOptions;
  #store: Promise<StateStore> | undefined;
  #mirrors: Promise<readonly Mirror[]> | undefined;

  /** @param options The config, and the datasources that the caller passes in. */
  constructor(options: RepositoryOptions) {
    this.#with = options;
  }

  /** Whether documents of the primary can expire. A store that the caller passes in decides itself. */
  get canExpire(): boolean {
    const { config, options } = this.#with;
    return options.store !== undefined ||
      (config.primary?.kind.can("expire documents") ?? true);
  }

  /** Opens the store. */
  store(): Promise<StateStore> {
    const { config, options: { store, redisClient }, mask, log } = this.#with;
    return this.#store ??= store === undefined
      ? openPrimary(config, { client: redisClient, mask, log })
      : Promise.resolve(store);
  }

  /** Opens all mirrors. */
  mirrors(): Promise<readonly Mirror[]> {
    const { config, options, log } = this.#with;
    return this.#mirrors ??= openMirrors(config, log).then((mirrors) => [
      ...mirrors,
      ...options.mirrors ?? [],
    ]);
  }

  /** Reads the store. */
  async read(id: string): Promise<Snapshot> {
    checkId(id);
    using _wait = this.#wait();
    const store = await this.store();
    const { readDocument } = await import("../document/update.ts");
    return await readDocument(store, id);
  }

  /**
   * Reads the first readable mirror, or else the store, and then writes the
   * mirrors. A second mirror may be older than the store, so it is not read.
   */
  async readNearest(id: string): Promise<Document> {
    checkId(id);
    const mirrored = await this.#readMirror(id);
    if (mirrored !== undefined) return mirrored;
    const snapshot = await this.read(id);
    const mirrors = await this.mirrors();
    // Without a readable mirror, the next call would read the store anyway.
    if (mirrors.every(({ read }) => read === undefined)) {
      return snapshot.document;
    }
    await this.refresh(id, snapshot);
    return snapshot.document;
  }

  /** Writes to every mirror. The caller has the document even if that fails. */
  async refresh(id: string, snapshot: Snapshot): Promise<void> {
    try {
      await this.mirror(id, snapshot);
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
      this.#with.log.warn(
        error.hint === undefined
          ? error.message
          : `${error.message}. ${error.hint}`,
      );
    }
  }

  /** Writes to the store, then writes what it accepted to every mirror. */
  async write(
    id: string,
    write: (store: StateStore, options: UpdateOptions) => Promise<Snapshot>,
  ): Promise<Document> {
    checkId(id);
    using _wait = this.#wait();
    const giveUpAt = this.#deadline();
    const mirrors = await this.mirrors();
    if (mirrors.length > 0) {
      const { checkMirrors } = await import("./mirrors.ts");
      await checkMirrors(mirrors);
    }
    const snapshot = await write(await this.store(), this.#updateOptions());
    await this.#writeMirrors(id, snapshot, giveUpAt);
    return snapshot.document;
  }

  /** Writes to every mirror. */
  async mirror(id: string, snapshot: Snapshot): Promise<void> {
    await this.#writeMirrors(id, snapshot, this.#deadline());
  }

  /** Returns the same documents, read without a warning even if they are not encrypted. */
  acceptingPlain(): Repository {
    const { config } = this.#with;
    const { encryption: keys } = config;
    const encryption = keys && { ...keys, acceptPlain: true };
    const accepting = { ...config, encryption };
    // It was asked for, so it is nothing to warn about.
    const log = { info() {}, warn() {}, error() {} };
    return new Repository({ ...this.#with, config: accepting, log });
  }

  /** Closes connections. A client or store that the caller passes in stays open. */
  async close(): Promise<void> {
    const store = this.#store;
    this.#store = undefined;
    if (this.#with.options.store !== undefined) return;
    // The failure to open it was reported to whoever needed it.
    const opened = await store?.catch(() => undefined);
    await opened?.close();
  }

  /** Shows that the primary is waited for. */
  #wait(): Disposable | undefined {
    const { config: { primary }, log } = this.#with;
    return log.waitFor?.(`datasource "${primary?.name ?? "store"}"`);
  }

  async #writeMirrors(
    id: string,
    snapshot: Snapshot,
    giveUpAt: number,
  ): Promise<void> {
    const { log } = this.#with;
    const mirrors = await this.mirrors();
    if (mirrors.length === 0) return;
    const { writeMirrors } = await import("./mirrors.ts");
    const options = { id, snapshot, giveUpAt, log };
    await writeMirrors(mirrors, await this.store(), options);
  }

  /** Returns the deadline of a change that starts now. */
  #deadline(): number {
    const { updateTimeoutMs = DEFAULT_UPDATE_TIMEOUT_MS } =
      this.#with.config.primary?.keeping ?? {};
    return performance.now() + updateTimeoutMs;
  }

  #updateOptions(): UpdateOptions {
    const { config, options } = this.#with;
    const keeping = config.primary?.keeping;
    const { actor = "", ttlMs = keeping?.ttlMs } = options;
    return { timeoutMs: keeping?.updateTimeoutMs, ttlMs, note: { actor } };
  }

  /** Reads the first readable mirror, if it holds the document. */
  async #readMirror(id: string): Promise<Document | undefined> {
    const { config, options, log } = this.#with;
    const mirror = await openReadableMirror(config, log) ??
      options.mirrors?.find(({ read }) => read !== undefined);
    try {
      return await mirror?.read?.(id);
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
      // A mirror is only a copy, so the primary can replace it.
      log.warn(`${error.message}; reading the primary instead`);
      return undefined;
    }
  }
}

/** Options of {@linkcode openPrimary}. */
interface OpenPrimaryOptions {
  /** A client that the caller passes in, which stays open. */
  readonly client: unknown;
  /** Removes secrets from what a history keeps. */
  readonly mask: (text: string) => string;
  /** Receives warnings about what is not encrypted. */
  readonly log: Logger;
}

/**
 * Opens a config's primary.
 *
 * @param config The config.
 * @param options The client and the mask.
 * @returns The store.
 * @throws {CicdStateError} `CONFIG`, if there is no primary or it cannot use the client.
 */
async function openPrimary(
  config: Config,
  { client, mask, log }: OpenPrimaryOptions,
): Promise<StateStore> {
  const { primary, name } = config;
  if (primary === undefined) {
    throw new CicdStateError("CONFIG", `Config ${name} has no primary`);
  }
  if (client !== undefined && !primary.kind.can("use a client")) {
    const { kindsThatCan } = await import("../datasources/registry.ts");
    throw new CicdStateError(
      "CONFIG",
      `Cannot use the client: the primary of ${name} is a ${primary.kind.name}`,
      {
        hint: `Make a ${await kindsThatCan("use a client")} the primary, ` +
          "or pass no client",
      },
    );
  }
  const codec = await openCodec(config, log);
  return await primary.openStore({
    codec,
    warn: (message) => log.warn(message),
    mask,
    client,
  });
}

/**
 * Opens the mirrors of a config.
 *
 * @param config The config.
 * @param log Receives warnings about what is not encrypted.
 * @param mirrors Which ones. Default: all.
 * @returns The mirrors, in the same order.
 * @throws {CicdStateError} `CONFIG`, if options contradict each other.
 */
async function openMirrors(
  config: Config,
  log: Logger,
  mirrors: readonly MirrorConfig[] = config.mirrors,
): Promise<Mirror[]> {
  const codec = await openCodec(config, log);
  return await Promise.all(
    mirrors.map((mirror) =>
      mirror.openMirror({ codec, warn: (message) => log.warn(message) })
    ),
  );
}

/**
 * Opens the first of a config's mirrors that can be read back.
 *
 * @param config The config.
 * @param log Receives warnings about what is not encrypted.
 * @returns The mirror, or `undefined` if there is none.
 * @throws {CicdStateError} `CONFIG`, if options contradict each other.
 */
async function openReadableMirror(
  config: Config,
  log: Logger,
): Promise<Mirror | undefined> {
  const first = config.mirrors.find(({ kind }) =>
    kind.can("be a readable mirror")
  );
  return first && (await openMirrors(config, log, [first]))[0];
}

/** Creates the codec. Loads encryption only if the config uses it. */
async function openCodec(
  { encryption }: Config,
  log: Logger,
): Promise<TextCodec | undefined> {
  if (encryption === undefined) return undefined;
  const { encryptionCodec } = await import(
    "../datasources/shared/encryption.ts"
  );
  const { keys, acceptPlain } = encryption;
  return await encryptionCodec(keys, {
    acceptPlain,
    warn: (message) => log.warn(message),
  });
}
