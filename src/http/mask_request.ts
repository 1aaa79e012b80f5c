import type { Mask } from "../util/mask/mask.ts";
import { MASK, maskPath, maskUser } from "../util/mask/credentials.ts";

const SECRET_HEADER_REGEXP =
  /authorization|cookie|token|secret|signature|password|credential|key/i;

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
 * Returns a URL without what is usually secret in it: the user, the query, path
 * segments that look like a token, the addresses of webhooks, and known secrets.
 *
 * @param url The URL, which may be malformed.
 * @param mask Hides secrets in a string.
 * @returns The URL as it may be shown.
 */
export function maskUrl(url: string, mask: Mask): string {
  const parsed = URL.parse(url);
  if (parsed === null) {
    return mask(maskUser(url, false).replace(/[?#].*$/s, ""));
  }
  const { protocol, host, pathname, search } = parsed;
  const path = maskPath(mask(pathname));
  const query = search === "" ? "" : `?${MASK}`;
  return mask(`${protocol}//${host}${path}${query}`);
}
