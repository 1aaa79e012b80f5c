/**
 * Reads a response's text.
 *
 * @param response The response.
 * @param maxBytes How much is read at most.
 * @returns The text, or `undefined` if it is longer.
 * @throws What the connection failed with.
 */
export async function readBody(
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
  // That of a compressed body is not the length of what is read.
  return length === null || headers.has("content-encoding")
    ? Infinity
    : Number(length);
}

/** Tells whether a later attempt may fare better than this answer. */
export function isTransient(status: number): boolean {
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
