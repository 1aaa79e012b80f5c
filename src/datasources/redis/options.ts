import { CicdStateError } from "../../errors.ts";
import type { RedisEndpoint } from "./client.ts";
import type { RedisOptions } from "../types.ts";

/**
 * Completes a Redis datasource's options.
 *
 * @param options As configured.
 * @returns Where the server is, and who connects.
 * @throws {CicdStateError} `CONFIG`, if the URL is no Redis URL. It is not shown: it may hold a password.
 */
export function redisEndpoint(options: RedisOptions): RedisEndpoint {
  const { url, tls, ...given } = options;
  const named = url === undefined ? {} : parseRedisUrl(url);
  return {
    host: given.host ?? named.host ?? "localhost",
    port: given.port ?? named.port ?? 6379,
    unixSocket: given.unixSocket ??
      (given.host === undefined ? named.unixSocket : undefined),
    db: given.db ?? named.db ?? 0,
    username: given.username ?? named.username,
    password: given.password ?? named.password,
    tls: tlsOptions(tls ?? named.tls ?? false),
    connectTimeoutMs: given.connectTimeoutMs ?? 3000,
    commandTimeoutMs: given.commandTimeoutMs ?? 5000,
  };
}

/**
 * Names a server without its secrets: `127.0.0.1:6379/0`.
 *
 * @param endpoint Where it is.
 * @returns The name.
 */
export function endpointName(
  { host, port, unixSocket, db }: RedisEndpoint,
): string {
  if (unixSocket !== undefined) return `${unixSocket}/${db}`;
  return `${host.includes(":") ? `[${host}]` : host}:${port}/${db}`;
}

function tlsOptions(tls: NonNullable<RedisOptions["tls"]>) {
  if (tls === false) return undefined;
  return tls === true ? {} : tls;
}

function parseRedisUrl(text: string): RedisOptions {
  const url = URL.parse(text);
  const protocol = url?.protocol;
  if (url === null || !isRedisProtocol(protocol)) {
    throw new CicdStateError(
      "CONFIG",
      "Cannot use datasource redis: its url is no Redis URL",
      {
        hint:
          "Write url: redis://user:password@host:port/db, rediss://… for TLS, or unix:///path",
      },
    );
  }
  const named: {
    -readonly [Key in keyof RedisOptions]: RedisOptions[Key];
  } = {};
  if (url.username !== "") named.username = decodeURIComponent(url.username);
  if (url.password !== "") named.password = decodeURIComponent(url.password);
  if (protocol === "unix:" || protocol === "redis+unix:") {
    named.unixSocket = decodeURIComponent(url.pathname);
    const db = url.searchParams.get("db");
    if (db !== null) named.db = dbNumber(db);
    return named;
  }
  // A URL keeps the brackets of an IPv6 address, connecting needs it bare.
  if (url.hostname !== "") named.host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.port !== "") named.port = Number(url.port);
  if (url.pathname.length > 1) named.db = dbNumber(url.pathname.slice(1));
  if (protocol === "rediss:") named.tls = true;
  return named;
}

function isRedisProtocol(protocol: string | undefined): boolean {
  return protocol === "redis:" || protocol === "rediss:" ||
    protocol === "unix:" || protocol === "redis+unix:";
}

function dbNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new CicdStateError(
    "CONFIG",
    `Cannot use datasource redis: "${text}" in its url is no database number`,
    { hint: "End the url with a number, such as /0" },
  );
}
