import type { Config } from "../../config/types.ts";
import type { Document } from "../../document/change.ts";
import {
  DEFAULT_UPDATE_TIMEOUT_MS,
  type Mirror,
  type Snapshot,
  type StateStore,
} from "../../document/store.ts";
import type { UpdateOptions } from "../../document/update.ts";
import { CicdStateError } from "../../errors.ts";
import type { Logger } from "../../util/log.ts";
import { openMirrors, openPrimary, openReadableMirror } from "./datasources.ts";
import { checkMirrors, writeMirrors } from "./mirrors.ts";
import type { OpenOptions } from "../options.ts";

/** What a {@linkcode Repository} is opened with. */
interface RepositoryOptions {
  /** The config. */
  readonly config: Config;
  /** The user's own datasources, and how changes are made. */
  readonly options: OpenOptions;
  /** Where mirrors that cannot be read or written are reported. */
  readonly log: Logger;
  /** Removes secrets from what a history keeps. */
  readonly mask: (text: string) => string;
}

/**
 * The documents of a config: the store and its mirrors, kept in step. Each is
 * opened when it is first needed.
 */
export class Repository {
  readonly #with: RepositoryOptions;
  #store: Promise<StateStore> | undefined;
  #mirrors: Promise<readonly Mirror[]> | undefined;

  /** @param options The config, and the user's own datasources. */
  constructor(options: RepositoryOptions) {
    this.#with = options;
  }

  /** Whether documents of the primary can expire. A store of the user's own decides itself. */
  get canExpire(): boolean {
    const { config, options } = this.#with;
    return options.store !== undefined ||
      (config.primary?.kind.can("expire documents") ?? true);
  }

  /** Opens the store. */
  store(): Promise<StateStore> {
    const { config, options: { store, redisClient }, mask } = this.#with;
    return this.#store ??= store === undefined
      ? openPrimary(config, { client: redisClient, mask })
      : Promise.resolve(store);
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
    const { readDocument } = await import("../../document/update.ts");
    return await readDocument(store, id);
  }

  /**
   * Reads the first readable mirror, or else the store, and then writes the
   * mirrors. A second mirror may be older than the store, so it is not read.
   */
  async readNearest(id: string): Promise<Document> {
    const mirrored = await this.#readMirror(id);
    if (mirrored !== undefined) return mirrored;
    const snapshot = await this.read(id);
    const mirrors = await this.mirrors();
    // Without a readable mirror, the next call would come here anyway.
    if (mirrors.every(({ read }) => read === undefined)) {
      return snapshot.document;
    }
    try {
      await this.mirror(id, snapshot);
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
      // The caller has the document, mirrored or not.
      this.#with.log.warn(error.message);
    }
    return snapshot.document;
  }

  /** Writes to the store, and then what it accepted to every mirror. */
  async write(
    id: string,
    write: (store: StateStore, options: UpdateOptions) => Promise<Snapshot>,
  ): Promise<Document> {
    const giveUpAt = this.#deadline();
    await checkMirrors(await this.mirrors());
    const snapshot = await write(await this.store(), this.#updateOptions());
    await this.#writeMirrors(id, snapshot, giveUpAt);
    return snapshot.document;
  }

  /** Writes to every mirror. */
  async mirror(id: string, snapshot: Snapshot): Promise<void> {
    await this.#writeMirrors(id, snapshot, this.#deadline());
  }

  /** Closes connections. A client or store of the user's own stays open. */
  async close(): Promise<void> {
    const store = this.#store;
    this.#store = undefined;
    if (this.#with.options.store !== undefined) return;
    // Whoever needed a store that could not be opened has seen the error.
    const opened = await store?.catch(() => undefined);
    await opened?.close();
  }

  async #writeMirrors(
    id: string,
    snapshot: Snapshot,
    giveUpAt: number,
  ): Promise<void> {
    const { log } = this.#with;
    await writeMirrors(await this.mirrors(), await this.store(), {
      id,
      snapshot,
      giveUpAt,
      log,
    });
  }

  /** When a change that begins now has taken as long as it may. */
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
    const mirror = await openReadableMirror(config) ??
      options.mirrors?.find(({ read }) => read !== undefined);
    try {
      return await mirror?.read?.(id);
    } catch (error) {
      if (!(error instanceof CicdStateError)) throw error;
      // A mirror is a copy: the primary replaces what cannot be read.
      log.warn(`${error.message}; reading the primary instead`);
      return undefined;
    }
  }
}
