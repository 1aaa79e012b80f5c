import { applyChange, type Change, type Document } from "../document/change.ts";
import { checkAbsent, checkIdStays } from "../document/condition.ts";
import type { Snapshot } from "../document/store.ts";
import { checkRevision } from "../document/update.ts";
import type { EventOutcome, PipelineEvent } from "../events/types.ts";
import { changeDocument } from "./change.ts";
import type {
  HandleEventOptions,
  LoadOptions,
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
  const { ttlMs, requireEvent, signal } = options;
  if (change.length > 0 || ifRevision !== undefined) {
    const check = requireEvent ? await eventCheck(event, change) : undefined;
    const conditions = { ifRevision, ifAbsent, ttlMs, check };
    // An empty change claims the revision, so that only one of several tasks sends.
    const action = change.length > 0
      ? undefined
      : `event ${event.pipeline}=${event.event}`;
    const { orInterrupted } = await import("./run_event.ts");
    const storing = changeDocument(parts, id, change, conditions, action);
    await orInterrupted(storing, { signal, change });
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
  const { change = [], ttlMs, signal } = options;
  const loading = import("./run_event.ts");
  const reading = parts.repository.read(id);
  // Its failure is reported below, when the module is there.
  reading.catch(() => {});
  const { hasNoEffect, orInterrupted, runEvent } = await loading;
  const snapshot = await orInterrupted(reading, { signal, before });
  const draft = applyChange(snapshot.document, change);
  const outcome = await runEvent(parts, draft, event, options);
  const { operations, interruption, failure } = outcome;
  if (hasNoEffect(outcome)) throw failure;
  const all = [...change, ...operations];
  const store = () => changeDocument(parts, id, all, { ttlMs });
  if (interruption !== undefined) {
    const { endInterrupted } = await import("../events/interruption.ts");
    throw await endInterrupted({ interruption, before, change: all, store });
  }
  const { document, sent } = outcome;
  const storing: Promise<Document | void> = all.length === 0
    ? parts.repository.mirror(id, snapshot)
    : store();
  const progress = { signal, sent, before, change: all };
  const stored = await orInterrupted(storing, progress) ?? document;
  if (failure !== undefined) throw failure;
  return stored;
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
