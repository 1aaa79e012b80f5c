import { CicdStateError } from "../../errors.ts";
import { booleanOr, list, object } from "../../schema/composite.ts";
import {
  address,
  type Infer,
  integer,
  port,
  string,
  url,
} from "../../schema/schema.ts";
import { KEEPING_KEYS } from "../kind.ts";

/** Where a server listens if nothing else is configured. */
const DEFAULT_HOST = "localhost";
/** The port of a server if nothing else is configured. */
const DEFAULT_PORT = 6379;
/** How long connecting may take, in milliseconds. */
const DEFAULT_CONNECT_TIMEOUT_MS = 3000;
/** How long a server may take to answer, in milliseconds. */
export const DEFAULT_COMMAND_TIMEOUT_MS = 5000;
/** What sentinels call the primary server. */
export const DEFAULT_SENTINEL_NAME = "mymaster";

/** The keys of a `redis` datasource. */
export const REDIS_OPTIONS = object({
  "url": url(["redis", "rediss", "unix", "redis+unix"], {
    description:
      "redis://user:password@host:port/db, rediss://… for TLS, or unix:///path/to/socket. Other keys take precedence over its parts.",
  }),
  "host": string({
    description: "The server's name or address.",
    default: DEFAULT_HOST,
  }),
  "port": port({
    description: "The server's TCP port.",
    default: DEFAULT_PORT,
  }),
  "unix-socket": string({
    description:
      "The path of the server's Unix socket, instead of host and port.",
  }),
  "db": integer({ description: "The number of the database.", default: 0 }),
  "username": string({
    description: "The ACL user. Defaults to the server's user `default`.",
  }),
  "password": string({
    isSecret: true,
    description: "The user's password. It belongs in the secrets file.",
  }),
  "tls": booleanOr(
    object({
      "ca-file": string({
        description:
          "The certificates of the authorities to trust, as a PEM file. Defaults to the system's.",
      }),
      "cert-file": string({
        description: "The client's certificate, as a PEM file.",
      }),
      "key-file": string({
        description: "The key of the client's certificate, as a PEM file.",
      }),
    }),
    {
      description:
        "Whether to connect over TLS, or a mapping of the files that it needs.",
      default: false,
    },
  ),
  "connect-timeout-ms": integer({
    description: "Milliseconds that connecting may take, retries included.",
    default: DEFAULT_CONNECT_TIMEOUT_MS,
  }),
  "command-timeout-ms": integer({
    description: "Milliseconds that the server may take to answer a command.",
    default: DEFAULT_COMMAND_TIMEOUT_MS,
  }),
  "wait-replicas": integer({
    description:
      "How many replicas must have a change before it counts as stored, so that it survives the loss of the primary server.",
    default: 0,
  }),
  "cluster": list(address(), {
    description: "Some nodes of a Redis Cluster. They name the other nodes.",
  }),
  "sentinels": list(address(), {
    description: "The sentinels that know the primary server.",
  }),
  "sentinel-name": string({
    description: "What the sentinels call the primary server.",
    default: DEFAULT_SENTINEL_NAME,
  }),
  "sentinel-password": string({
    isSecret: true,
    description: "The password of the sentinels themselves.",
  }),
  ...KEEPING_KEYS,
});

/** The options of a `redis` datasource. */
export type RedisOptions = Infer<typeof REDIS_OPTIONS>;

/** PEM files that TLS needs. */
export type RedisTlsOptions = Exclude<
  NonNullable<RedisOptions["tls"]>,
  boolean
>;

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
    // An empty one is what a variable that is not set leaves.
    username: given.username || named.username,
    password: given.password || named.password,
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
  if (url === null || !isRedisProtocol(protocol) || url.port === "0") {
    throw invalidUrl();
  }
  const parts: UrlParts = {};
  if (url.username !== "") parts.username = decodePart(url.username);
  if (url.password !== "") parts.password = decodePart(url.password);
  if (protocol === "unix:" || protocol === "redis+unix:") {
    parts.unixSocket = decodePart(url.pathname);
    const db = url.searchParams.get("db");
    if (db !== null) parts.db = databaseNumber(db);
    return parts;
  }
  // After a password that holds one of these, its rest is here.
  if (url.search !== "" || url.hash !== "") throw invalidUrl();
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

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidUrl();
  }
}

function databaseNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw invalidUrl();
}

/** Says what is wrong without showing anything: each part may be of a password. */
function invalidUrl(): CicdStateError {
  return new CicdStateError(
    "CONFIG",
    "Cannot use a redis datasource: its url is not a valid Redis URL",
    {
      hint:
        "Write url: redis://user:password@host:port/db, rediss://… for TLS, or unix:///path?db=0, with % / ? # @ and : of the password as %25 %2F %3F %23 %40 and %3A",
    },
  );
}
