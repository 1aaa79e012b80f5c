import { applyChange, type Change, type Document } from "../document/change.ts";
import { checkAbsent, checkIdStays } from "../document/condition.ts";
import type { Snapshot } from "../document/store.ts";
import { checkRevision } from "../document/update.ts";
import type { EventOutcome } from "../events/types.ts";
import { changeDocument } from "./change.ts";
import type {
  HandleEventOptions,
  LoadOptions,
  PipelineEvent,
  PreviewOptions,
} from "./options.ts";
import { checkTtl, type ManagerParts } from "./parts.ts";

/**
 * Reads, changes and stores a document, running an event's handlers if one is
 * given; see {@linkcode CicdStateMgr.load}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param options The change, its conditions, and the event.
 * @returns The document.
 * @throws {CicdStateError} `CONFIG`, `NOT_FOUND`, `PATH`, `INPUT`, `STORE`, `CONFLICT`, `TEMPLATE`, `DELIVERY`, `INTERRUPTED`, `PERMISSION` or `TIMEOUT`.
 */
export async function loadDocument(
  parts: ManagerParts,
  id: string,
  options: LoadOptions,
): Promise<Document> {
  const { change = [], handleEvent, ifAbsent, ifRevision } = options;
  if (handleEvent === undefined) {
    if (change.length > 0) {
      return await changeDocument(parts, id, change, options);
    }
    const snapshot = await parts.repository.read(id);
    checkRevision(id, snapshot.revision, ifRevision);
    await parts.repository.mirror(id, snapshot);
    return snapshot.document;
  }
  const hasCondition = ifRevision !== undefined || ifAbsent;
  return hasCondition
    ? await changeAndHandleEvent(parts, id, handleEvent, options)
    : await handleAndChange(parts, id, handleEvent, options);
}

/**
 * Stores a change, then runs an event's handlers and stores what they set; see
 * {@linkcode CicdStateMgr.handleEvent}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param event The pipeline and the event.
 * @param options The change, its conditions, and the template variables.
 * @returns The document.
 * @throws {CicdStateError} As {@linkcode loadDocument}.
 */
export async function changeAndHandleEvent(
  parts: ManagerParts,
  id: string,
  event: PipelineEvent,
  options: HandleEventOptions,
): Promise<Document> {
  const { change = [], ifRevision, ifAbsent, ...others } = options;
  const { ttlMs, requireEvent } = options;
  const check = requireEvent ? await eventCheck(event, change) : undefined;
  const conditions = { ifRevision, ifAbsent, ttlMs, check };
  if (change.length > 0) {
    await changeDocument(parts, id, change, conditions);
  } else if (ifRevision !== undefined) {
    // An empty change claims the revision, so that only one of several tasks sends.
    const action = `event ${event.pipeline}=${event.event}`;
    await changeDocument(parts, id, [], conditions, action);
  }
  return await handleAndChange(parts, id, event, others, change);
}

/** Returns the check that a document will have an event when a change is made. */
async function eventCheck(
  { pipeline, event }: PipelineEvent,
  change: Change,
): Promise<(current: Document) => void> {
  const { checkEvent } = await import("../events/missing_event.ts");
  return (current) => checkEvent(applyChange(current, change), pipeline, event);
}

/** Runs an event's handlers on a changed document and stores both at once. */
async function handleAndChange(
  parts: ManagerParts,
  id: string,
  event: PipelineEvent,
  options: LoadOptions,
  before: Change = [],
): Promise<Document> {
  const { change = [], ttlMs } = options;
  const snapshot = await parts.repository.read(id);
  const { hasNoEffect, runEvent } = await import("./run_event.ts");
  const draft = applyChange(snapshot.document, change);
  const outcome = await runEvent(parts, draft, event, options);
  const { operations, interruption, failure } = outcome;
  if (hasNoEffect(outcome)) throw failure;
  const all = [...change, ...operations];
  const store = () => changeDocument(parts, id, all, { ttlMs });
  if (interruption !== undefined) {
    const { endInterrupted } = await import("./run_event.ts");
    throw await endInterrupted({ interruption, before, change: all, store });
  }
  let { document } = snapshot;
  if (all.length === 0) await parts.repository.mirror(id, snapshot);
  else document = await store();
  if (failure !== undefined) throw failure;
  return document;
}

/**
 * Runs an event's handlers without sending or storing anything; see
 * {@linkcode CicdStateMgr.previewEvent}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param event The pipeline and the event.
 * @param options The document to build instead of reading one, the change and
 * its conditions.
 * @returns What would be sent and set, the change included.
 * @throws {CicdStateError} `NOT_FOUND`, `CONFLICT`, `CONFIG`, `PATH`, `STORE`, `PERMISSION` or `TIMEOUT`.
 */
export async function previewEvent(
  parts: ManagerParts,
  id: string,
  event: PipelineEvent,
  options: PreviewOptions,
): Promise<EventOutcome> {
  const { init } = options;
  if (init !== undefined) {
    const { draftDocument, findKept } = await import("./init.ts");
    const kept = await findKept(parts, id, init);
    if (kept !== undefined) return unchanged(kept);
    const draft = await draftDocument(parts, id, init);
    return await preview(parts, draft, event, { ...init, ...options });
  }
  const document = await documentToPreview(parts, id, options);
  return await preview(parts, document, event, options);
}

/** Returns the outcome of an event that does not run. */
function unchanged({ document }: Snapshot): EventOutcome {
  return {
    operations: [],
    document,
    failure: undefined,
    sent: [],
    requests: [],
  };
}

async function preview(
  parts: ManagerParts,
  document: Document,
  event: PipelineEvent,
  options: PreviewOptions,
): Promise<EventOutcome> {
  const { runEvent } = await import("./run_event.ts");
  const outcome = await runEvent(parts, document, event, {
    ...options,
    dryRun: true,
  });
  const { change = [] } = options;
  return { ...outcome, operations: [...change, ...outcome.operations] };
}

/** Reads, checks and changes the document as {@linkcode changeAndHandleEvent} would. */
async function documentToPreview(
  parts: ManagerParts,
  id: string,
  { change = [], ifAbsent, ifRevision, ttlMs }: PreviewOptions,
): Promise<Document> {
  await checkTtl(parts, ttlMs);
  const { document, revision } = await parts.repository.read(id);
  checkRevision(id, revision, ifRevision);
  if (ifAbsent) checkAbsent(document, change);
  checkIdStays(document, change, id);
  return applyChange(document, change);
}
