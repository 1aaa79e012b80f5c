import { isMapping, type Mapping, type Value } from "../values.ts";

/** What stands in the place of a secret. */
const MASK = "***";

/** Shorter values are not hidden: the log could no longer be read. */
const MIN_SECRET_LENGTH = 4;

/** Lines of a longer secret, such as a key in PEM, are hidden one by one. */
const MIN_SECRET_LINE_LENGTH = 8;

const SECRET_HEADER_REGEXP =
  /authorization|cookie|token|secret|signature|password|credential|key/i;

/**
 * Lists the values of a secrets file, as text.
 *
 * @param secretData The secrets.
 * @returns Every text and number in it, however deep.
 */
export function collectSecrets(secretData: Mapping): string[] {
  return [...leaves(secretData)];
}

function* leaves(value: Value): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* leaves(item);
  } else if (isMapping(value)) {
    for (const key of Object.keys(value)) yield* leaves(value[key]!);
  } else if (value !== null && typeof value !== "boolean") {
    yield String(value);
  }
}

/**
 * Makes a function that hides secrets in a text, also where they are URL-encoded,
 * in base64, or escaped for JSON, HTML or Python.
 *
 * @param secrets The values to hide. Those under 4 characters stay.
 * @returns The function.
 */
export function createMask(
  secrets: Iterable<string>,
): (text: string) => string {
  const values = [...secrets];
  let pattern: RegExp | undefined;
  return (text) => {
    // Most commands log nothing, so it is built when first needed.
    pattern ??= secretsRegExp(values);
    return text.replace(pattern, MASK);
  };
}

function secretsRegExp(secrets: readonly string[]): RegExp {
  const sources = new Set<string>();
  // Longest first: a secret may contain another.
  const ordered = secrets.flatMap(parts)
    .sort((left, right) => right.length - left.length);
  for (const secret of ordered) {
    sources.add(urlSource(secret));
    for (const form of escapedForms(secret)) sources.add(RegExp.escape(form));
    for (const form of base64Forms(secret)) {
      // The last character and the padding depend on what follows the secret.
      sources.add(`${RegExp.escape(form)}(?:[\\w+/-]?={1,2})?`);
    }
  }
  // A class that is empty matches nothing.
  return new RegExp([...sources].join("|") || "[]", "g");
}

/** Matches the secret with any of its characters URL-encoded. */
function urlSource(secret: string): string {
  return Array.from(secret.toWellFormed(), (character) => {
    const raw = RegExp.escape(character);
    if (/\w/.test(character)) return raw;
    const bytes = Array.from(
      new TextEncoder().encode(character),
      (byte) => `%${hexSource(byte)}`,
    );
    const forms = [raw, bytes.join("")];
    if (character === " ") forms.push("\\+");
    return `(?:${forms.join("|")})`;
  }).join("");
}

function hexSource(byte: number): string {
  return byte.toString(16).padStart(2, "0")
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** The value, without the blanks around it, and its longer lines. */
function parts(secret: string): string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  return [
    ...[secret, secret.trim()].filter(isLongEnough),
    ...lines.filter((line) => line.length >= MIN_SECRET_LINE_LENGTH),
  ];
}

function isLongEnough(secret: string): boolean {
  return secret.trim().length >= MIN_SECRET_LENGTH;
}

function escapedForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
  return [
    json,
    json.replaceAll("/", "\\/"),
    json.replace(/[^\x20-\x7e]/g, unicodeEscape),
    json.replace(/[<>&']|[^\x20-\x7e]/g, unicodeEscape),
    JSON.stringify(json).slice(1, -1),
    secret.replaceAll("\\", "\\\\").replaceAll("'", "\\'"),
    html.replaceAll('"', "&#34;").replaceAll("'", "&#39;"),
    html.replaceAll('"', "&quot;").replaceAll("'", "&#x27;"),
  ];
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The part of its base64 that is the same whatever stands around the secret. */
function base64Forms(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  return [0, 1, 2].flatMap((offset) => {
    const shifted = new Uint8Array(offset + bytes.length);
    shifted.set(bytes, offset);
    const first = Math.ceil(offset * 8 / 6);
    const end = Math.floor(shifted.length * 8 / 6);
    const standard = shifted.toBase64().slice(first, end);
    const urlSafe = standard.replaceAll("+", "-").replaceAll("/", "_");
    return [standard, urlSafe];
  });
}

/**
 * Hides the values of headers that carry credentials by their name, and secrets
 * in all others.
 *
 * @param headers The names and values.
 * @param mask Hides secrets in a text.
 * @returns The headers as they may be shown.
 */
export function maskHeaders(
  headers: Iterable<readonly [string, string]>,
  mask: (text: string) => string,
): [string, string][] {
  return [...headers].map(([name, value]) => [
    name,
    SECRET_HEADER_REGEXP.test(name) ? MASK : mask(value),
  ]);
}

/**
 * Prints a URL without what commonly is secret in it: the user, the query,
 * path segments that look like a token, and known secrets.
 *
 * @param url The URL, which may be none.
 * @param mask Hides secrets in a text.
 * @returns The URL as it may be shown.
 */
export function maskUrl(url: string, mask: (text: string) => string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return mask(url.replace(/[?#].*$/s, ""));
  const path = mask(parsed.pathname).split("/").map((segment) =>
    isTokenLike(segment) ? MASK : segment
  );
  const query = parsed.search === "" ? "" : `?${MASK}`;
  return mask(`${parsed.protocol}//${parsed.host}`) + path.join("/") + query;
}

/** Webhook addresses, such as Slack's, carry their credential in the path. */
function isTokenLike(segment: string): boolean {
  return /^[\w-]{20,}$/.test(segment) &&
    [/\d/, /[a-z]/, /[A-Z]/].every((kind) => kind.test(segment));
}
