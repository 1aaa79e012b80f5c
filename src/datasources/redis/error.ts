import { CicdStateError, type ErrorCode } from "../../errors.ts";
import { RedisConnectionError } from "./clients/wire.ts";
import type { RedisEndpoint } from "./options.ts";
import { plainReply, RedisReplyError } from "./clients/resp.ts";
import { explainRight, isMissingRight } from "./rights.ts";

/** What a message says of a server. */
export interface RedisTarget {
  /** Its name: `redis 127.0.0.1:6379/0`. */
  readonly name: string;
  /** Where it is, unless the user brought the client. */
  readonly endpoint?: RedisEndpoint | undefined;
}

/** How the swap script says that it failed after storing the document. */
const STORED_REGEXP = /^STORED (@user_script:\s?\d+: )*-?/;

/** A reply that refuses a command: what it means, how to fix it, and the code. */
type Refusal = readonly [
  pattern: RegExp,
  why: string,
  hint: string,
  code?: ErrorCode,
];

const REFUSALS: readonly Refusal[] = [
  [
    /^WRONGPASS|invalid (username-)?password/,
    "the server does not accept the username or the password",
    "Check the datasource's username and password, in the secrets file or the config",
  ],
  [
    /^NOAUTH|operation not permitted/,
    "the server requires a password",
    "Set the datasource's password (and username, for an ACL user) in the secrets file",
  ],
  [
    /AUTH.*without any password configured/,
    "a password is configured, but the server has none",
    "Remove the datasource's password, or set its username to the server's ACL user",
  ],
  [
    /^READONLY/,
    "the server is a read-only replica",
    "Configure the primary server, or sentinels",
  ],
  [
    /^(MOVED|CROSSSLOT|ASK)\b/,
    "the server is a node of a cluster",
    "Configure cluster: [HOST:PORT] instead of host and port",
  ],
  [
    /^CLUSTERDOWN/,
    "the cluster does not serve all hash slots",
    "Run it again when the cluster has elected a new primary, or check CLUSTER INFO",
  ],
  [
    /cluster support disabled/,
    "the server is not a node of a cluster",
    "Configure host and port instead of cluster",
  ],
  [
    /^WRONGTYPE/,
    "the key holds another type of value",
    "Choose another id, or delete the key",
  ],
  [
    /^LOADING/,
    "the server is still loading its data",
    "Run it again when the server is ready",
  ],
  [
    /^(OOM|MISCONF)/,
    "the server has no room to store it",
    "Raise maxmemory, free memory or disk space, or check the server's log",
  ],
  [
    /DB index is out of range|SELECT is not allowed/,
    "there is no database with that number",
    "Check db of the datasource",
  ],
  [
    /^NOREPLICAS/,
    "too few replicas are connected to accept a write",
    "Check the replicas, or the server's min-replicas-to-write",
  ],
];

/**
 * Converts a failure of a Redis server to an error that says how to fix it.
 *
 * @param cause The failure.
 * @param target The server.
 * @param lacking The rights that its ACL user lacks, if that is known.
 * @returns The error to throw.
 */
export function redisError(
  cause: unknown,
  target: RedisTarget,
  lacking: readonly string[] = [],
): CicdStateError {
  if (cause instanceof CicdStateError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  function fail(code: ErrorCode, why: string, hint: string) {
    return new CicdStateError(code, `Cannot use ${target.name}: ${why}`, {
      hint,
      cause: withoutCommand(cause),
    });
  }
  if (cause instanceof Deno.errors.NotCapable) {
    const hint = flagHint(message, target);
    return fail("PERMISSION", "Deno was not allowed to", hint);
  }
  if (cause instanceof Deno.errors.PermissionDenied) {
    const hint = "Give this user access to the socket";
    return fail("PERMISSION", "the system denies access", hint);
  }
  if (cause instanceof Deno.errors.InvalidData) {
    return fail("STORE", message, TLS_HINT);
  }
  if (cause instanceof RedisConnectionError) {
    return connectionError(cause, fail, target);
  }
  const reply = plainReply(message).replace(STORED_REGEXP, "");
  if (isMissingRight(reply)) {
    return fail(
      "PERMISSION",
      ...explainRight(reply, target.endpoint?.username, lacking),
    );
  }
  for (const [pattern, why, hint, code = "STORE"] of REFUSALS) {
    if (pattern.test(reply)) return fail(code, why, hint);
  }
  return fail(
    "STORE",
    firstLine(reply),
    "Check the server and its version (6 or later)",
  );
}

/** Some clients' errors hold the command that failed, perhaps a password. */
function withoutCommand(cause: unknown): unknown {
  if (!(cause instanceof Error) || !Object.hasOwn(cause, "command")) {
    return cause;
  }
  return new RedisReplyError(cause.message);
}

const TLS_HINT =
  "Check tls.ca-file: it must hold the authority of the server's certificate, which must name the host";

function connectionError(
  { fault, message }: RedisConnectionError,
  fail: (code: ErrorCode, why: string, hint: string) => CicdStateError,
  { endpoint }: RedisTarget,
): CicdStateError {
  const check = endpoint === undefined
    ? "Check that the servers run, and each host and port of the datasource"
    : endpoint.unixSocket === undefined
    ? "Check that the server runs, and host and port of the datasource"
    : "Check that the server runs, and unix-socket of the datasource";
  if (fault === "timeout") {
    return fail(
      "TIMEOUT",
      message,
      `${check}; raise connect-timeout-ms or command-timeout-ms if it is slow`,
    );
  }
  if (fault === "lost") {
    return fail(
      "STORE",
      message,
      endpoint?.tls === undefined
        ? "Check the server's log; if it expects TLS, set tls: true"
        : "Check the server's log; if it does not use TLS, remove tls",
    );
  }
  if (/certificate|HandshakeFailure|UnknownIssuer/i.test(message)) {
    return fail("STORE", message, TLS_HINT);
  }
  return fail("STORE", firstLine(message), check);
}

function flagHint(message: string, { endpoint }: RedisTarget): string {
  if (endpoint === undefined) return firstLine(message);
  const { host, port, unixSocket: path } = endpoint;
  return path === undefined
    ? `Run deno with --allow-net=${host}:${port}`
    : `Run deno with --allow-net=unix:${path} --allow-read=${path} --allow-write=${path}`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]!;
}
