import { isMapping, type Mapping, type Value } from "../../values.ts";

/** Replaces each secret. */
export const MASK = "***";

/** Services whose addresses let everybody send who knows them. */
const WEBHOOK_HOSTS = [
  "api.powerplatform.com",
  "api.telegram.org",
  "chat.googleapis.com",
  "hooks.slack.com",
  "hooks.zapier.com",
  "logic.azure.com",
  "maker.ifttt.com",
  "oapi.dingtalk.com",
  "open.feishu.cn",
  "open.larksuite.com",
  "outlook.office.com",
  "qyapi.weixin.qq.com",
  "webhook.office.com",
  "webhook.site",
];

const MAKE_HOST_REGEXP = /^hook\.[\w-]+\.make\.com$/;
const DISCORD_HOST_REGEXP = /(?:^|\.)discord(?:app)?\.com$/;
const DISCORD_PATH_REGEXP = /^\/api\/(?:v\d+\/)?webhooks\//;
const HOOK_PATH_REGEXP = /\/(?:incoming-)?(?:web)?hooks?(?:b2)?\//i;
const SECRET_PARAMETER_REGEXP =
  /([?&][\w.-]*(?:token|key|sig|secret|password|auth)[\w.-]*=)[^&#]*/gi;
const GUID_REGEXP = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/i;

/**
 * Hides the parts of a URL's path that are likely to be credentials.
 *
 * @param path The path.
 * @returns The path with `***` in the place of each such segment.
 */
function maskPath(path: string): string {
  return path.split("/").map((segment) => isToken(segment) ? MASK : segment)
    .join("/");
}

/** Reports whether a segment of a path looks random. */
function isToken(segment: string): boolean {
  const text = decodePercent(segment);
  if (GUID_REGEXP.test(text) || /:.{16}/.test(text)) return true;
  const isMixed = [/\d/, /[a-z]/, /[A-Z]/].every((kind) => kind.test(text));
  if (/^[\w-]{20,}$/.test(text) && isMixed) return true;
  return text.split(/[^a-z\d]/i).some((piece) =>
    piece.length >= 32 ||
    piece.length >= 16 && /\d/.test(piece) && /[a-z]/i.test(piece)
  );
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Hides the credentials of URLs in a text: users and passwords, parameters such
 * as `token`, and the addresses of webhooks.
 *
 * @param text The text.
 * @returns The text without them.
 */
export function maskUrls(text: string): string {
  const slashes = /:(?:\\?\/){2}/g;
  const rest = /[^\s"'<>`]*/y;
  const parts: string[] = [];
  let kept = 0;
  for (let found = slashes.exec(text); found; found = slashes.exec(text)) {
    const before = text.slice(Math.max(kept, found.index - 20), found.index);
    const scheme = /[a-z][a-z\d+.-]*$/i.exec(before)?.[0];
    if (scheme === undefined) continue;
    rest.lastIndex = found.index;
    rest.exec(text);
    const start = found.index - scheme.length;
    const url = text.slice(start, rest.lastIndex);
    parts.push(text.slice(kept, start), maskCredentials(url, scheme));
    kept = slashes.lastIndex = rest.lastIndex;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(kept);
}

function maskCredentials(url: string, scheme: string): string {
  const plain = url.replaceAll("\\/", "/");
  const isHttp = /^https?$/i.test(scheme);
  const open = maskUser(plain, isHttp);
  const parsed = isHttp ? URL.parse(open) : null;
  if (parsed === null) return open === plain ? url : open;
  const { hostname, pathname } = parsed;
  if (isWebhook(hostname, pathname)) return `${parsed.origin}/${MASK}`;
  const hidden = open.replace(SECRET_PARAMETER_REGEXP, `$1${MASK}`);
  const masked = HOOK_PATH_REGEXP.test(pathname) ? maskPath(hidden) : hidden;
  return masked === plain ? url : masked;
}

/**
 * Hides the user and the password of a URL.
 *
 * @param url The URL.
 * @param isStrict Whether a `/`, `?` or `#` ends the part that may hold a
 * password. In malformed URLs, and outside http, passwords are often not
 * encoded: there everything up to the last `@` may belong to one.
 * @returns The URL without them.
 */
function maskUser(url: string, isStrict: boolean): string {
  const start = url.indexOf("://") + 3;
  const rest = url.slice(start);
  const authority = isStrict ? /^[^/?#]*/.exec(rest)![0] : rest;
  const at = authority.lastIndexOf("@");
  return at < 0 || url.startsWith("file:")
    ? url
    : `${url.slice(0, start)}${MASK}${rest.slice(at)}`;
}

function isWebhook(host: string, path: string): boolean {
  return WEBHOOK_HOSTS.some((known) =>
    host === known || host.endsWith(`.${known}`)
  ) || MAKE_HOST_REGEXP.test(host) ||
    DISCORD_HOST_REGEXP.test(host) && DISCORD_PATH_REGEXP.test(path);
}

/** A shorter path is not a secret, and would be found everywhere. */
const MIN_PATH_LENGTH = 8;

/** A shorter parameter is more likely to be `true` or a number. */
const MIN_PARAMETER_LENGTH = 6;

/**
 * Lists the parts of an address that let everybody send who knows them, and that
 * a server may repeat in its answer.
 *
 * @param address The URL.
 * @returns The path with its query, and the values of parameters, as they are
 * written and decoded; without those that are too short.
 */
export function collectAddress(address: string): string[] {
  const parsed = URL.parse(address);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return [];
  const { pathname, search, searchParams } = parsed;
  const written = /^\s*\w+:\/\/[^/?#]*([^#\s]*)/.exec(address)?.[1] ?? "";
  const paths = [pathname + search, pathname, written]
    .flatMap((path) => [path, decodePercent(path)])
    .filter(({ length }) => length >= MIN_PATH_LENGTH);
  const parameters = [
    ...searchParams.values(),
    ...search.slice(1).split("&").map((one) => one.replace(/^[^=]*=/, "")),
  ].filter(({ length }) => length >= MIN_PARAMETER_LENGTH);
  return [...new Set([...paths, ...parameters])];
}

/** A key whose value is a credential, in a section that has others too. */
const SECRET_KEY_REGEXP = /password|passphrase|secret|token/i;

/**
 * Lists the values of a secrets file.
 *
 * @param secretData The secrets.
 * @returns Every string and number in it, however deep, and the passwords of
 * URLs.
 */
export function collectSecrets(secretData: Mapping): string[] {
  return [...leaves(secretData, () => true)];
}

/**
 * Lists the credentials in a section that is not secret as a whole.
 *
 * @param section The section.
 * @returns The values of keys such as `password`, however deep, and the
 * passwords of URLs.
 */
export function collectPasswords(section: Mapping): string[] {
  return [...leaves(section, (key) => SECRET_KEY_REGEXP.test(key))];
}

/** The part of a JSON Schema that says where secrets are. */
export interface MarkedSchema {
  /** Whether the value is a secret. */
  readonly writeOnly?: unknown;
  /** The keys of a mapping. */
  readonly properties?: Readonly<Record<string, MarkedSchema>>;
  /** The values of all other keys of a mapping. */
  readonly additionalProperties?: boolean | MarkedSchema;
  /** The items of a list. */
  readonly items?: MarkedSchema;
  /** Alternatives. */
  readonly anyOf?: readonly MarkedSchema[];
  /** Any other keyword. */
  readonly [keyword: string]: unknown;
}

/**
 * Lists the values that a schema marks as secret, whatever their keys are called.
 *
 * @param value The value.
 * @param schema Its schema.
 * @returns The secrets.
 */
export function* collectMarked(
  value: Value,
  schema: MarkedSchema,
): Generator<string> {
  if (schema.writeOnly === true) yield* leaves(value, () => true);
  for (const one of schema.anyOf ?? []) yield* collectMarked(value, one);
  if (Array.isArray(value)) {
    for (const item of value) yield* collectMarked(item, schema.items ?? {});
  } else if (isMapping(value)) {
    const { properties = {}, additionalProperties: others } = schema;
    for (const name of Object.keys(value)) {
      const known = Object.hasOwn(properties, name) ? properties[name] : others;
      if (typeof known === "object") yield* collectMarked(value[name]!, known);
    }
  }
}

function* leaves(
  value: Value,
  isSecret: (key: string) => boolean,
  key = "",
): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* leaves(item, isSecret, key);
  } else if (isMapping(value)) {
    for (const name of Object.keys(value)) {
      yield* leaves(value[name]!, isSecret, name);
    }
  } else if (value !== null && typeof value !== "boolean") {
    const text = String(value);
    if (isSecret(key)) yield text;
    yield* urlPasswords(text);
  }
}

/**
 * Returns the password of a URL, as it is written and decoded. Outside http,
 * passwords are often not encoded, so that everything up to the last `@` may
 * belong to one.
 */
function urlPasswords(url: string): string[] {
  const [, scheme, rest] = /^\s*([a-z][a-z\d+.-]*):\/\/([^]*)$/i.exec(url) ??
    [];
  if (rest === undefined || scheme === undefined) return [];
  const authority = /^[^/?#]*/.exec(rest)![0];
  const candidates = /^https?$/i.test(scheme) ? [authority] : [authority, rest];
  return candidates.flatMap((candidate) => {
    const end = candidate.lastIndexOf("@");
    if (end < 0) return [];
    const user = candidate.slice(0, end);
    const password = user.slice(user.indexOf(":") + 1);
    return [password, decodePercent(password)];
  });
}
