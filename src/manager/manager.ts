import { loadConfig } from "../config/load.ts";
import type { Config } from "../config/types.ts";
import type {
  HistoryEntry,
  ListedDocument,
  StateStore,
} from "../document/store.ts";
import { CicdStateError } from "../errors.ts";
import type { EventOutcome } from "../events/types.ts";
import {
  applyChange,
  type Change,
  type Document,
  parsePropertyPath,
} from "../document/change.ts";
import type { Difference } from "../document/diff.ts";
import { createRenderer, type Renderer } from "../templates/renderer.ts";
import type { Logger } from "../util/log.ts";
import { collectSecrets, createMask } from "../http/redact.ts";
import type { Mapping, Value } from "../values.ts";
import type {
  ChangeOptions,
  HandleEventOptions,
  InitOptions,
  LoadOptions,
  OpenOptions,
  PipelineEvent,
  PreviewOptions,
  RenderingOptions,
} from "./options.ts";
import { Repository } from "./repository.ts";
import { macrosOf, templateContext } from "./template_context.ts";

/** Drops what is logged. */
const SILENT: Logger = {
  info() {},
  warn() {},
  error() {},
};

/**
 * Keeps the documents of a CI/CD system: creates, reads and changes them in the
 * primary datasource and writes them to its mirrors.
 *
 * Requires `--allow-read` for the config and the mirrors, `--allow-write` for
 * file datasources and mirrors, and `--allow-net` for Redis and events.
 *
 * @example Create, change and read a document
 * ```ts
 * import { CicdStateMgr } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * const path = `${await Deno.makeTempDir()}/state.db`;
 * await using manager = await CicdStateMgr.open({
 *   config: {
 *     cicdstatemgr: { datasources: { sqlite: { path, isPrimary: true } } },
 *   },
 * });
 * await manager.init("build-1", {
 *   appConfig: { "cicd-contexts": { stage: { region: "north" } } },
 * });
 * await manager.set("build-1", { "state.tag": "v1-{{region}}" });
 * strictEqual(await manager.get("build-1", "state.tag"), "v1-north");
 * ```
 */
export class CicdStateMgr implements AsyncDisposable {
  readonly #config: Config;
  readonly #repository: Repository;
  readonly #log: Logger;
  readonly #mask: (text: string) => string;

