import { collectAddress, MASK } from "../util/mask/credentials.ts";
import type { Mask } from "../util/mask/mask.ts";

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
 * Adds an idempotency key to a request without one. All attempts share it, so
 * that a server can recognize a repeated request.
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
 * Checks a request. `fetch` rejects the same ones, but its message shows the
 * value of the header.
 *
 * @param request The request.
 * @returns The request as `fetch` takes it, or what is wrong with it.
 */
export function prepareRequest(
  request: DeliveryRequest,
): PreparedRequest | string {
  const url = URL.parse(request.url);
  if (url === null && /^\s*https?:/i.test(request.url)) {
    return "the URL is malformed";
  }
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
    // A percent sign that encodes nothing is literal.
    return text;
  }
}

const SECRET_HEADER_REGEXP =
  /auth|cookie|token|secret|sign|password|credential|key/i;

/**
 * Hides the values of headers that carry credentials by their name, and secrets
 * in all others.
 *
 * @param headers The names and values.
 * @param mask Hides secrets in a string.
 * @returns The headers as they may be shown.
 */
export function maskHeaders(
  headers: Iterable<readonly [string, string]>,
  mask: Mask,
): [string, string][] {
  return [...headers].map(([name, value]) => [
    name,
    SECRET_HEADER_REGEXP.test(name) ? MASK : mask(value),
  ]);
}

/**
 * Returns the part of a URL that may be shown: the scheme, the host and the port.
 * The addresses of webhooks are secrets, and any other part may be one. Of a URL
 * that is not http or https, only the scheme is shown.
 *
 * @param url The URL, which may be malformed.
 * @param mask Hides secrets in a string.
 * @returns The URL, with `***` in place of the rest.
 */
export function maskUrl(url: string, mask: Mask): string {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    return `${/^\s*([a-z][a-z\d+.-]*:)?/i.exec(url)![1] ?? ""}${MASK}`;
  }
  const { protocol, host, pathname, search } = parsed;
  const hasMore = pathname !== "/" || search !== "";
  return `${protocol}//${mask(host)}${hasMore ? `/${MASK}` : ""}`;
}

const MIN_ADDRESS_LENGTH = "http://a".length;

/**
 * Hides secrets and the address that a request goes to, which handlers may
 * repeat in the body, and servers in the response.
 *
 * @param text The text.
 * @param url The address.
 * @param mask Hides secrets in a string.
 * @returns The text as it may be shown.
 */
export function maskText(text: string, url: string, mask: Mask): string {
  const address = url.trim();
  // What is shorter is not an address, and would be found everywhere.
  const isAddress = address.length >= MIN_ADDRESS_LENGTH;
  let hidden = isAddress ? text.replaceAll(address, maskUrl(url, mask)) : text;
  // Longer parts first: they may contain shorter ones.
  const parts = collectAddress(address).sort((a, b) => b.length - a.length);
  for (const part of parts) hidden = hidden.replaceAll(part, MASK);
  return mask(hidden);
}

/** Where a token may be sent, besides slack.com. */
export interface TokenHosts {
  /** The URL that the token is for. */
  readonly home: string | undefined;
  /** Additional host names. `*.example.com` means the subdomains of example.com. */
  readonly hosts: readonly string[];
}

/**
 * Reports whether Slack's token may be sent to a URL: by https or to this
 * machine, and to the host that it is for, on any port; to slack.com and its
 * subdomains; or to a host that the config lists.
 *
 * @param url The URL.
 * @param allowed The hosts that the config names.
 * @returns Whether a request to the URL may carry the token.
 */
export function mayReceiveToken(
  url: string,
  { home, hosts }: TokenHosts,
): boolean {
  const target = URL.parse(url);
  if (target === null) return false;
  const host = withoutDot(target.hostname);
  const isPrivate = target.protocol === "https:" ||
    target.protocol === "http:" && isLoopback(host);
  if (!isPrivate) return false;
  const homeHost = URL.parse(home ?? "")?.hostname;
  return homeHost !== undefined && host === withoutDot(homeHost) ||
    ["slack.com", "*.slack.com", ...hosts].some((known) =>
      matches(host, withoutDot(known.trim().toLowerCase()))
    );
}

function matches(host: string, known: string): boolean {
  return known.startsWith("*.")
    ? host.endsWith(known.slice(1))
    : host === known;
}

/** `slack.com.` names the same host as `slack.com`. */
function withoutDot(host: string): string {
  return host.replace(/\.$/, "");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") ||
    host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
