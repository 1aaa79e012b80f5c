import type { Config } from "../config/types.ts";
import type { Mirror, Snapshot, StateStore } from "../datasources/types.ts";
import { CicdStateError } from "../errors.ts";
import type { Document } from "../state/change.ts";
import type { UpdateOptions } from "../state/update.ts";
import type { Logger } from "../util/log.ts";
import { openMirrors, openPrimary, openReadableMirror } from "./datasources.ts";
import { checkMirrors, writeMirrors } from "./mirrors.ts";
import type { OpenOptions } from "./options.ts";

/** What a {@linkcode Repository} is opened with. */
export interface RepositoryOptions {
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
    const { readDocument } = await import("../state/update.ts");
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
