import type { Change } from "../document/change.ts";
import { joinPath } from "../document/path.ts";
import { CicdStateError } from "../errors.ts";
import type { Interruption } from "./types.ts";
import { abortable } from "../util/concurrency.ts";

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
  const perhaps = unsure === undefined ? "" : ` (${unsure} may have been sent)`;
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
    const stored = `stored ${pathsOf(before)}`;
    const paths = pathsOf(change);
    return error instanceof CicdStateError
      ? `${stored}, not ${paths}: ${error.message}`
      : `${stored} (${paths} may have been stored: no answer within ${STORE_TIMEOUT_MS} ms)`;
  }
}

function pathsOf(change: Change): string {
  const paths = [...new Set(change.map(({ path }) => joinPath(path)))];
  const more = paths.length - MAX_PATHS;
  const shown = paths.slice(0, MAX_PATHS).join(", ") || "nothing";
  return more > 0 ? `${shown} and ${more} more` : shown;
}
