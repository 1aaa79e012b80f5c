import {
  type AppConfig,
  collectMacros,
  loadAppConfig,
} from "../config/app_config.ts";
import { applyChange, type Change, type Document } from "../document/change.ts";
import { checkIdStays } from "../document/condition.ts";
import type { Snapshot, StateStore } from "../document/store.ts";
import {
  checkRevision,
  createDocument,
  readDocument,
  replaceDocument,
  updateDocument,
} from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import { getKey, isFalsy, setKey } from "../values.ts";
import type { InitOptions } from "./options.ts";
import { checkTtl, type ManagerParts } from "./parts.ts";
import { createContextOf, named, rendererOf } from "./rendering.ts";

/**
 * Creates and stores a document; see {@linkcode CicdStateMgr.init}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param options The app config, the conditions and the event.
 * @returns The stored document.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `PATH`, `INPUT`, `STORE`, `CONFLICT`, `TEMPLATE`, `DELIVERY`, `INTERRUPTED`, `PERMISSION` or `TIMEOUT`.
 */
export async function initDocument(
  parts: ManagerParts,
  id: string,
  options: InitOptions,
): Promise<Document> {
  await checkTtl(parts, options.ttlMs);
  const kept = await findKept(parts, id, options);
  if (kept !== undefined) return kept;
  const draft = await draftDocument(parts, id, options);
  const { handleEvent } = options;
  if (handleEvent === undefined) {
    return await storeDocument(parts, id, draft, options);
  }
  const { runEvent } = await import("./run_event.ts");
  const { document, operations, interruption, failure } = await runEvent(
    parts,
    draft,
    handleEvent,
    options,
  );
  const store = () => storeDocument(parts, id, document, options);
  if (interruption !== undefined) {
    const { endInterrupted } = await import("./run_event.ts");
    const change = [...options.change ?? [], ...operations];
    throw await endInterrupted({ interruption, change, store });
  }
  const stored = await store();
  if (failure !== undefined) throw failure;
  return stored;
}

/**
 * Checks the conditions before anything is rendered or sent. Returns the
 * existing document if it is kept.
 */
async function findKept(
  { repository }: ManagerParts,
  id: string,
  { ifExists = "replace", ifRevision }: InitOptions,
): Promise<Document | undefined> {
  if (ifExists === "replace" && ifRevision === undefined) return undefined;
  const store = await repository.store();
  if (ifRevision !== undefined) {
    const { revision } = await readDocument(store, id);
    checkRevision(id, revision, ifRevision);
    return undefined;
  }
  const snapshot = await store.read(id);
  if (snapshot === undefined) return undefined;
  if (ifExists === "fail") throw alreadyExists(id, snapshot);
  await repository.mirror(id, snapshot);
  return snapshot.document;
}

async function storeDocument(
  { repository, log }: ManagerParts,
  id: string,
  document: Document,
  { ifExists = "replace", ifRevision, ttlMs }: InitOptions,
): Promise<Document> {
  return await repository.write(id, async (store, defaults) => {
    const options = { ...defaults, ttlMs: ttlMs ?? defaults.ttlMs, ifRevision };
    if (ifRevision !== undefined) {
      return await updateDocument(store, id, () => document, options);
    }
    if (ifExists === "replace") {
      const replaced = await revisionOf(store, id);
      const snapshot = await replaceDocument(store, id, document, options);
      if (replaced !== undefined) {
        log.info(
          `Replaced document "${id}", which was at revision ${replaced}`,
        );
      }
      return snapshot;
    }
    const snapshot = await createDocument(store, id, document, options);
    if (snapshot.document === document || ifExists === "keep") return snapshot;
    throw alreadyExists(id, snapshot);
  });
}

/** Returns the number of a document's revision, if it can be read. */
async function revisionOf(
  store: StateStore,
  id: string,
): Promise<string | undefined> {
  try {
    return (await store.revision(id))?.split("-")[0];
  } catch (error) {
    // A document that cannot be read is replaced too.
    if (error instanceof CicdStateError) return undefined;
    throw error;
  }
}

function alreadyExists(id: string, { revision }: Snapshot): CicdStateError {
  const number = revision.split("-")[0];
  return new CicdStateError(
    "CONFLICT",
    `Document "${id}" already exists, at revision ${number}`,
    { hint: "Use another id, or allow it to be replaced" },
  );
}

/**
 * Builds the document of an app config without running handlers or storing it.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param options The app config, and what is set first.
 * @returns The document.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `PATH` or `PERMISSION`.
 */
export async function draftDocument(
  parts: ManagerParts,
  id: string,
  options: InitOptions,
): Promise<Document> {
  const { appConfig, basesDir, contextName = "stage", change = [] } = options;
  const refused = parts.config.sources;
  const app = await loadAppConfig(appConfig, {
    basesDir,
    contextName,
    refused,
  });
  const document = newDocument(app, id, contextName, change);
  return await addVariables(app, document, parts, options);
}

/** Builds the document without its variables, in the key order of stored documents. */
function newDocument(
  app: AppConfig,
  id: string,
  contextName: string,
  change: Change,
): Document {
  const { context } = app;
  const document: Document = {};
  for (const key of Object.keys(context)) setKey(document, key, context[key]!);
  document["appPipelinesConfig"] = app.own;
  document["jinja2Macros"] = collectMacros(app);
  document["state"] = { cicdContextDataId: id, cicdContextName: contextName };
  checkIdStays(document, change, id);
  return applyChange(document, change);
}

/** Renders the app config's variables in order. Each sees the earlier ones. */
async function addVariables(
  app: AppConfig,
  document: Document,
  parts: ManagerParts,
  options: InitOptions,
): Promise<Document> {
  const renderer = rendererOf(parts, document, options);
  const contextOf = await createContextOf(parts, options);
  const variables = app.variables;
  let current = document;
  for (const name of Object.keys(variables)) {
    if (isFalsy(getKey(current, "variables"))) {
      current = applyChange(current, [
        { op: "set", path: ["variables"], value: {} },
      ]);
    }
    const source = variables[name]!;
    const value = typeof source === "string"
      ? await named(
        `variables.${name}`,
        renderer.render(source, contextOf(current)),
      )
      : source;
    const path = ["variables", name];
    current = applyChange(current, [{ op: "set", path, value }]);
  }
  return current;
}
