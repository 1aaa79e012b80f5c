import { applyChange, type Document } from "../document/change.ts";
import type { EventOutcome } from "../events/types.ts";
import type { PipelineEvent, PreviewOptions } from "./options.ts";
import type { ManagerParts } from "./parts.ts";
import { runEvent } from "./run_event.ts";

/**
 * Runs an event's handlers without sending or storing anything; see
 * {@linkcode CicdStateMgr.previewEvent}.
 *
 * @param parts The manager's parts.
 * @param id The document's id.
 * @param event The pipeline and the event.
 * @param options The document to build, if it is not a stored one; the change.
 * @returns What would be sent and set.
 * @throws {CicdStateError} `NOT_FOUND`, `CONFIG`, `PATH`, `STORE`, `PERMISSION` or `TIMEOUT`.
 */
export async function previewEvent(
  parts: ManagerParts,
  id: string,
  event: PipelineEvent,
  options: PreviewOptions,
): Promise<EventOutcome> {
  return await runEvent(
    parts,
    await documentToPreview(parts, id, options),
    event,
    options,
    true,
  );
}

async function documentToPreview(
  parts: ManagerParts,
  id: string,
  { init, change = [] }: PreviewOptions,
): Promise<Document> {
  if (init !== undefined) {
    const { draftDocument } = await import("./new_document.ts");
    return await draftDocument(parts, id, init);
  }
  const { document } = await parts.repository.read(id);
  return applyChange(document, change);
}
