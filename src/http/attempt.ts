import { CicdStateError } from "../errors.ts";
import type { HttpConfig } from "./config.ts";
import { type Exchange, ExchangeError, type HttpAnswer } from "./exchange.ts";
import type { PreparedRequest } from "./request.ts";

const MAX_REDIRECTS = 10;

/** The outcome of one attempt. */
export type AttemptOutcome =
  | {
    readonly kind: "answer";
    /** The HTTP status, which is 2xx. */
    readonly status: number;
    /** The body, or `undefined` if it is too large. */
    readonly body: string | undefined;
  }
  | {
    readonly kind: "failure";
    /** The HTTP status, if a response came. */
    readonly status: number | undefined;
    /** What went wrong. */
    readonly problem: string;
    /** How long to wait before the next attempt; `undefined` if none can help. */
    readonly retryInMs?: number | undefined;
    /** The body of the response. */
    readonly body?: string | undefined;
  };

/** Options of {@linkcode attemptDelivery}. */
export interface AttemptOptions {
  /** The time limit and the size limit. */
  readonly http: HttpConfig;
  /** Returns the function that sends a request to a server. */
  readonly exchangeFor: (url: URL) => Promise<Exchange>;
  /** Aborts the attempt. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a request once and reads the response.
 *
 * @param request The request.
 * @param options The limits, and how to reach the server.
 * @returns The response or the failure.
 * @throws {CicdStateError} `PERMISSION`, or what `exchangeFor` throws; the reason
 * of the signal.
 */
export async function attemptDelivery(
  request: PreparedRequest,
  { http, exchangeFor, signal }: AttemptOptions,
): Promise<AttemptOutcome> {
  // setTimeout would cost a process a third of an empty script when first used.
  const timeout = AbortSignal.timeout(http.timeoutMs);
  const either = signal === undefined
    ? timeout
    : AbortSignal.any([timeout, signal]);
  let received: Received | undefined;
  let body: string | undefined;
  try {
    received = await send(request, either, exchangeFor);
    body = await received.answer.text(http.maxResponseBytes);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CicdStateError) throw error;
    // The body of a refusal is not needed, so a failure to read it is ignored.
    if (received === undefined || isSuccess(received.answer)) {
      const status = received?.answer.status;
      if (!timeout.aborted) return describeError(error, request.url, status);
      const problem = `no complete response within ${http.timeoutMs} ms`;
      return { kind: "failure", status, problem };
    }
  } finally {
    received?.answer.close();
  }
  return isSuccess(received.answer)
    ? { kind: "answer", status: received.answer.status, body }
    : { ...describeRefusal(received), body };
}

function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** A response, and the server that it came from. */
interface Received {
  readonly answer: HttpAnswer;
  readonly url: URL;
}

/** Sends a request and follows redirects that stay on the server. */
async function send(
  request: PreparedRequest,
  signal: AbortSignal,
  exchangeFor: AttemptOptions["exchangeFor"],
): Promise<Received> {
  const headers = new Map(request.headers);
  let { url } = request;
  let body: string | undefined = request.body;
  for (let redirects = 0;; redirects++) {
    const exchange = await exchangeFor(url);
    const method = body === undefined ? "GET" : "POST";
    const answer = await exchange({ url, method, headers, body }, signal);
    const target = redirectTarget(answer, url);
    if (
      target === undefined || redirects === MAX_REDIRECTS ||
      !isSameServer(url, target)
    ) return { answer, url };
    answer.close();
    // As in browsers and Python's clients, these redirects become a GET.
    if (answer.status < 307) {
      body = undefined;
      headers.delete("content-type");
    }
    url = target;
  }
}

function describeRefusal({ answer, url }: Received): AttemptOutcome {
  const { status, statusText } = answer;
  const target = redirectTarget(answer, url);
  if (target !== undefined) {
    const problem = isSameServer(url, target)
      ? `more than ${MAX_REDIRECTS} redirects`
      : `the redirect to ${originOf(target)} was not followed`;
    return { kind: "failure", status, problem };
  }
  const problem = `HTTP status ${status} ${statusText}`.trim();
  const retryInMs = isTransient(status)
    ? retryAfterMs(answer.header("retry-after")) ?? 0
    : undefined;
  return { kind: "failure", status, problem, retryInMs };
}

/** URLs that are not http or https have no origin. */
function originOf({ protocol, origin }: URL): string {
  return origin === "null" ? `a ${protocol} address` : origin;
}

function describeError(
  error: unknown,
  url: URL,
  status: number | undefined,
): AttemptOutcome {
  if (error instanceof Deno.errors.NotCapable) {
    const port = url.port || (url.protocol === "https:" ? "443" : "80");
    throw new CicdStateError(
      "PERMISSION",
      `Cannot send to ${url.host}: Deno was not allowed to`,
      {
        hint: `Run deno with --allow-net=${url.hostname}:${port}`,
        cause: error,
      },
    );
  }
  if (!(error instanceof Error)) throw error;
  const { message: problem } = error;
  // If the server has answered, another attempt would send a second message.
  const mayRepeat = status === undefined && !/certificate/i.test(problem) &&
    (!(error instanceof ExchangeError) || error.mayRepeat);
  const retryInMs = mayRepeat ? 0 : undefined;
  return { kind: "failure", status, problem, retryInMs };
}

/** The longest wait that a server can ask for. A pipeline cannot wait longer. */
const MAX_RETRY_AFTER_MS = 30_000;

const REDIRECT_STATUSES = [301, 302, 303, 307, 308];

/**
 * Reports whether another attempt may succeed after a status.
 *
 * @param status The HTTP status.
 * @returns Whether the failure may be temporary.
 */
function isTransient(status: number): boolean {
  return [408, 425, 429].includes(status) || status >= 500;
}

/**
 * Reads a `Retry-After` header.
 *
 * @param header Seconds, or a date.
 * @param now The current time, in milliseconds since 1970 UTC.
 * @returns How long to wait, in milliseconds and at most half a minute;
 * `undefined` if the header is missing or invalid.
 */
export function retryAfterMs(
  header: string | undefined,
  now: number = Date.now(),
): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\s*\d+\s*$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - now;
  return Number.isNaN(ms)
    ? undefined
    : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}

/**
 * Returns where a redirect leads.
 *
 * @param answer The response.
 * @param url Where the request went.
 * @returns The URL, or `undefined` if the response is not a redirect.
 */
export function redirectTarget(
  answer: Pick<HttpAnswer, "status" | "header">,
  url: URL,
): URL | undefined {
  if (!REDIRECT_STATUSES.includes(answer.status)) return undefined;
  const location = answer.header("location");
  if (location === undefined) return undefined;
  return URL.parse(location, url) ?? undefined;
}

/**
 * Reports whether a redirect stays on the server that the credentials are for.
 *
 * @param from Where the request went.
 * @param to Where the redirect leads.
 * @returns Whether both are one server. A redirect from http to https is allowed.
 */
export function isSameServer(from: URL, to: URL): boolean {
  if (to.origin === from.origin) return true;
  return from.hostname === to.hostname && from.port === "" && to.port === "" &&
    from.protocol === "http:" && to.protocol === "https:";
}
