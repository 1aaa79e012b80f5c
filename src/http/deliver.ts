import { CicdStateError } from "../errors.ts";
import { backoffMs, delay } from "../util/concurrency.ts";
import {
  attemptDelivery,
  type AttemptOutcome,
  type DeliveryRequest,
  prepareRequest,
  withIdempotencyKey,
} from "./attempt.ts";
import type { HttpConfig } from "./config.ts";
import type { Logger } from "../util/log.ts";
import { maskUrl } from "./redact.ts";

export type { DeliveryRequest };

/** What became of a request. */
export type DeliveryResult =
  & {
    /** How often it was sent. */
    readonly attempts: number;
    /** Milliseconds that all took. */
    readonly durationMs: number;
  }
  & (
    | {
      readonly delivered: true;
      /** The HTTP status, which is 2xx. */
      readonly status: number;
      /** The answer, or `undefined` if it exceeds `max-response-bytes`. */
      readonly body: string | undefined;
    }
    | {
      readonly delivered: false;
      /** The HTTP status of the last attempt, if it had an answer. */
      readonly status: number | undefined;
      /** What went wrong, such as `HTTP status 500`. */
      readonly problem: string;
    }
  );

/**
 * Sends a request as the settings say.
 *
 * @throws {CicdStateError} `PERMISSION`, or `CONFIG` for a `ca-file` that cannot be read.
 */
export type Deliver = (
  request: DeliveryRequest,
  http: HttpConfig,
) => Promise<DeliveryResult>;

/** What {@linkcode createDelivery} needs. */
export interface DeliveryOptions {
  /** Where attempts are reported, at the level DEBUG. */
  readonly log: Logger;
  /** Hides secrets in a text. */
  readonly mask: (text: string) => string;
}

const RETRY_DELAYS = { baseMs: 250, maxMs: 8_000 };

/** Makes the function that sends requests, with retries and within limits. */
export function createDelivery({ log, mask }: DeliveryOptions): Deliver {
  return async (request, http) => {
    const start = performance.now();
    using client = await createClient(http.caFile);
    const prepared = prepareRequest(withIdempotencyKey(request));
    let attempts = 0;
    while (true) {
      attempts++;
      const outcome: AttemptOutcome = typeof prepared === "string"
        ? { kind: "failure", status: undefined, problem: prepared }
        : await attemptDelivery(prepared, http, client);
      const durationMs = Math.round(performance.now() - start);
      if (outcome.kind === "answer") {
        const { status, body } = outcome;
        report(String(status), body);
        return { delivered: true, status, body, attempts, durationMs };
      }
      const { status, problem, retryInMs, body = "" } = outcome;
      report(problem, body);
      if (retryInMs === undefined || attempts > http.retries) {
        return { delivered: false, status, problem, attempts, durationMs };
      }
      await delay(Math.max(retryInMs, backoffMs(attempts, RETRY_DELAYS)));
    }

    function report(outcome: string, answer: string | undefined): void {
      log.debug?.(
        `POST ${maskUrl(request.url, mask)}: ${outcome}, ` +
          `attempt ${attempts}: ${answer}`,
      );
    }
  };
}

async function createClient(
  caFile: string | undefined,
): Promise<Deno.HttpClient | undefined> {
  if (caFile === undefined) return undefined;
  try {
    const caCerts = [await Deno.readTextFile(caFile)];
    return Deno.createHttpClient({ caCerts });
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) {
      throw new CicdStateError(
        "PERMISSION",
        `Cannot read ca-file "${caFile}": Deno was not allowed to`,
        { hint: `Run deno with --allow-read=${caFile}`, cause },
      );
    }
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CicdStateError(
      "CONFIG",
      `Cannot use ca-file "${caFile}": ${why}`,
      { hint: "Name a PEM file of certificates", cause },
    );
  }
}
