import type { Document } from "../document/change.ts";
import { handleEvent } from "../events/dispatch.ts";
import type { EventOutcome } from "../events/types.ts";
import { DEFAULT_HTTP_CONFIG } from "../http/config.ts";
import { createDelivery } from "../http/deliver.ts";
import { loadFile } from "./file_value.ts";
import type { PipelineEvent, RenderingOptions } from "./options.ts";
import type { ManagerParts } from "./parts.ts";
import { createContextOf, rendererOf } from "./rendering.ts";

/**
 * Runs an event's handlers on a document.
 *
 * @param parts The manager's parts.
 * @param document The document.
 * @param event The pipeline and the event.
 * @param options The template variables.
 * @param dryRun Whether requests are only collected.
 * @returns What the handlers did.
 * @throws {CicdStateError} `NOT_FOUND`, `CONFIG`, `PATH`, `INPUT` or `PERMISSION`.
 */
export async function runEvent(
  parts: ManagerParts,
  document: Document,
  { pipeline, event }: PipelineEvent,
  options: RenderingOptions,
  dryRun = false,
): Promise<EventOutcome> {
  const { config, mask, log } = parts;
  const { configData, secretData, http = DEFAULT_HTTP_CONFIG } = config;
  return await handleEvent(document, pipeline, event, {
    configData,
    secretData,
    http,
    renderer: rendererOf(parts, document),
    contextOf: await createContextOf(parts, options),
    loadFile,
    deliver: createDelivery({ log, mask }),
    mask,
    log,
    dryRun,
  });
}
