import {
  type AppConfig,
  collectMacros,
  loadAppConfig,
} from "../config/app_config.ts";
import { findOverwriter } from "../config/datasources.ts";
import { pathsOf } from "../config/load.ts";
import type { ConfigSource } from "../config/source.ts";
import { applyChange, type Document } from "../document/change.ts";
import { checkIdStays } from "../document/condition.ts";
import { checkId } from "../document/id.ts";
import type { Snapshot, StateStore } from "../document/store.ts";
import {
  checkRevision,
  createDocument,
  readDocument,
  replaceDocument,
  showRevision,
  updateDocument,
} from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import { pathText } from "../schema/schema.ts";
import { asSentence } from "../util/log.ts";
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
  checkId(id);
  const kept = await findKept(parts, id, options);
  if (kept !== undefined) {
    await parts.repository.mirror(id, kept);
    return kept.document;
  }
  const draft = await draftDocument(parts, id, options);
  const { handleEvent } = options;
  if (handleEvent === undefined) {
    return await storeDocument(parts, id, draft, options);
  }
  const { hasNoEffect, orInterrupted, runEvent } = await import(
    "./run_event.ts"
  );
  const outcome = await runEvent(parts, draft, handleEvent, options);
  const { document, operations, interruption, failure } = outcome;
  if (hasNoEffect(outcome)) throw failure;
  const store = () => storeDocument(parts, id, document, options);
  const change = [...options.change ?? [], ...operations];
  if (interruption !== undefined) {
    const { endInterrupted } = await import("../events/interruption.ts");
    throw await endInterrupted({ interruption, change, store });
  }
  const { signal } = options;
  const { sent } = outcome;
  const stored = await orInterrupted(store(), { signal, sent, change });
  if (failure !== undefined) throw failure;
  return stored;
}

/**
 * Checks the conditions before anything is rendered or sent.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param options The conditions.
 * @returns The existing document if it is kept.
 * @throws {CicdStateError} `CONFLICT`, `CONFIG`, `NOT_FOUND`, `STORE`, `PERMISSION` or `TIMEOUT`.
 */
export async function findKept(
  parts: ManagerParts,
  id: string,
  { appConfig, ifExists = "replace", ifRevision, ttlMs }: InitOptions,
): Promise<Snapshot | undefined> {
  await checkOverwriting(parts, appConfig);
  await checkTtl(parts, ttlMs);
  if (ifExists === "replace" && ifRevision === undefined) return undefined;
  const store = await parts.repository.store();
  if (ifRevision !== undefined) {
    const { revision } = await readDocument(store, id);
    checkRevision(id, revision, ifRevision);
    return undefined;
  }
  const snapshot = await unlessOther(store, id, store.read(id));
  if (snapshot !== undefined && ifExists === "fail") {
    throw alreadyExists(id, snapshot);
  }
  return snapshot;
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
      const replaced = await describeStored(store, id);
      const snapshot = await replaceDocument(store, id, document, options);
      if (replaced !== undefined) log.info(`Replaced document ${replaced}`);
      return snapshot;
    }
    const snapshot = await unlessOther(
      store,
      id,
      createDocument(store, id, document, options),
    );
    if (snapshot.document === document || ifExists === "keep") return snapshot;
    throw alreadyExists(id, snapshot);
  });
}

/** Describes what is about to be replaced, if it can be read. */
async function describeStored(
  store: StateStore,
  id: string,
): Promise<string | undefined> {
  try {
    const revision = await store.revision(id);
    return revision &&
      `"${id}", which was at revision ${showRevision(revision)}`;
  } catch (error) {
    // A document that cannot be read is replaced too.
    if (!(error instanceof CicdStateError)) throw error;
    if (error.code !== "NOT_FOUND") return undefined;
    const held = await heldBy(store);
    return held && `${held} in ${store.name}`;
  }
}

/** Waits for a read or a write, which fails if the store holds another document. */
async function unlessOther<T>(
  store: StateStore,
  id: string,
  access: Promise<T>,
): Promise<T> {
  try {
    return await access;
  } catch (error) {
    const isOther = error instanceof CicdStateError &&
      error.code === "NOT_FOUND";
    if (!isOther) throw error;
    const held = await heldBy(store) ?? "another document";
    throw new CicdStateError(
      "CONFLICT",
      `Cannot create document "${id}": ${store.name} holds ${held}`,
      { hint: "Use another path, or add --replace", cause: error },
    );
  }
}

/** Returns the id, in quotes, of the document in a store that can hold only one. */
async function heldBy(store: StateStore): Promise<string | undefined> {
  const [held] = (await store.list?.({}))?.documents ?? [];
  return held && `"${held.id}"`;
}

function alreadyExists(id: string, { revision }: Snapshot): CicdStateError {
  return new CicdStateError(
    "CONFLICT",
    `Document "${id}" already exists, at revision ${showRevision(revision)}`,
    { hint: "Use another id, or add --replace or --if-absent" },
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
  for (const { path, message, hint } of app.suspects) {
    parts.log.warn(asSentence(`"${pathText(path)}" ${message}. ${hint}`));
  }
  const defined = newDocument(app, id, contextName);
  const all = { ...defined, variables: app.variables };
  for (const mirror of await parts.repository.mirrors()) {
    mirror.checkDefined?.(all);
  }
  checkIdStays(defined, change, id);
  const document = applyChange(defined, change);
  return await addVariables(app, document, parts, options);
}

/** Refuses a datasource that would overwrite the app config. */
async function checkOverwriting(
  { config: { primary, mirrors } }: ManagerParts,
  appConfig: ConfigSource,
): Promise<void> {
  const datasources = primary === undefined ? mirrors : [primary, ...mirrors];
  const files = await pathsOf([appConfig]);
  const overwriter = findOverwriter(datasources, files);
  if (overwriter === undefined) return;
  throw new CicdStateError(
    "CONFIG",
    `The path of datasource "${overwriter.name}" is the app config ${files[0]}`,
    { hint: "Give the datasource a file of its own" },
  );
}

/** Builds what an app config defines without variables, in the key order of stored documents. */
function newDocument(
  app: AppConfig,
  id: string,
  contextName: string,
): Document {
  const { context } = app;
  const document: Document = {};
  for (const key of Object.keys(context)) setKey(document, key, context[key]!);
  document["appPipelinesConfig"] = app.own;
  document["jinja2Macros"] = collectMacros(app);
  document["state"] = { cicdContextDataId: id, cicdContextName: contextName };
  return document;
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
