import { backoffMs, delay } from "../util/concurrency.ts";
import { readVariable } from "../util/env.ts";
import type { Logger } from "../util/log.ts";
import { attemptDelivery, type AttemptOutcome } from "./attempt.ts";
import type { ClientOptions } from "./client.ts";
import type { HttpConfig } from "./config.ts";
import {
  type DeliveryRequest,
  maskText,
  prepareRequest,
  withIdempotencyKey,
} from "./request.ts";

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
    await using clients = new Clients(http.caFile, log);
    const prepared = prepareRequest(withIdempotencyKey(request));
    let attempts = 0;
    while (true) {
      attempts++;
      const outcome: AttemptOutcome = typeof prepared === "string"
        ? { kind: "failure", status: undefined, problem: prepared }
        : await attemptDelivery(prepared, {
          http,
          clientFor: (url) => clients.open(url),
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

/** The clients of one delivery: a redirect may lead from http to https. */
class Clients implements AsyncDisposable {
  readonly #options: ClientOptions;
  readonly #opened = new Map<string, Promise<Deno.HttpClient | undefined>>();

  constructor(caFile: string | undefined, log: Logger) {
    this.#options = { caFile, log };
  }

  /**
   * Returns the client for a server, or `undefined` if fetch needs none.
   *
   * @throws {CicdStateError} `CONFIG` or `PERMISSION`, if the `ca-file` cannot be
   * used.
   */
  async open(url: URL): Promise<Deno.HttpClient | undefined> {
    const mayNeedOne = url.protocol === "https:" ||
      this.#options.caFile !== undefined ||
      readVariable("NO_PROXY") !== undefined ||
      readVariable("no_proxy") !== undefined;
    if (!mayNeedOne) return undefined;
    const opened = this.#opened.get(url.origin);
    if (opened !== undefined) return await opened;
    const { createClient } = await import("./client.ts");
    const client = createClient(url, this.#options);
    this.#opened.set(url.origin, client);
    return await client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#opened.values()) {
      // The failure to open it was reported to whoever needed it.
      (await client.catch(() => undefined))?.close();
    }
  }
}
