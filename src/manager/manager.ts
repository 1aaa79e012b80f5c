import type { Change, Document } from "../document/change.ts";
import type { Difference } from "../document/diff.ts";
import type { HistoryEntry, ListedDocument } from "../document/store.ts";
import type { EventOutcome, PipelineEvent } from "../events/types.ts";
import type { Mapping, Value } from "../values.ts";
import type {
  ChangeOptions,
  GenerateOptions,
  GetOptions,
  HandleEventOptions,
  InitOptions,
  LoadOptions,
  OpenOptions,
  PreviewOptions,
  WriteOptions,
} from "./options.ts";
import {
  ManagerCore,
  type ManagerParts,
  openParts,
  setOperations,
} from "./parts.ts";

/**
 * Manages the documents in the primary datasource and its mirrors.
 *
 * Requires `--allow-read` for the config and the mirrors, `--allow-write` for
 * file datasources and mirrors, and `--allow-net` for Redis and events. For
 * examples see {@linkcode OpenOptions} and the other types of its methods.
 */
export class CicdStateMgr extends ManagerCore {
  readonly #parts: ManagerParts;

  private constructor(parts: ManagerParts) {
    super(parts);
    this.#parts = parts;
  }

  /**
   * Reads a config and its secrets. Datasources are opened when first needed.
   *
   * @param options The config, the secrets, and the caller's own datasources.
   * @returns The manager. Close it after use.
   * @throws {CicdStateError} `CONFIG` or `PERMISSION`.
   */
  static async open(options: OpenOptions): Promise<CicdStateMgr> {
    return new CicdStateMgr(await openParts(options));
  }