  private constructor(config: Config, options: OpenOptions) {
    this.#config = config;
    this.#log = options.logger ?? SILENT;
    this.#mask = createMask([
      ...collectSecrets(config.secretData),
      ...config.encryptionKeys ?? [],
    ]);
    this.#repository = new Repository({
      config,
      options,
      log: this.#log,
      mask: this.#mask,
    });
  }

  /**
   * Reads a config and its secrets. Datasources are opened when first needed.
   *
   * @param options The config, the secrets, and datasources of one's own.
   * @returns The manager; close it after use.
   * @throws {CicdStateError} `CONFIG` or `PERMISSION`.
   */
  static async open(options: OpenOptions): Promise<CicdStateMgr> {
    const { secrets, store, ttlMs } = options;
    const requirePrimary = store === undefined;
    const config = await loadConfig(options.config, secrets, requirePrimary);
    const manager = new CicdStateMgr(config, options);
    if (ttlMs && manager.#repository.primaryIsFile) {
      throw new CicdStateError(
        "CONFIG",
        `Cannot let documents expire: the primary is a ${config.primary?.kind}`,
        { hint: "Make redis or sqlite the primary, or give no ttl" },
      );
    }
    return manager;
  }

  /**
   * Creates a document from an app config and stores it, in place of one that
   * has the same id.
   *
   * @param id The document's id.
   * @param options The app config and what else goes into the document.
   * @returns The document.
   * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `PATH`, `STORE`, `DELIVERY`, `PERMISSION` or `TIMEOUT`.
   */
  async init(id: string, options: InitOptions): Promise<Document> {
    const { handleEvent } = options;
    const draft = await this.#draft(id, options);
    if (handleEvent === undefined) return await this.#replace(id, draft);
    const { document, failure } = await this.#runHandlers(
      draft,
      handleEvent,
      options,
    );
    const stored = await this.#replace(id, document);
    if (failure !== undefined) throw failure;
    return stored;
  }

  /**
   * Reads a document from the primary, changes it and runs an event's handlers
   * on that if asked to, and stores all of it at once and in every mirror. A
   * handler is never run twice because somebody else writes.
   *
   * @param id The document's id.
   * @param options The change and the event.
   * @returns The document.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `CONFLICT`, `DELIVERY`, `PERMISSION` or `TIMEOUT`.
   */
  async load(id: string, options: LoadOptions = {}): Promise<Document> {
    const { change = [], handleEvent } = options;
    const snapshot = await this.#repository.read(id);
    const outcome = handleEvent && await this.#runHandlers(
      applyChange(snapshot.document, change),
      handleEvent,
      options,
    );
    const all = [...change, ...outcome?.operations ?? []];
    let { document } = snapshot;
    if (all.length > 0) document = await this.change(id, all);
    else await this.#repository.mirror(id, snapshot);
    if (outcome?.failure !== undefined) throw outcome.failure;
    return document;
  }

  /**
   * Reads a value: from the first mirror that can be read, or where that has
   * another document from the primary, which then fills the mirrors. A text is rendered as a template.
   *
   * @param id The document's id.
   * @param expression A JSONPath, as {@linkcode queryPath} takes it.
   * @param options Variables for templates.
   * @returns The value, a list of them if several match, or `undefined` if none does.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async get(
    id: string,
    expression: string,
    options: RenderingOptions = {},
  ): Promise<Value | undefined> {
    const document = await this.#repository.readNearest(id);
    const { queryPath } = await import("../document/jsonpath.ts");
    const found = queryPath(document, expression);
    const value = found.length > 1 ? found : found[0];
    // Macros in front of an empty text must not print in its place.
    if (typeof value !== "string" || value === "") return value;
    const contextOf = await this.#contextMaker(options);
    return await this.#rendererOf(document).render(value, contextOf(document));
  }

  /**
   * Sets values in the primary's current document and writes it to every mirror.
   * Nothing that others change meanwhile is lost.
   *
   * @param id The document's id.
   * @param values Property path to value: `{ "state.tag": "v1" }`.
   * @returns The document.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `CONFLICT`, `PERMISSION` or `TIMEOUT`.
   */
  async set(
    id: string,
    values: Readonly<Record<string, Value>>,
  ): Promise<Document> {
    const change = Object.entries(values).map(([path, value]) => (
      { op: "set", path: parsePropertyPath(path), value } as const
    ));
    return await this.change(id, change);
  }

  /**
   * Applies a change to the primary's current document, all of it or nothing,
   * and writes it to every mirror.
   *
   * @param id The document's id.
   * @param change The operations, in order.
   * @param options What must hold, or nothing is written.
   * @returns The document.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `CONFLICT`, `PERMISSION` or `TIMEOUT`.
   */
  async change(
    id: string,
    change: Change,
    options: ChangeOptions = {},
  ): Promise<Document> {
    const { ifAbsent = false, ifRevision } = options;
    // Nothing to write: no revision that tells of nothing.
    if (change.length === 0 && ifRevision === undefined) {
      return await this.load(id);
    }
    const { updateDocument } = await import("../document/update.ts");
    const { checkAbsent, checkIdStays } = await import(
      "../document/condition.ts"
    );
    return await this.#repository.write(
      id,
      (store, options) =>
        updateDocument(store, id, (current) => {
          if (ifAbsent) checkAbsent(current, change);
          checkIdStays(current, change, id);
          return change;
        }, { ...options, ifRevision }),
    );
  }

  /**
   * Runs the generators at a path and stores what they set.
   *
   * @param id The document's id.
   * @param path A JSONPath that finds exactly one mapping of generators.
   * @param options Variables for templates.
   * @returns The document.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `INPUT`, `STORE`, `CONFLICT`, `PERMISSION` or `TIMEOUT`.
   */
  async generate(
    id: string,
    path: string,
    options: RenderingOptions = {},
  ): Promise<Document> {
    const { generate } = await import("./generate.ts");
    const { document } = await this.#repository.read(id);
    const operations = await generate(document, path, {
      renderer: this.#rendererOf(document),
      contextOf: await this.#contextMaker(options),
    });
    if (operations.length === 0) return document;
    return await this.change(id, operations);
  }

  /**
   * Stores a change if there is one, and does what {@linkcode CicdStateMgr.load}
   * does with an event: what the handlers find wrong, the change survives.
   *
   * @param id The document's id.
   * @param event The pipeline and the event.
   * @param options What is stored before, and variables for templates.
   * @returns The document.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `CONFLICT`, `DELIVERY`, `PERMISSION` or `TIMEOUT`.
   */
  async handleEvent(
    id: string,
    event: PipelineEvent,
    options: HandleEventOptions = {},
  ): Promise<Document> {
    const { change = [], variables } = options;
    if (change.length > 0) await this.change(id, change);
    return await this.load(id, { handleEvent: event, variables });
  }

  /**
   * Runs an event's handlers without sending or storing anything.
   *
   * @param id The document's id.
   * @param event The pipeline and the event.
   * @param options As of {@linkcode CicdStateMgr.handleEvent}, or with `init` as of {@linkcode CicdStateMgr.init}.
   * @returns What would be sent and set; secrets in it are hidden.
   * @throws {CicdStateError} `NOT_FOUND`, `CONFIG`, `PATH`, `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async previewEvent(
    id: string,
    event: PipelineEvent,
    options: PreviewOptions = {},
  ): Promise<EventOutcome> {
    const { init, change = [] } = options;
    const document = init === undefined
      ? applyChange((await this.#repository.read(id)).document, change)
      : await this.#draft(id, init);
    return await this.#runHandlers(document, event, options, true);
  }

  /**
   * Lists a document's changes, the newest first.
   *
   * @param id The document's id.
   * @param limit How many at most.
   * @returns The changes.
   * @throws {CicdStateError} `CONFIG`, if the primary keeps no history; `NOT_FOUND`, `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async history(id: string, limit = 20): Promise<HistoryEntry[]> {
    const { listChanges } = await import("./past.ts");
    return await listChanges(await this.#repository.store(), id, limit);
  }

  /**
   * Compares two revisions of a document.
   *
   * @param id The document's id.
   * @param from The number of the earlier revision.
   * @param to The number of the later one. Default: the document as it is now.
   * @returns Where they differ.
   * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async diff(id: string, from: number, to?: number): Promise<Difference[]> {
    const { compareRevisions } = await import("./past.ts");
    return await compareRevisions(await this.#repository.store(), id, from, to);
  }

  /**
   * Makes a document again what it was at a revision. This is a new change: the
   * past stays as it is.
   *
   * @param id The document's id.
   * @param revision The number of the revision.
   * @returns The document.
   * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `CONFLICT`, `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async rollback(id: string, revision: number): Promise<Document> {
    const { rollBack } = await import("./past.ts");
    return await this.#repository.write(
      id,
      (store, options) => rollBack(store, id, revision, options),
    );
  }

  /**
   * Lists the documents of the primary, in no order.
   *
   * @param prefix Only those whose ids begin with it.
   * @returns The documents, read as they are asked for.
   * @throws {CicdStateError} `CONFIG`, if the primary cannot list; `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async *list(prefix?: string): AsyncGenerator<ListedDocument, void> {
    const store = await this.#repository.store();
    if (store.list === undefined) throw cannot(store, "list documents");
    let cursor: string | undefined;
    do {
      const page = await store.list({ prefix, cursor });
      yield* page.documents;
      cursor = page.cursor;
    } while (cursor !== undefined);
  }

  /**
   * Removes a document, its history, and the mirrors that hold it.
   *
   * @param id The document's id.
   * @throws {CicdStateError} `NOT_FOUND`; `CONFIG`, if the primary cannot remove; `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async remove(id: string): Promise<void> {
    const store = await this.#repository.store();
    if (store.remove === undefined) throw cannot(store, "remove documents");
    if (!await store.remove(id)) {
      const { notFound } = await import("../document/update.ts");
      throw notFound(store, id);
    }
    for (const mirror of await this.#repository.mirrors()) {
      await mirror.remove?.(id);
    }
  }

  /**
   * Hides the values of the secrets in a text, such as a message of one's own.
   *
   * @param text The text.
   * @returns The text with `***` in the place of each secret.
   */
  mask(text: string): string {
    return this.#mask(text);
  }

  /** Ends connections. A client or store that was handed in stays open. */
  async close(): Promise<void> {
    await this.#repository.close();
  }

  /** Does what {@linkcode CicdStateMgr.close} does. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Makes the document of `init`, without running handlers or storing it. */
  async #draft(id: string, options: InitOptions): Promise<Document> {
    const { appConfig, basesDir, contextName = "stage", change = [] } = options;
    const { loadAppConfig } = await import("../config/app_config.ts");
    const { addVariables, newDocument } = await import("./new_document.ts");
    const app = await loadAppConfig(appConfig, basesDir);
    const bare = newDocument(app, id, contextName, change);
    return await addVariables(
      app,
      bare,
      this.#rendererOf(bare),
      await this.#contextMaker(options),
    );
  }

  async #replace(id: string, document: Document): Promise<Document> {
    const { replaceDocument } = await import("../document/update.ts");
    return await this.#repository.write(
      id,
      (store, options) => replaceDocument(store, id, document, options),
    );
  }

  #rendererOf(document: Document): Renderer {
    return createRenderer(macrosOf(document), this.#log);
  }

  /** Gives what makes what templates see. JSONPath is loaded for variables only. */
  async #contextMaker(
    { variables = [] }: RenderingOptions,
  ): Promise<(document: Document) => Mapping> {
    const { configData } = this.#config;
    if (variables.length === 0) {
      return (document) => templateContext(document, configData, []);
    }
    const { evaluateVariables } = await import("./template_variables.ts");
    return (document) =>
      templateContext(
        document,
        configData,
        evaluateVariables(document, variables),
      );
  }

  async #runHandlers(
    document: Document,
    event: PipelineEvent,
    options: RenderingOptions,
    dryRun = false,
  ): Promise<EventOutcome> {
    const { runHandlers } = await import("./run_handlers.ts");
    return await runHandlers(document, event, {
      config: this.#config,
      renderer: this.#rendererOf(document),
      contextOf: await this.#contextMaker(options),
      mask: this.#mask,
      log: this.#log,
      dryRun,
    });
  }
}

function cannot(store: StateStore, what: string): CicdStateError {
  return new CicdStateError(
    "CONFIG",
    `Cannot ${what}: ${store.name} has no way to`,
    {
      hint: "Make redis or sqlite the primary",
    },
  );
}
