import { CicdStateError } from "../../errors.ts";
import {
  DEFAULT_COMMAND_TIMEOUT_MS,
  DEFAULT_CONNECT_TIMEOUT_MS,
  DEFAULT_HOST,
  DEFAULT_PORT,
  type RedisOptions,
  type RedisTlsOptions,
} from "./options.ts";

/** Where a server is, and how to log in. */
export interface RedisEndpoint {
  /** A name or an address. */
  readonly host: string;
  /** The TCP port. */
  readonly port: number;
  /** The path of a Unix socket, instead of host and port. */
  readonly unixSocket: string | undefined;
  /** The number of the database. */
  readonly db: number;
  /** The ACL user. */
  readonly username: string | undefined;
  /** The user's password. */
  readonly password: string | undefined;
  /** The files that TLS needs; `undefined`: the connection is not encrypted. */
  readonly tls: RedisTlsOptions | undefined;
  /** Milliseconds that connecting may take, retries included. */
  readonly connectTimeoutMs: number;
  /** Milliseconds that the server may take to answer. */
  readonly commandTimeoutMs: number;
}

/**
 * Fills in what a Redis datasource's options leave out.
 *
 * @param options The options as configured.
 * @returns Where the server is, and how to log in.
 * @throws {CicdStateError} `CONFIG`, if the URL is not a Redis URL. The URL is not shown, since it may hold a password.
 */
export function redisEndpoint(options: RedisOptions): RedisEndpoint {
  const { url, tls, ...given } = options;
  const named: UrlParts = url === undefined ? {} : parseRedisUrl(url);
  return {
    host: given.host ?? named.host ?? DEFAULT_HOST,
    port: given.port ?? named.port ?? DEFAULT_PORT,
    unixSocket: given.unixSocket ??
      (given.host === undefined ? named.unixSocket : undefined),
    db: given.db ?? named.db ?? 0,
    username: given.username ?? named.username,
    password: given.password ?? named.password,
    tls: tlsOptions(tls ?? named.tls ?? false),
    connectTimeoutMs: given.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
    commandTimeoutMs: given.commandTimeoutMs ?? DEFAULT_COMMAND_TIMEOUT_MS,
  };
}

/**
 * Names a server without its secrets: `127.0.0.1:6379/0`.
 *
 * @param endpoint Where the server is.
 * @returns The name.
 */
export function endpointName(
  { host, port, unixSocket, db }: RedisEndpoint,
): string {
  if (unixSocket !== undefined) return `${unixSocket}/${db}`;
  return `${host.includes(":") ? `[${host}]` : host}:${port}/${db}`;
}

function tlsOptions(
  tls: boolean | RedisTlsOptions,
): RedisTlsOptions | undefined {
  if (tls === false) return undefined;
  return tls === true ? {} : tls;
}

/** What a URL says of a server. */
interface UrlParts {
  host?: string;
  port?: number;
  unixSocket?: string;
  db?: number;
  username?: string;
  password?: string;
  tls?: boolean;
}

function parseRedisUrl(text: string): UrlParts {
  const url = URL.parse(text);
  const protocol = url?.protocol;
  if (url === null || !isRedisProtocol(protocol)) {
    throw new CicdStateError(
      "CONFIG",
      "Cannot use datasource redis: its url is not a Redis URL",
      {
        hint:
          "Write url: redis://user:password@host:port/db, rediss://… for TLS, or unix:///path",
      },
    );
  }
  const parts: UrlParts = {};
  if (url.username !== "") parts.username = decodeURIComponent(url.username);
  if (url.password !== "") parts.password = decodeURIComponent(url.password);
  if (protocol === "unix:" || protocol === "redis+unix:") {
    parts.unixSocket = decodeURIComponent(url.pathname);
    const db = url.searchParams.get("db");
    if (db !== null) parts.db = databaseNumber(db);
    return parts;
  }
  // A URL keeps the brackets of an IPv6 address; connecting needs it without.
  if (url.hostname !== "") parts.host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.port !== "") parts.port = Number(url.port);
  if (url.pathname.length > 1) parts.db = databaseNumber(url.pathname.slice(1));
  if (protocol === "rediss:") parts.tls = true;
  return parts;
}

function isRedisProtocol(protocol: string | undefined): boolean {
  return protocol === "redis:" || protocol === "rediss:" ||
    protocol === "unix:" || protocol === "redis+unix:";
}

function databaseNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new CicdStateError(
    "CONFIG",
    `Cannot use datasource redis: "${text}" in its url is not a database number`,
    { hint: "End the url with a number, such as /0" },
  );
}
