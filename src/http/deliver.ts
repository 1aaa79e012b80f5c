import { backoffMs, delay } from "../util/concurrency.ts";
import { mayReadVariable, readVariable } from "../util/env.ts";
import type { Logger } from "../util/log.ts";
import { attemptDelivery, type AttemptOutcome } from "./attempt.ts";
import type { HttpConfig } from "./config.ts";
import type { Exchange } from "./exchange.ts";
import {
  type DeliveryRequest,
  maskText,
  prepareRequest,
  withIdempotencyKey,
} from "./request.ts";
import { createWireExchange } from "./wire.ts";

/** The outcome of a request. */
export type DeliveryResult =
  & {
    /** How often it was sent. */
    readonly attempts: number;
    /** How long all attempts took, in milliseconds. */
    readonly durationMs: number;
  }
  & (
    | {
      readonly delivered: true;
      /** The HTTP status, which is 2xx. */
      readonly status: number;
      /** The response, or `undefined` if it exceeds `max-response-bytes`. */
      readonly body: string | undefined;
    }
    | {
      readonly delivered: false;
      /** The HTTP status of the last attempt, if a response came. */
      readonly status: number | undefined;
      /** What went wrong, such as `HTTP status 500`. */
      readonly problem: string;
    }
  );

/**
 * Sends a request with the given settings.
 *
 * @throws {CicdStateError} `PERMISSION`, or `CONFIG` for a `ca-file` that
 * cannot be read; the reason of the signal.
 */
export type Deliver = (
  request: DeliveryRequest,
  http: HttpConfig,
  signal?: AbortSignal,
) => Promise<DeliveryResult>;

/** Options of {@linkcode createDelivery}. */
export interface DeliveryOptions {
  /** Receives each attempt, at the level DEBUG. */
  readonly log: Logger;
  /** Hides secrets in a string. */
  readonly mask: (text: string) => string;
}

const RETRY_DELAYS = { baseMs: 250, maxMs: 8_000 };

/**
 * Creates the function that sends requests, with retries and within limits.
 *
 * @param options Where attempts are logged.
 * @returns The function.
 */
export function createDelivery({ log, mask }: DeliveryOptions): Deliver {
  return async (request, http, signal) => {
    using _wait = log.waitFor?.(URL.parse(request.url)?.host ?? "a server");
    const start = performance.now();
    const exchangeFor = createExchanges(http.caFile, log);
    const prepared = prepareRequest(withIdempotencyKey(request));
    let attempts = 0;
    while (true) {
      attempts++;
      const outcome: AttemptOutcome = typeof prepared === "string"
        ? { kind: "failure", status: undefined, problem: prepared }
        : await attemptDelivery(prepared, {
          http,
          exchangeFor,
          signal,
        });
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
      const backoff = backoffMs(attempts, RETRY_DELAYS);
      await delay(Math.max(retryInMs, backoff), signal);
    }

    function report(outcome: string, body: string | undefined): void {
      log.debug?.(
        maskText(
          `POST ${request.url}: ${outcome}, attempt ${attempts}: ${body}`,
          request.url,
          mask,
        ),
      );
    }
  };
}

/** Returns the function that chooses how the requests of one delivery are sent. */
function createExchanges(
  caFile: string | undefined,
  log: Logger,
): (url: URL) => Promise<Exchange> {
  let authorities: Promise<readonly string[] | undefined> | undefined;
  return async (url) => {
    if (caFile !== undefined || url.protocol === "https:") {
      authorities ??= loadAuthorities(caFile, log);
    }
    const caCerts = await authorities;
    if (!mayNeedProxy(url)) return createWireExchange(caCerts);
    const { createFetchExchange } = await import("./fetch.ts");
    return createFetchExchange(caCerts);
  };
}

async function loadAuthorities(
  caFile: string | undefined,
  log: Logger,
): Promise<readonly string[] | undefined> {
  const { readAuthorities } = await import("./authorities.ts");
  const text = await readAuthorities(caFile, log);
  return text === undefined ? undefined : [text];
}

/**
 * Reports whether a request may have to go through a proxy. Fetch reads the
 * variables even if Deno may not let us read them.
 */
function mayNeedProxy({ protocol }: URL): boolean {
  // In fetch, this would not apply to IP addresses.
  const exceptions = readVariable("NO_PROXY") ?? readVariable("no_proxy") ?? "";
  if (exceptions.split(",").some((name) => name.trim() === "*")) return false;
  const names = [`${protocol.slice(0, -1)}_proxy`, "all_proxy"];
  return [...names, ...names.map((name) => name.toUpperCase())].some((name) =>
    !mayReadVariable(name) || readVariable(name)
  );
}
