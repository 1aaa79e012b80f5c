import { CicdStateError } from "../errors.ts";
import type { HttpConfig } from "./config.ts";
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
  /** Returns the client for a server, or `undefined` if fetch needs none. */
  readonly clientFor: (url: URL) => Promise<Deno.HttpClient | undefined>;
  /** Aborts the attempt. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a request once and reads the response.
 *
 * @param request The request.
 * @param options The limits and the client.
 * @returns The response or the failure.
 * @throws {CicdStateError} `PERMISSION`, or what opening the client throws; the
 * reason of the signal.
 */
export async function attemptDelivery(
  request: PreparedRequest,
  { http, clientFor, signal }: AttemptOptions,
): Promise<AttemptOutcome> {
  // setTimeout would cost a process a third of an empty script when first used.
  const timeout = AbortSignal.timeout(http.timeoutMs);
  const either = signal === undefined
    ? timeout
    : AbortSignal.any([timeout, signal]);
  let response: Response | undefined;
  let body: string | undefined;
  try {
    response = await send(request, either, clientFor);
    body = await readBody(response, http.maxResponseBytes);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CicdStateError) throw error;
    // The body of a refusal is not needed, so a failure to read it is ignored.
    if (response === undefined || response.ok) {
      const status = response?.status;
      if (!timeout.aborted) return describeError(error, request.url, status);
      const problem = `no complete response within ${http.timeoutMs} ms`;
      return { kind: "failure", status, problem };
    }
  }
  return response.ok
    ? { kind: "answer", status: response.status, body }
    : { ...describeRefusal(response), body };
}

/** Sends a request and follows redirects that stay on the server. */
async function send(
  request: PreparedRequest,
  signal: AbortSignal,
  clientFor: AttemptOptions["clientFor"],
): Promise<Response> {
  const headers = new Map(request.headers);
  let { url } = request;
  let body: string | undefined = request.body;
  for (let redirects = 0;; redirects++) {
    const client = await clientFor(url);
    const response = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: Object.fromEntries(headers),
      ...(body !== undefined && { body }),
      redirect: "manual",
      signal,
      ...(client !== undefined && { client }),
    });
    const target = redirectTarget(response);
    if (
      target === undefined || redirects === MAX_REDIRECTS ||
      !isSameServer(url, target)
    ) return response;
    await response.body?.cancel();
    // As in browsers and Python's clients, these redirects become a GET.
    if (response.status < 307) {
      body = undefined;
      headers.delete("content-type");
    }
    url = target;
  }
}

function describeRefusal(response: Response): AttemptOutcome {
  const { status, statusText, headers } = response;
  const target = redirectTarget(response);
  if (target !== undefined) {
    const problem = isSameServer(new URL(response.url), target)
      ? `more than ${MAX_REDIRECTS} redirects`
      : `the redirect to ${target.origin} was not followed`;
    return { kind: "failure", status, problem };
  }
  const problem = `HTTP status ${status} ${statusText}`.trim();
  const retryInMs = isTransient(status)
    ? retryAfterMs(headers.get("retry-after")) ?? 0
    : undefined;
  return { kind: "failure", status, problem, retryInMs };
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
  // Deno puts the URL and the failing layer in front of the system's message.
  const { cause } = error;
  const text = cause instanceof Error ? cause.message : error.message;
  const problem = text.replace(/^.*client error \(\w+\): /s, "");
  // The server has answered, so another attempt would send a second message.
  const mayRepeat = status === undefined && cause !== undefined &&
    !/certificate/i.test(problem);
  const retryInMs = mayRepeat ? 0 : undefined;
  return { kind: "failure", status, problem, retryInMs };
}

/** The longest wait that a server can ask for. A pipeline cannot wait longer. */
const MAX_RETRY_AFTER_MS = 30_000;

const REDIRECT_STATUSES = [301, 302, 303, 307, 308];

/**
 * Reads the body of a response.
 *
 * @param response The response.
 * @param maxBytes The maximum size.
 * @returns The body, or `undefined` if it is larger.
 * @throws The error of the connection.
 */
export async function readBody(
  response: Response,
  maxBytes: number,
): Promise<string | undefined> {
  // Deno's streams take several times as long as one read of the whole body.
  if (announcedLength(response) <= maxBytes) return await response.text();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Returns the `Content-Length`, if the body will have that length. */
function announcedLength({ headers }: Response): number {
  const length = headers.get("content-length");
  // Decompression changes the length, and a chunked body announces none.
  return length === null || headers.has("content-encoding") ||
      headers.has("transfer-encoding")
    ? Infinity
    : Number(length);
}

/**
 * Reports whether another attempt may succeed after a status.
 *
 * @param status The HTTP status.
 * @returns Whether the failure may be temporary.
 */
export function isTransient(status: number): boolean {
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
  header: string | null,
  now: number = Date.now(),
): number | undefined {
  if (header === null) return undefined;
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
 * @param response The response.
 * @returns The URL, or `undefined` if the response is not a redirect.
 */
export function redirectTarget(response: Response): URL | undefined {
  if (!REDIRECT_STATUSES.includes(response.status)) return undefined;
  const location = response.headers.get("location");
  if (location === null) return undefined;
  return URL.parse(location, response.url) ?? undefined;
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
