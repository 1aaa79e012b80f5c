import { CicdStateError } from "../errors.ts";
import type { HttpConfig } from "./deliver_config.ts";
import {
  isSameServer,
  isTransient,
  readBody,
  redirectTarget,
  retryAfterMs,
} from "./deliver_response.ts";

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
export interface PreparedRequest {
  readonly url: URL;
  /** Lower-case names to values. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
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
  // The same over all attempts: the server can tell a repetition.
  if (!headers.has("idempotency-key")) {
    headers.set("idempotency-key", crypto.randomUUID());
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
      headers: [...headers],
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
