/** The longest wait that a server can ask for. A pipeline cannot wait longer. */
const MAX_RETRY_AFTER_MS = 30_000;

const REDIRECT_STATUSES = [301, 302, 303, 307, 308];

/**
 * Reads the body of a response.
 *
 * @param response The response.
 * @param maxBytes The largest size that is read.
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
  // Leaving the loop early cancels the stream, so that no more is received.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Returns the length that the server announced, if that is what is read. */
function announcedLength({ headers }: Response): number {
  const length = headers.get("content-length");
  // A compressed body is longer, and a chunked one ends where it says itself.
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
 * `undefined` if the header says nothing.
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
 * @returns Whether both are one server. A step from http to https is allowed.
 */
export function isSameServer(from: URL, to: URL): boolean {
  if (to.origin === from.origin) return true;
  return from.hostname === to.hostname && from.port === "" && to.port === "" &&
    from.protocol === "http:" && to.protocol === "https:";
}
