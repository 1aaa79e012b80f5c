import { loadConfig } from "../config/load.ts";
import type { Config } from "../config/types.ts";
import type { Lock, LockContext, LockOptions } from "../coordination/lock.ts";
import type {
  OnceOptions,
  OnceOutcome,
  OnceTask,
} from "../coordination/once.ts";
import type { WaitOptions } from "../coordination/wait.ts";
import type { Change, Document, Operation } from "../document/change.ts";
import { parsePropertyPath } from "../document/path.ts";
import type { Snapshot, StateStore } from "../document/store.ts";
import type { UpdateOptions } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import type { Logger } from "../util/log.ts";
import { createMask } from "../util/mask/mask.ts";
import {
  collectAddress,
  collectMarked,
  collectPasswords,
  collectSecrets,
} from "../util/mask/credentials.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";
import type { OpenOptions } from "./options.ts";
import { Repository } from "./repository.ts";

/** What all methods of a manager share. */
export interface ManagerParts {
  /** The config and its secrets. */
  readonly config: Config;
  /** The documents. */
  readonly repository: Repository;
  /** Who makes changes. */
  readonly actor: string;
  /** Receives warnings and errors. */
  readonly log: Logger;
  /** Hides secrets in a string. */
  readonly mask: (text: string) => string;
}

/** What a {@linkcode ManagerCore} needs. */
interface CoreParts {
  /** The documents. */
  readonly repository: {
    store(): Promise<StateStore>;
    read(id: string): Promise<Snapshot>;
    refresh(id: string, snapshot: Snapshot): Promise<void>;
    write(
      id: string,
      write: (store: StateStore, options: UpdateOptions) => Promise<Snapshot>,
    ): Promise<Document>;
    close(): Promise<void>;
  };
  /** Who makes changes. */
  readonly actor: string;
  /** Receives warnings. */
  readonly log: Logger;
  /** Hides secrets in a string. */
  readonly mask: (text: string) => string;
}

/**
 * The methods of {@linkcode CicdStateMgr} that need the documents and no config:
 * those for processes that wait for one another, and its end.
 */
export abstract class ManagerCore implements AsyncDisposable {
  readonly #parts: CoreParts;

  /**
   * Creates it.
   *
   * @param parts What all methods share.
   */
  protected constructor(parts: CoreParts) {
    this.#parts = parts;
  }

  /**
   * Reads a document and its revision from the primary.
   *
   * @param id The document's id.
   * @returns The document, and the revision that `ifRevision` accepts.
   * @throws {CicdStateError} `NOT_FOUND`, `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async read(id: string): Promise<Snapshot> {
    const { document, revision } = await this.#parts.repository.read(id);
    return { document, revision };
  }

  /**
   * Waits until there is a value at a path of the primary's document.
   *
   * @param id The document's id.
   * @param path Where the value will be: `state.approval`.
   * @param options Which value, and how long to wait.
   * @returns The value, as it is stored.
   * @throws {CicdStateError} `TIMEOUT`; `NOT_FOUND`, if the document does not exist or is removed; `PATH`, `STORE` or `PERMISSION`.
   */
  async wait(
    id: string,
    path: string,
    options: WaitOptions = {},
  ): Promise<Value> {
    const { repository, log } = this.#parts;
    const { waitForValue } = await import("../coordination/wait.ts");
    const store = await repository.store();
    using _wait = log.waitFor?.(`"${path}" in document "${id}"`);
    const { value, snapshot } = await waitForValue(store, id, path, {
      ...options,
      onOutage: ({ message }) => log.warn(`${message}; still waiting`),
    });
    // Otherwise a mirror could lack what was waited for.
    await repository.refresh(id, snapshot);
    return value;
  }

  /**
   * Waits for a lock of a document, which one process at a time can hold.
   *
   * @param id The document's id.
   * @param name The lock's name.
   * @param options How long it lasts, and how long to wait.
   * @returns The lock. Release it after use.
   * @throws {CicdStateError} `TIMEOUT`, `NOT_FOUND`, `USAGE`, `STORE` or `PERMISSION`; `CONFIG`, if the primary cannot hold locks.
   */
  async lock(
    id: string,
    name: string,
    options: LockOptions = {},
  ): Promise<Lock> {
    const { takeLock } = await import("../coordination/lock.ts");
    return await takeLock(await this.#lockContext(), id, name, options);
  }

  /**
   * Does something unless the document says that it is done. Others that want to
   * do it wait meanwhile.
   *
   * @param id The document's id.
   * @param name What it is called; without a colon.
   * @param task What to do.
   * @param options The key, and how long to wait.
   * @returns Whether it ran, and what the document knows of it.
   * @throws {CicdStateError} As {@linkcode CicdStateMgr.lock}; `CONFLICT`, if the lock is lost meanwhile.
   * @throws What the task throws.
   */
  async once(
    id: string,
    name: string,
    task: OnceTask,
    options: OnceOptions = {},
  ): Promise<OnceOutcome> {
    const { doOnce } = await import("../coordination/once.ts");
    const { updateDocument } = await import("../document/update.ts");
    const { repository, actor } = this.#parts;
    const context = {
      ...await this.#lockContext(),
      write: (update: (document: Document) => Change, action: string) =>
        repository.write(
          id,
          (store, defaults) =>
            updateDocument(store, id, update, {
              ...defaults,
              note: { actor, action },
            }),
        ),
    };
    return await doOnce(context, id, name, task, options);
  }

  async #lockContext(): Promise<LockContext> {
    const { repository, actor, log } = this.#parts;
    return { store: await repository.store(), actor, log };
  }

  /**
   * Replaces each secret of the config and the secrets in a string.
   *
   * @param text The string.
   * @returns The string with `***` in place of each secret.
   */
  mask(text: string): string {
    return this.#parts.mask(text);
  }

  /** Closes connections. A client or store that the caller passed stays open. */
  async close(): Promise<void> {
    await this.#parts.repository.close();
  }

  /** Calls {@linkcode CicdStateMgr.close}, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
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
  const { secrets, store, ttlMs, actor = "", logger: log = SILENT } = options;
  const requirePrimary = store === undefined;
  const config = await loadConfig(options.config, secrets, requirePrimary);
  const mask = createMask(secretsOf(config));
  const repository = new Repository({ config, options, log, mask });
  const parts = { config, repository, actor, log, mask };
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

/**
 * Returns every value that must not be shown.
 *
 * @param config The config.
 */
export function* secretsOf(
  { configData, secretData, encryption, primary, mirrors, sections }: Config,
): Generator<string> {
  yield* collectSecrets(secretData);
  const datasources = getKey(configData, "datasources");
  if (isMapping(datasources)) {
    yield* collectPasswords(datasources);
    for (const { name, kind } of primary ? [primary, ...mirrors] : mirrors) {
      const section = getKey(datasources, name) ?? null;
      yield* collectMarked(section, kind.section.json());
    }
  }
  yield* encryption?.keys ?? [];
  for (const section of [sections.slack, sections.trigger]) {
    if (section?.url !== undefined) yield* collectAddress(section.url);
  }
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
