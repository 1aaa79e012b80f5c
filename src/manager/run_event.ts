import type { ConfigSource } from "../config/source.ts";
import type { Change, Document } from "../document/change.ts";
import { handleEvent } from "../events/dispatch.ts";
import type { EventOutcome, PipelineEvent } from "../events/types.ts";
import { DEFAULT_HTTP_CONFIG } from "../http/config.ts";
import { createDelivery } from "../http/deliver.ts";
import { createRenderer } from "../templates/renderer.ts";
import { abortable } from "../util/concurrency.ts";
import { appFiles } from "./files.ts";
import type { EventOptions, PreviewOptions } from "./options.ts";
import type { ManagerParts } from "./parts.ts";
import { createContextOf, rendererOf, rendererOptions } from "./rendering.ts";

/** Options of {@linkcode runEvent}. */
interface RunEventOptions
  extends EventOptions, Pick<PreviewOptions, "showUrls"> {
  /** The app config, if it is known. */
  readonly appConfig?: ConfigSource;
  /** Whether requests are collected instead of sent. */
  readonly dryRun?: boolean;
}

/**
 * Runs an event's handlers on a document.
 *
 * @param parts The manager's parts.
 * @param document The document.
 * @param event The pipeline and the event.
 * @param options How it is handled, and the app config if it is known.
 * @returns What the handlers did.
 * @throws {CicdStateError} `NOT_FOUND`, `CONFIG`, `PATH`, `INPUT` or `PERMISSION`.
 */
export async function runEvent(
  parts: ManagerParts,
  document: Document,
  { pipeline, event }: PipelineEvent,
  options: RunEventOptions,
): Promise<EventOutcome> {
  const { config, mask, log } = parts;
  const { sections, secretData, http = DEFAULT_HTTP_CONFIG } = config;
  return await handleEvent(document, pipeline, event, {
    sections,
    secretData,
    http,
    renderer: rendererOf(parts, document, options),
    trustedRenderer: createRenderer("", log, rendererOptions(config, options)),
    contextOf: await createContextOf(parts, options),
    files: appFiles(config, options.appConfig),
    deliver: createDelivery({ log, mask }),
    mask,
    log,
    dryRun: options.dryRun,
    requireEvent: options.requireEvent,
    showUrls: options.showUrls,
    onDelivery: options.onDelivery,
    signal: options.signal,
  });
}

/**
 * Reports whether an event failed because of a template before anything was
 * sent. What its handlers had set is not stored then: a corrected template can
 * start again.
 */
export function hasNoEffect({ failure, sent }: EventOutcome): boolean {
  return failure?.code === "TEMPLATE" && sent.length === 0;
}

/** What was done when a step of an event begins. */
export interface EventProgress {
  /** Interrupts the event. */
  readonly signal: AbortSignal | undefined;
  /** The handlers whose requests were sent. */
  readonly sent?: readonly string[];
  /** What was stored. */
  readonly before?: Change;
  /** What the step stores. */
  readonly change?: Change;
}

/**
 * Waits for a step of an event.
 *
 * @typeParam T The type of the step's result.
 * @param step The step.
 * @param progress What was done before it.
 * @returns The result of the step.
 * @throws {CicdStateError} `INTERRUPTED`, with what was sent and stored; what the
 * step throws.
 */
export async function orInterrupted<T>(
  step: Promise<T>,
  { signal, sent = [], before = [], change = [] }: EventProgress,
): Promise<T> {
  if (signal === undefined) return await step;
  try {
    return await abortable(step, signal);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    const { endInterrupted } = await import("../events/interruption.ts");
    throw await endInterrupted({
      interruption: { reason: error, sent, unsure: undefined },
      before,
      change,
      store: () => step,
    });
  }
}
