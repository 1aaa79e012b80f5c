import { CicdStateError } from "../errors.ts";
import type { HttpConfig } from "./config.ts";

/**
 * Reads a response's text.
 *
 * @param response The response.
 * @param maxBytes How much is read at most.
 * @returns The text, or `undefined` if it is longer.
 * @throws What the connection failed with.
 */
async function readBody(
  response: Response,
  maxBytes: number,
): Promise<string | undefined> {
  // Deno reads at once what needs no count; its streams take several times as long.
  if (announcedLength(response) <= maxBytes) return await response.text();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  // Leaving the loop early cancels the stream, so no more of it is received.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Tells how long the body is, if the server says so. */
function announcedLength({ headers }: Response): number {
  const length = headers.get("content-length");
  // It is not that of what is read if the body is compressed, and does not
  // count if the body says itself where it ends.
  return length === null || headers.has("content-encoding") ||
      headers.has("transfer-encoding")
    ? Infinity
    : Number(length);
}

/** Tells whether a later attempt may fare better than this answer. */
function isTransient(status: number): boolean {
  return [408, 425, 429].includes(status) || status >= 500;
}

/** A server may ask for a long rest; a pipeline cannot wait for that. */
const MAX_RETRY_AFTER_MS = 30_000;

/**
 * Reads a `Retry-After` header.
 *
 * @param header Seconds, or a date.
 * @param now Milliseconds since 1970.
 * @returns Milliseconds to wait, half a minute at most; `undefined` if it says nothing.
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
 * Finds where a redirect leads to.
 *
 * @param response The response.
 * @returns The URL, or `undefined` if it is no redirect.
 */
export function redirectTarget(response: Response): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const location = response.headers.get("location");
  if (location === null) return undefined;
  return URL.parse(location, response.url) ?? undefined;
}

/**
 * Tells whether a redirect stays with the server that the credentials are for.
 *
 * @param from Where the request went.
 * @param to Where the redirect leads to.
 * @returns Whether both are one server; the step from http to https is allowed.
 */
export function isSameServer(from: URL, to: URL): boolean {
  if (to.origin === from.origin) return true;
  return from.hostname === to.hostname && from.port === "" && to.port === "" &&
    from.protocol === "http:" && to.protocol === "https:";
}

/** A POST request. */
export interface DeliveryRequest {
  /** Where it goes to. */
  readonly url: string;
  /** Names and values; no name twice. */
  readonly headers: readonly (readonly [string, string])[];
  /** The text, which is sent as UTF-8. */
  readonly body: string;
}

const MAX_REDIRECTS = 10;
const HEADER_NAME_REGEXP = /^[!#$%&'*+.^`|~\w-]+$/;
const HEADER_VALUE_REGEXP = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What one attempt came to. */
export type AttemptOutcome =
  | {
    readonly kind: "answer";
    readonly status: number;
    readonly body: string | undefined;
  }
  | {
    readonly kind: "failure";
    readonly status: number | undefined;
    readonly problem: string;
    /** How long the server wants a rest; `undefined`: another attempt is in vain. */
    readonly retryInMs?: number | undefined;
    /** What the server said. */
    readonly body?: string | undefined;
  };

/** A request that `fetch` accepts. */
interface PreparedRequest {
  readonly url: URL;
  /** Lower-case names to values. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * Gives a request a key, unless it has one. The same over all attempts, it lets
 * the server tell a repetition.
 *
 * @param request The request.
 * @returns The request with an `Idempotency-Key`.
 */
export function withIdempotencyKey(request: DeliveryRequest): DeliveryRequest {
  const { headers } = request;
  if (headers.some(([name]) => /^idempotency-key$/i.test(name))) return request;
  const key = ["Idempotency-Key", crypto.randomUUID()] as const;
  return { ...request, headers: [...headers, key] };
}

/** Checks what `fetch` would refuse in words that show the header's value. */
export function prepareRequest(
  request: DeliveryRequest,
): PreparedRequest | string {
  const url = URL.parse(request.url);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return "the URL is no http or https address";
  }
  const headers = new Map<string, string>();
  for (const [name, value] of request.headers) {
    const trimmed = value.trim();
    if (!HEADER_NAME_REGEXP.test(name)) {
      return `"${name}" is no header name`;
    }
    if (!HEADER_VALUE_REGEXP.test(trimmed)) {
      return `the header "${name}" has a line break or a character beyond Latin-1`;
    }
    headers.set(name.toLowerCase(), trimmed);
  }
  if (url.username !== "" || url.password !== "") {
    headers.set("authorization", basicAuthorization(url));
    url.username = url.password = "";
  }
  return { url, headers, body: request.body };
}

function basicAuthorization(url: URL): string {
  const credentials = [url.username, url.password].map(decodePercent).join(":");
  return `Basic ${new TextEncoder().encode(credentials).toBase64()}`;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign stands for itself.
    return text;
  }
}

/**
 * Sends a request once and reads the answer.
 *
 * @param request The request.
 * @param http The time limit and the size limit.
 * @param client What trusts the configured authorities, if there are any.
 * @returns The answer or the failure.
 * @throws {CicdStateError} `PERMISSION`.
 */
export async function attemptDelivery(
  request: PreparedRequest,
  http: HttpConfig,
  client: Deno.HttpClient | undefined,
): Promise<AttemptOutcome> {
  // No setTimeout: its first use costs a process a third of an empty script.
  const signal = AbortSignal.timeout(http.timeoutMs);
  let response: Response | undefined;
  let body: string | undefined;
  try {
    response = await send(request, signal, client);
    body = await readBody(response, http.maxResponseBytes);
  } catch (error) {
    // The body of a refusal adds nothing that decides anything.
    if (response === undefined || response.ok) {
      const status = response?.status;
      if (!signal.aborted) {
        return describeError(error, request.url, status);
      }
      const problem = `no complete answer within ${http.timeoutMs} ms`;
      return { kind: "failure", status, problem };
    }
  }
  return response.ok
    ? { kind: "answer", status: response.status, body }
    : { ...describeRefusal(response), body };
}

/** Sends it, and follows redirects that stay with the server. */
async function send(
  request: PreparedRequest,
  signal: AbortSignal,
  client: Deno.HttpClient | undefined,
): Promise<Response> {
  const headers = new Map(request.headers);
  let { url } = request;
  let body: string | undefined = request.body;
  for (let redirects = 0;; redirects++) {
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
    // As browsers and Python's clients do: these ask for the other page only.
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
  // Deno puts the system's words behind the URL and the failing layer.
  const { cause } = error;
  const text = cause instanceof Error ? cause.message : error.message;
  const problem = text.replace(/^.*client error \(\w+\): /s, "");
  // Once there was an answer, a repetition would be a second message.
  const mayRepeat = status === undefined && cause !== undefined &&
    !/certificate/i.test(problem);
  const retryInMs = mayRepeat ? 0 : undefined;
  return { kind: "failure", status, problem, retryInMs };
}