  /**
   * Creates and stores a document. By default it replaces an existing one.
   *
   * @param id The document's id.
   * @param options The app config, and what else goes into the document.
   * @returns The stored document, or the one that is kept.
   * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `PATH`, `INPUT`, `STORE`, `CONFLICT`, `TEMPLATE`, `DELIVERY`, `INTERRUPTED`, `PERMISSION` or `TIMEOUT`.
   */
  async init(id: string, options: InitOptions): Promise<Document> {
    const { initDocument } = await import("./init.ts");
    return await initDocument(this.#parts, id, options);
  }

  /**
   * Reads a document from the primary, changes it, runs an event's handlers on
   * it, and stores the result in one write and in every mirror. Handlers are not
   * run again if another writer changes the document meanwhile.
   *
   * @param id The document's id.
   * @param options The change, its conditions, and the event.
   * @returns The document as it is stored now.
   * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `PATH`, `INPUT`, `STORE`, `CONFLICT`, `TEMPLATE`, `DELIVERY`, `INTERRUPTED`, `PERMISSION` or `TIMEOUT`.
   */
  async load(id: string, options: LoadOptions = {}): Promise<Document> {
    const { loadDocument } = await import("./load.ts");
    return await loadDocument(this.#parts, id, options);
  }

  /**
   * Reads a value from the first readable mirror or, if that holds another
   * document, from the primary. A string is rendered as a template.
   *
   * @param id The document's id.
   * @param expression A JSONPath, as {@linkcode queryPath} takes it.
   * @param options Where to read, and how to render.
   * @returns The value, a list of values if several match, or `undefined` if none does.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `TEMPLATE`, `PERMISSION` or `TIMEOUT`.
   */
  async get(
    id: string,
    expression: string,
    options: GetOptions = {},
  ): Promise<Value | undefined> {
    return (await this.getAll(id, [expression], options))[0];
  }

  /**
   * Reads several values of one revision of a document.
   *
   * @param id The document's id.
   * @param expressions JSONPaths.
   * @param options As for {@linkcode CicdStateMgr.get}.
   * @returns The values, in the order of the expressions.
   * @throws {CicdStateError} As {@linkcode CicdStateMgr.get}.
   */
  async getAll(
    id: string,
    expressions: readonly string[],
    options: GetOptions = {},
  ): Promise<(Value | undefined)[]> {
    const { getValues } = await import("./rendering.ts");
    return await getValues(this.#parts, id, expressions, options);
  }

  /**
   * Renders a template over a document. It sees what the document's own
   * templates see: the document, `configData`, the macros and the variables.
   *
   * @param id The document's id.
   * @param template The source of the template.
   * @param options Where to read, and how to render.
   * @returns The output.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `TEMPLATE`, `PERMISSION` or `TIMEOUT`.
   */
  async render(
    id: string,
    template: string,
    options: Omit<GetOptions, "raw"> = {},
  ): Promise<string> {
    const { renderDocument } = await import("./rendering.ts");
    return await renderDocument(this.#parts, id, template, options);
  }

  /**
   * Sets values in the primary's current document and writes every mirror.
   *
   * @param id The document's id.
   * @param values Property paths and their values: `{ "state.tag": "v1" }`.
   * @returns The new document.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `CONFLICT`, `PERMISSION` or `TIMEOUT`.
   */
  async set(id: string, values: Readonly<Mapping>): Promise<Document> {
    return await this.change(id, setOperations(values));
  }

  /**
   * Applies a change to the current document of the primary, all of it or
   * nothing, and writes every mirror. An empty change writes no revision.
   *
   * @param id The document's id.
   * @param change The operations, applied in order.
   * @param options What must be true when it is written.
   * @returns The new document.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `CONFLICT`, `CONFIG`, `PERMISSION` or `TIMEOUT`.
   */
  async change(
    id: string,
    change: Change,
    options: ChangeOptions = {},
  ): Promise<Document> {
    if (change.length === 0) return await this.load(id, options);
    const { changeDocument } = await import("./change.ts");
    return await changeDocument(this.#parts, id, change, options);
  }

  /**
   * Runs the generators at a path and stores what they set.
   *
   * @param id The document's id.
   * @param path A JSONPath that finds exactly one mapping of generators.
   * @param options The template variables and the conditions.
   * @returns The new document, or the current one if nothing was set.
   * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `INPUT`, `STORE`, `CONFLICT`, `CONFIG`, `TEMPLATE`, `PERMISSION` or `TIMEOUT`.
   */
  async generate(
    id: string,
    path: string,
    options: GenerateOptions = {},
  ): Promise<Document> {
    const { generateValues } = await import("./generate.ts");
    return await generateValues(this.#parts, id, path, options);
  }

  /**
   * Stores a change, if there is one, then runs an event's handlers and stores
   * what they set. The change stays stored even if a handler fails.
   *
   * @param id The document's id.
   * @param event The pipeline and the event.
   * @param options The change, its conditions, and the template variables.
   * @returns The document as it is stored now.
   * @throws {CicdStateError} As {@linkcode CicdStateMgr.load}.
   */
  async handleEvent(
    id: string,
    event: PipelineEvent,
    options: HandleEventOptions = {},
  ): Promise<Document> {
    const { changeAndHandleEvent } = await import("./load.ts");
    return await changeAndHandleEvent(this.#parts, id, event, options);
  }

  /**
   * Runs an event's handlers without sending or storing anything.
   *
   * @param id The document's id.
   * @param event The pipeline and the event.
   * @param options As {@linkcode CicdStateMgr.handleEvent}, or with `init` as {@linkcode CicdStateMgr.init}.
   * @returns What would be sent and set, the change included, with secrets masked.
   * @throws {CicdStateError} `NOT_FOUND`, `CONFLICT`, `CONFIG`, `PATH`, `INPUT`, `STORE`, `TEMPLATE`, `PERMISSION` or `TIMEOUT`.
   */
  async previewEvent(
    id: string,
    event: PipelineEvent,
    options: PreviewOptions = {},
  ): Promise<EventOutcome> {
    const { previewEvent } = await import("./load.ts");
    return await previewEvent(this.#parts, id, event, options);
  }

  /**
   * Lists a document's changes, newest first.
   *
   * @param id The document's id.
   * @param limit The maximum number of changes. Default: 20.
   * @returns The changes. Only the config's `max-entries` of them are kept.
   * @throws {CicdStateError} `CONFIG`, if the primary keeps no history; `NOT_FOUND`, `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async history(id: string, limit = 20): Promise<HistoryEntry[]> {
    const { listChanges } = await import("./history.ts");
    return await listChanges(this.#parts, id, limit);
  }

  /**
   * Compares two revisions of a document.
   *
   * @param id The document's id.
   * @param from The number of the earlier revision.
   * @param to The number of the later revision. Default: the current document.
   * @returns Each path whose value differs; empty if the revisions are equal.
   * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async diff(id: string, from: number, to?: number): Promise<Difference[]> {
    const { compareRevisions } = await import("./history.ts");
    return await compareRevisions(this.#parts, id, from, to);
  }

  /**
   * Restores an old revision of a document as a new change.
   *
   * @param id The document's id.
   * @param revision The number of the revision.
   * @param options What must be true when it is written.
   * @returns The new document, which equals the old revision.
   * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `CONFLICT`, `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async rollback(
    id: string,
    revision: number,
    options: WriteOptions = {},
  ): Promise<Document> {
    const { rollBack } = await import("./history.ts");
    return await rollBack(this.#parts, id, revision, options);
  }

  /**
   * Lists the documents of the primary, in no particular order.
   *
   * @param prefix What their ids must start with. Default: all documents.
   * @returns The documents, read page by page.
   * @throws {CicdStateError} `CONFIG`, if the primary cannot list documents; `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async *list(prefix?: string): AsyncGenerator<ListedDocument, void> {
    const { listDocuments } = await import("./documents.ts");
    yield* listDocuments(this.#parts, prefix);
  }

  /**
   * Removes a document, its history, and the mirrors that hold it.
   *
   * @param id The document's id.
   * @throws {CicdStateError} `NOT_FOUND`; `CONFIG`, if the primary cannot remove documents; `STORE`, `PERMISSION` or `TIMEOUT`.
   */
  async remove(id: string): Promise<void> {
    const { removeDocument } = await import("./documents.ts");
    await removeDocument(this.#parts, id);
  }

  /**
   * Encrypts documents, their history and their mirrors with the current key.
   *
   * @param ids The documents. Default: all of the primary.
   * @returns The ids of the documents that were encrypted.
   * @throws {CicdStateError} `CONFIG`, if encryption is not configured; `NOT_FOUND`, `STORE`, `CONFLICT`, `PERMISSION` or `TIMEOUT`, after all other documents were encrypted.
   */
  async reseal(ids?: readonly string[]): Promise<string[]> {
    const { resealDocuments } = await import("./documents.ts");
    return await resealDocuments(this.#parts, ids);
  }
}
