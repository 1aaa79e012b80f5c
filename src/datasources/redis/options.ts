import { booleanOr, list, object } from "../../schema/composite.ts";
import { address, port, url } from "../../schema/network.ts";
import { type Infer, integer, string } from "../../schema/schema.ts";
import { KEEPING_KEYS } from "../kind.ts";

/** Where a server listens if nothing else is configured. */
export const DEFAULT_HOST = "localhost";
/** The port of a server if nothing else is configured. */
export const DEFAULT_PORT = 6379;
/** How long connecting may take, in milliseconds. */
export const DEFAULT_CONNECT_TIMEOUT_MS = 3000;
/** How long a server may take to answer, in milliseconds. */
export const DEFAULT_COMMAND_TIMEOUT_MS = 5000;
/** What sentinels call the primary server. */
export const DEFAULT_SENTINEL_NAME = "mymaster";

/** The keys of a `redis` datasource. */
export const REDIS_OPTIONS = object({
  ...KEEPING_KEYS,
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
});

/** The options of a `redis` datasource. */
export type RedisOptions = Infer<typeof REDIS_OPTIONS>;

/** PEM files that TLS needs. */
export type RedisTlsOptions = Exclude<
  NonNullable<RedisOptions["tls"]>,
  boolean
>;
