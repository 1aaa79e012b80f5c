import type { Config } from "../config/types.ts";
import { handleEvent } from "../events/dispatch.ts";
import type { EventOutcome } from "../events/types.ts";
import type { Document } from "../document/change.ts";
import type { Renderer } from "../templates/renderer.ts";
import { createDelivery } from "../http/deliver.ts";
import { DEFAULT_HTTP_CONFIG } from "../http/config.ts";
import type { Logger } from "../util/log.ts";
import type { Mapping } from "../values.ts";
import { loadFile } from "./file_value.ts";
import type { PipelineEvent } from "./options.ts";

/** What an event's handlers get from the manager. */
export interface HandlerServices {
  /** The config and its secrets. */
  readonly config: Config;
  /** Renders the document's templates. */
  readonly renderer: Renderer;
  /** Makes what templates see of a document. */
  readonly contextOf: (document: Document) => Mapping;
  /** Hides secrets in a text. */
  readonly mask: (text: string) => string;
  /** Where handlers report. */
  readonly log: Logger;
  /** Whether requests are only collected. */
  readonly dryRun: boolean;
}

/**
 * Runs an event's handlers on a document. Loaded only when there is an event.
 *
 * @param document The document.
 * @param event The pipeline and the event.
 * @param services What the handlers get.
 * @returns What they did.
 * @throws {CicdStateError} `NOT_FOUND`, `CONFIG`, `PATH`, `INPUT` or `PERMISSION`.
 */
export async function runHandlers(
  document: Document,
  { pipeline, event }: PipelineEvent,
  services: HandlerServices,
): Promise<EventOutcome> {
  const { config, mask, log, ...others } = services;
  const { configData, secretData, http = DEFAULT_HTTP_CONFIG } = config;
  return await handleEvent(document, pipeline, event, {
    ...others,
    configData,
    secretData,
    http,
    loadFile,
    deliver: createDelivery({ log, mask }),
    mask,
    log,
  });
}
