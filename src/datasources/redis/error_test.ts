import { match, ok, strictEqual } from "node:assert/strict";
import { CicdStateError, type ErrorCode } from "../../errors.ts";
import { type RedisEndpoint, redisEndpoint } from "./options.ts";
import { redisError } from "./error.ts";
import { RedisReplyError, RespSyntaxError } from "./clients/resp.ts";
import { RedisConnectionError } from "./clients/wire.ts";

const TARGET = {
  name: "redis r:6379/0",
  endpoint: redisEndpoint({ host: "r" }),
};

/** Replies of real servers, what they mean, and a part of the hint. */
const REPLIES: readonly [string, string, RegExp, ErrorCode][] = [
  [
    "WRONGPASS invalid username-password pair or user is disabled.",
    "the server does not accept the username or the password",
    /username and password, in the secrets/,
    "STORE",
  ],
  [
    "ERR invalid password",
    "the server does not accept the username or the password",
    /username and password, in the secrets/,
    "STORE",
  ],
  [
    "NOAUTH Authentication required.",
    "the server requires a password",
    /^Set the datasource's password/,
    "STORE",
  ],
  [
    "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?",
    "a password is configured, but the server has none",
    /^Remove the datasource's password/,
    "STORE",
  ],
  [
    "NOPERM this user has no permissions to run the 'eval' command",
    "the ACL user lacks the right +eval",
    /ACL SETUSER <user> \+eval; in all, it needs ~\* \+@read/,
    "PERMISSION",
  ],
  [
    "ERR Error running script (call to f_d3b0): @user_script:3: @user_script: 3: -NOPERM this user has no permissions to access one of the keys",
    "the ACL user lacks the right ~*",
    /ACL SETUSER <user> ~\*;/,
    "PERMISSION",
  ],
  [
    "ACL failure in script: User ci has no permissions to run the 'time' command script: a5, on @user_script:5.",
    "the ACL user lacks the right +time",
    /ACL SETUSER <user> \+time;/,
    "PERMISSION",
  ],
  [
    "NOPERM User ci has no permissions to run the 'cluster|slots' command",
    "the ACL user lacks the right +cluster|slots",
    /\+cluster\|slots;/,
    "PERMISSION",
  ],
  [
    "ERR Error running script (call to f_d3b0): @user_script:3: The user executing the script can't run this command or subcommand",
    "the ACL user lacks rights",
    /ACL SETUSER <user> ~\* \+@read \+@write \+@scripting/,
    "PERMISSION",
  ],
  [
    "READONLY You can't write against a read only replica.",
    "the server is a read-only replica",
    /primary server, or sentinels/,
    "STORE",
  ],
  [
    "-READONLY You can't write against a read only replica. script: 1, on @user_script:1.",
    "the server is a read-only replica",
    /primary server, or sentinels/,
    "STORE",
  ],
  [
    "MOVED 15495 127.0.0.1:7002",
    "the server is a node of a cluster",
    /cluster: \[HOST:PORT\]/,
    "STORE",
  ],
  [
    "CLUSTERDOWN The cluster is down",
    "the cluster does not serve all hash slots",
    /CLUSTER INFO/,
    "STORE",
  ],
  [
    "ERR This instance has cluster support disabled",
    "the server is not a node of a cluster",
    /host and port instead of cluster/,
    "STORE",
  ],
  [
    "WRONGTYPE Operation against a key holding the wrong kind of value",
    "the key holds another type of value",
    /Choose another id/,
    "STORE",
  ],
  [
    "LOADING Redis is loading the dataset in memory",
    "the server is still loading its data",
    /when the server is ready/,
    "STORE",
  ],
  [
    "OOM command not allowed when used memory > 'maxmemory'.",
    "the server has no room to store it",
    /maxmemory/,
    "STORE",
  ],
  [
    "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
    "the server has no room to store it",
    /the server's log/,
    "STORE",
  ],
  [
    "ERR DB index is out of range",
    "there is no database with that number",
    /^Check db/,
    "STORE",
  ],
  [
    "NOREPLICAS Not enough good replicas to write.",
    "too few replicas are connected to accept a write",
    /min-replicas-to-write/,
    "STORE",
  ],
  [
    "ERR unknown command 'EVAL', with args beginning with: 'sesame'",
    "ERR unknown command 'EVAL'",
    /version \(6 or later\)/,
    "STORE",
  ],
  ["ERR one\nsecond line", "ERR one", /version \(6 or later\)/, "STORE"],
];

