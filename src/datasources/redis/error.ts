import { CicdStateError, type ErrorCode } from "../../errors.ts";
import { RedisConnectionError, type RedisEndpoint } from "./client.ts";
import { RedisReplyError } from "./resp.ts";

/** What a message needs to know of a server. */
export interface RedisTarget {
  /** Names it: `redis 127.0.0.1:6379/0`. */
  readonly name: string;
  /** Where it is, unless the client was handed over. */
  readonly endpoint?: RedisEndpoint | undefined;
}

/** What Redis 6 puts before the failure of a command in a script. */
const SCRIPT_PREFIX_REGEXP =
  /^-?(ERR Error running script \(call to \w+\): (@user_script:\s?\d+: )+-?)?/;

/** What the server refuses a command with, and how to mend it. */
const REFUSALS: readonly [RegExp, string, string, ErrorCode?][] = [
  [
    /^WRONGPASS|invalid (username-)?password/,
    "the server does not accept the username or the password",
    "Check datasources.redis.username and .password, in the secrets file or the config",
  ],
  [
    /^NOAUTH|operation not permitted/,
    "the server asks for a password",
    "Give datasources.redis.password (and .username for an ACL user) in the secrets file",
  ],
  [
    /AUTH.*without any password configured/,
    "a password is configured, but the server has none",
    "Remove datasources.redis.password, or give the server's ACL user as .username",
  ],
  [
    /^NOPERM|^ACL failure in script|can't run this command/,
    "the ACL user may not run what is needed",
    "Allow it: ACL SETUSER <user> ~* +@read +@write +@scripting +@connection +time",
    "PERMISSION",
  ],
  [
    /^READONLY/,
    "the server is a read-only replica",
    "Name the primary server, or configure sentinels",
  ],
  [
    /^(MOVED|CROSSSLOT|CLUSTERDOWN|ASK)\b/,
    "the server is a node of a cluster",
    "Configure cluster: [HOST:PORT] instead of host and port",
  ],
  [
    /^WRONGTYPE/,
    "a key of that name holds another kind of value",
    "Choose another id, or delete the key",
  ],
  [
    /^LOADING/,
    "the server is still loading its data",
    "Run it again when the server is ready",
  ],
  [
    /^(OOM|MISCONF)/,
    "the server cannot store any more",
    "Raise maxmemory, free memory or disk, or check the server's log",
  ],
  [
    /DB index is out of range|SELECT is not allowed/,
    "there is no database of that number",
    "Check datasources.redis.db",
  ],
  [
    /^NOREPLICAS/,
    "too few replicas are in touch to accept a write",
    "Check the replicas, or the server's min-replicas-to-write",
  ],
];

/**
 * Turns what went wrong with a Redis server into an error that says how to mend it.
 *
 * @param cause What went wrong.
 * @param target The server.
 * @returns The error to throw.
 */
export function redisError(
  cause: unknown,
  target: RedisTarget,
): CicdStateError {
  if (cause instanceof CicdStateError) return cause;
  const { message = String(cause) } = cause as Error;
  function fail(code: ErrorCode, why: string, hint: string) {
    return new CicdStateError(code, `Cannot use ${target.name}: ${why}`, {
      hint,
      cause: withoutCommand(cause),
    });
  }
  if (cause instanceof Deno.errors.NotCapable) {
    return fail(
      "PERMISSION",
      "Deno was not allowed to",
      flagHint(message, target),
    );
  }
  if (cause instanceof Deno.errors.PermissionDenied) {
    return fail(
      "PERMISSION",
      "the system refuses access",
      "Give this user access to the socket",
    );
  }
  if (cause instanceof Deno.errors.InvalidData) {
    return fail("STORE", message, TLS_HINT);
  }
  if (cause instanceof RedisConnectionError) {
    return connectionError(cause, fail, target);
  }
  const text = message.replace(SCRIPT_PREFIX_REGEXP, "");
  for (const [pattern, why, hint, code = "STORE"] of REFUSALS) {
    if (pattern.test(text)) return fail(code, why, hint);
  }
  return fail(
    "STORE",
    firstLine(text),
    "Check the server and its version (6 or newer)",
  );
}

/** Some clients' errors hold the command that failed: a password, perhaps. */
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
    ? "Check that the servers run, and each host and port under datasources.redis"
    : endpoint.unixSocket === undefined
    ? "Check that the server runs, and host and port under datasources.redis"
    : "Check that the server runs, and datasources.redis.unix-socket";
  if (fault === "timeout") {
    return fail(
      "TIMEOUT",
      message,
      `${check}; connect-timeout-ms and command-timeout-ms give it more time`,
    );
  }
  if (fault === "lost") {
    return fail(
      "STORE",
      message,
      endpoint?.tls === undefined
        ? "Check the server's log; if it speaks TLS, set tls: true"
        : "Check the server's log; if it does not speak TLS, remove tls",
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
