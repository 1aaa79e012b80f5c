import type { ConfigSource } from "../config/source.ts";
import { applyChange, type Document } from "../document/change.ts";
import { handleEvent } from "../events/dispatch.ts";
import type { EventOutcome } from "../events/types.ts";
import { DEFAULT_HTTP_CONFIG } from "../http/config.ts";
import { createDelivery } from "../http/deliver.ts";
import { createRenderer } from "../templates/renderer.ts";
import { appFileLoader } from "./files/app_files.ts";
import type { EventOptions, PipelineEvent, PreviewOptions } from "./options.ts";
import type { ManagerParts } from "./parts.ts";
import { createContextOf, rendererOf } from "./templates/rendering.ts";

/**
 * Runs an event's handlers on a document.
 *
 * @param parts The manager's parts.
 * @param document The document.
 * @param event The pipeline and the event.
 * @param options How it is handled, and the app config if it is at hand.
 * @param dryRun Whether requests are collected instead of sent.
 * @returns What the handlers did.
 * @throws {CicdStateError} `NOT_FOUND`, `CONFIG`, `PATH`, `INPUT` or `PERMISSION`.
 */
export async function runEvent(
  parts: ManagerParts,
  document: Document,
  { pipeline, event }: PipelineEvent,
  options: EventOptions & { readonly appConfig?: ConfigSource },
  dryRun = false,
): Promise<EventOutcome> {
  const { config, mask, log } = parts;
  const { sections, secretData, http = DEFAULT_HTTP_CONFIG } = config;
  return await handleEvent(document, pipeline, event, {
    sections,
    secretData,
    http,
    renderer: rendererOf(parts, document, options),
    trustedRenderer: createRenderer("", log, {
      onError: options.onTemplateError,
      limits: config.limits?.templates,
    }),
    contextOf: await createContextOf(parts, options),
    loadFile: appFileLoader(config, options.appConfig),
    deliver: createDelivery({ log, mask }),
    mask,
    log,
    dryRun,
    requireEvent: options.requireEvent,
    signal: options.signal,
  });
}

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
    { ...options.init, ...options },
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