for (const [reply, why, hint, code] of REPLIES) {
  Deno.test(`redisError() explains ${reply.slice(0, 50)}`, () => {
    const error = redisError(new RedisReplyError(reply), TARGET);
    strictEqual(error.message, `Cannot use redis r:6379/0: ${why}`);
    strictEqual(error.code, code);
    match(error.hint!, hint);
    ok(!Deno.inspect(error).includes("sesame"));
  });
}

function hintOf(cause: Error, options = {}): string {
  const endpoint: RedisEndpoint = redisEndpoint(options);
  return redisError(cause, { name: "redis", endpoint }).hint!;
}

Deno.test("redisError() says what to check if there is no connection", () => {
  const refused = new RedisConnectionError("connect", "Connection refused", {
    wasReached: false,
  });
  match(hintOf(refused), /host and port of the datasource$/);
  match(
    hintOf(refused, { unixSocket: "/s" }),
    /unix-socket of the datasource$/,
  );
  const error = redisError(refused, { name: "redis cluster r:1" });
  match(error.hint!, /each host and port of the datasource$/);
  strictEqual(error.code, "STORE");
});

Deno.test("redisError() says what to check if the connection ends", () => {
  const lost = new RedisConnectionError("lost", "the server closed it", {
    wasReached: true,
    isUnanswered: true,
  });
  match(hintOf(lost), /if it expects TLS, set tls: true$/);
  match(hintOf(lost, { tls: true }), /if it does not use TLS, remove tls$/);
});

Deno.test("redisError() reports a server that is slow as a timeout", () => {
  const slow = new RedisConnectionError("timeout", "no answer within 5 ms", {
    wasReached: true,
    isUnanswered: true,
  });
  const error = redisError(slow, TARGET);
  strictEqual(error.code, "TIMEOUT");
  match(error.hint!, /raise connect-timeout-ms or command-timeout-ms/);
});

for (
  const message of [
    "invalid peer certificate: UnknownIssuer",
    "received fatal alert: HandshakeFailure",
  ]
) {
  Deno.test(`redisError() explains "${message}"`, () => {
    const cause = new RedisConnectionError("connect", message, {
      wasReached: false,
    });
    match(hintOf(cause, { tls: true }), /^Check tls\.ca-file/);
  });
}

Deno.test("redisError() explains a PEM file that cannot be used", () => {
  const error = redisError(new Deno.errors.InvalidData("bad PEM"), TARGET);
  strictEqual(error.message, "Cannot use redis r:6379/0: bad PEM");
  match(error.hint!, /^Check tls\.ca-file/);
});

Deno.test("redisError() names the flag that Deno needs", () => {
  const denied = new Deno.errors.NotCapable("Requires net access");
  strictEqual(
    hintOf(denied, { host: "r", port: 7 }),
    "Run deno with --allow-net=r:7",
  );
  strictEqual(
    hintOf(denied, { unixSocket: "/s" }),
    "Run deno with --allow-net=unix:/s --allow-read=/s --allow-write=/s",
  );
  const error = redisError(denied, { name: "redis cluster r:1" });
  strictEqual(error.code, "PERMISSION");
  strictEqual(error.hint, "Requires net access");
});

Deno.test("redisError() reports a socket that the user may not open", () => {
  const error = redisError(new Deno.errors.PermissionDenied("x"), TARGET);
  strictEqual(error.code, "PERMISSION");
  strictEqual(error.hint, "Give this user access to the socket");
});

Deno.test("redisError() drops the command from the errors of other clients", () => {
  const cause = Object.assign(new Error("ERR no"), {
    command: { args: ["sesame"] },
  });
  const error = redisError(cause, { name: "redis" });
  ok(!Deno.inspect(error).includes("sesame"));
  ok(error.cause instanceof RedisReplyError);
});

Deno.test("redisError() keeps errors that say how to fix them", () => {
  const known = new CicdStateError("STORE", "Cannot read ca-file x");
  strictEqual(redisError(known, TARGET), known);
});

Deno.test("redisError() shows what is not an error", () => {
  match(redisError("gone", TARGET).message, /: gone$/);
  const syntax = new RespSyntaxError("it does not speak the Redis protocol");
  match(
    redisError(syntax, TARGET).message,
    /does not speak the Redis protocol$/,
  );
});
