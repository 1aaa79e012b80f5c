/** A POST request. */
export interface DeliveryRequest {
  /** Where it goes. */
  readonly url: string;
  /** Names and values. No name appears twice. */
  readonly headers: readonly (readonly [string, string])[];
  /** The body, which is sent as UTF-8. */
  readonly body: string;
}

/** A request that `fetch` accepts. */
export interface PreparedRequest {
  /** Where it goes, without user and password. */
  readonly url: URL;
  /** Lowercase names and their values. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body. */
  readonly body: string;
}

const HEADER_NAME_REGEXP = /^[!#$%&'*+.^`|~\w-]+$/;
const HEADER_VALUE_REGEXP = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Adds an idempotency key to a request that has none. It is the same for all
 * attempts, so that a server can recognise a repetition.
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

/**
 * Checks a request. `fetch` would refuse the same ones, but with a message that
 * shows the header's value.
 *
 * @param request The request.
 * @returns The request as `fetch` takes it, or what is wrong with it.
 */
export function prepareRequest(
  request: DeliveryRequest,
): PreparedRequest | string {
  const url = URL.parse(request.url);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return "the URL is not an http or https address";
  }
  const headers = new Map<string, string>();
  for (const [name, value] of request.headers) {
    const trimmed = value.trim();
    if (!HEADER_NAME_REGEXP.test(name)) {
      return `"${name}" is not a valid header name`;
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
