import type { ConfigSource } from "../config/source.ts";
import type { Change, Document } from "../document/change.ts";
import { joinPath } from "../document/path.ts";
import { CicdStateError } from "../errors.ts";
import { handleEvent } from "../events/dispatch.ts";
import type { EventOutcome, Interruption } from "../events/types.ts";
import { DEFAULT_HTTP_CONFIG } from "../http/config.ts";
import { createDelivery } from "../http/deliver.ts";
import { createRenderer } from "../templates/renderer.ts";
import { abortable } from "../util/concurrency.ts";
import { appFiles } from "./files.ts";
import type { EventOptions, PipelineEvent, PreviewOptions } from "./options.ts";
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

/** A process that is asked to exit has about a second. */
const STORE_TIMEOUT_MS = 800;

/** The maximum number of paths in the message. */
const MAX_PATHS = 10;

/** Options of {@linkcode endInterrupted}. */
export interface InterruptedEvent {
  /** How far the event got. */
  readonly interruption: Interruption;
  /** What was stored before the event ran. */
  readonly before?: Change;
  /** What has not been stored yet. */
  readonly change: Change;
  /** Stores it. */
  readonly store: () => Promise<unknown>;
}

/**
 * Stores what the handlers of an interrupted event had set, unless that takes
 * more than a second.
 *
 * @param event The event, and what to store.
 * @returns The error of the event, which says what was sent and what was stored.
 */
export async function endInterrupted(
  { interruption, before = [], change, store }: InterruptedEvent,
): Promise<CicdStateError> {
  const { reason, sent, unsure } = interruption;
  const by = typeof reason === "string" ? ` by ${reason}` : "";
  const perhaps = unsure === undefined ? "" : `, and perhaps ${unsure}`;
  const delivered = `sent ${sent.join(", ") || "nothing"}${perhaps}`;
  const outcome = change.length === 0
    ? `stored ${pathsOf(before)}`
    : await storeInTime(before, change, store);
  return new CicdStateError(
    "INTERRUPTED",
    `Interrupted${by}: ${delivered}; ${outcome}`,
  );
}

async function storeInTime(
  before: Change,
  change: Change,
  store: () => Promise<unknown>,
): Promise<string> {
  try {
    await abortable(store(), AbortSignal.timeout(STORE_TIMEOUT_MS));
    return `stored ${pathsOf([...before, ...change])}`;
  } catch (error) {
    const why = error instanceof CicdStateError
      ? error.message
      : `no answer within ${STORE_TIMEOUT_MS} ms`;
    return `stored ${pathsOf(before)}, not ${pathsOf(change)}: ${why}`;
  }
}

function pathsOf(change: Change): string {
  const paths = [...new Set(change.map(({ path }) => joinPath(path)))];
  const more = paths.length - MAX_PATHS;
  const shown = paths.slice(0, MAX_PATHS).join(", ") || "nothing";
  return more > 0 ? `${shown} and ${more} more` : shown;
}
