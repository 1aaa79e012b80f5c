import { applyChange, type Document } from "../document/change.ts";
import { checkAbsent } from "../document/condition.ts";
import { checkRevision } from "../document/update.ts";
import type { EventOutcome } from "../events/types.ts";
import { changeDocument } from "./change.ts";
import type {
  HandleEventOptions,
  LoadOptions,
  PipelineEvent,
} from "./options.ts";
import type { ManagerParts } from "./parts.ts";

/**
 * Reads, changes and stores a document, running an event's handlers if one is
 * given; see {@linkcode CicdStateMgr.load}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param options The change, its conditions, and the event.
 * @returns The document.
 * @throws {CicdStateError} `NOT_FOUND`, `PATH`, `STORE`, `CONFLICT`, `CONFIG`, `DELIVERY`, `PERMISSION` or `TIMEOUT`.
 */
export async function loadDocument(
  parts: ManagerParts,
  id: string,
  options: LoadOptions,
): Promise<Document> {
  const { change = [], handleEvent, ifAbsent, ifRevision } = options;
  const snapshot = await parts.repository.read(id);
  // Checked here so that no handler runs in vain, and again by the write.
  checkRevision(id, snapshot.revision, ifRevision);
  if (ifAbsent) checkAbsent(snapshot.document, change);
  let outcome: EventOutcome | undefined;
  if (handleEvent !== undefined) {
    const { runEvent } = await import("./run_event.ts");
    const draft = applyChange(snapshot.document, change);
    outcome = await runEvent(parts, draft, handleEvent, options);
  }
  const all = [...change, ...outcome?.operations ?? []];
  let { document } = snapshot;
  if (all.length === 0) await parts.repository.mirror(id, snapshot);
  else document = await changeDocument(parts, id, all, options, change);
  if (outcome?.failure !== undefined) throw outcome.failure;
  return document;
}

/**
 * Stores a change, then runs an event's handlers and stores what they set; see
 * {@linkcode CicdStateMgr.handleEvent}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param handleEvent The pipeline and the event.
 * @param options The change, its conditions, and the template variables.
 * @returns The document.
 * @throws {CicdStateError} As {@linkcode loadDocument}.
 */
export async function changeAndHandleEvent(
  parts: ManagerParts,
  id: string,
  handleEvent: PipelineEvent,
  options: HandleEventOptions,
): Promise<Document> {
  const { change = [], variables, ttlMs } = options;
  if (change.length === 0) {
    return await loadDocument(parts, id, { ...options, handleEvent });
  }
  await changeDocument(parts, id, change, options);
  // The conditions held, and the change made a revision of its own.
  return await loadDocument(parts, id, { handleEvent, variables, ttlMs });
}
