import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import type { CicdStateError } from "../../errors.ts";
import {
  endpointName,
  type RedisEndpoint,
  redisEndpoint,
  type RedisOptions,
} from "./options.ts";

const DEFAULTS: RedisEndpoint = {
  host: "localhost",
  port: 6379,
  unixSocket: undefined,
  db: 0,
  username: undefined,
  password: undefined,
  tls: undefined,
  connectTimeoutMs: 3000,
  commandTimeoutMs: 5000,
};

/** What the options are, and where the endpoint differs from the defaults. */
const CASES: readonly [string, RedisOptions, Partial<RedisEndpoint>][] = [
  ["nothing", {}, {}],
  ["a host and a port", { host: "r", port: 1 }, { host: "r", port: 1 }],
  [
    "timeouts",
    { connectTimeoutMs: 1, commandTimeoutMs: 2 },
    { connectTimeoutMs: 1, commandTimeoutMs: 2 },
  ],
  ["tls: true", { tls: true }, { tls: {} }],
  ["tls: false", { tls: false }, {}],
  [
    "TLS files",
    { tls: { caFile: "ca.pem" } },
    { tls: { caFile: "ca.pem" } },
  ],
  ["a bare URL", { url: "redis://" }, {}],
  ["a host in a URL", { url: "redis://r" }, { host: "r" }],
  ["a port in a URL", { url: "redis://r:1" }, { host: "r", port: 1 }],
  ["an address in a URL", { url: "redis://10.0.0.1" }, { host: "10.0.0.1" }],
  ["an IPv6 address in a URL", { url: "redis://[::1]:7" }, {
    host: "::1",
    port: 7,
  }],
  ["a database in a URL", { url: "redis://r/5" }, { host: "r", db: 5 }],
  ["a slash in a URL", { url: "redis://r/" }, { host: "r" }],
  ["a password in a URL", { url: "redis://:p@r" }, {
    host: "r",
    password: "p",
  }],
  ["an escaped login in a URL", { url: "redis://a%40b:p%2Fq%3A@r" }, {
    host: "r",
    username: "a@b",
    password: "p/q:",
  }],
  ["TLS in a URL", { url: "rediss://r" }, { host: "r", tls: {} }],
  ["TLS turned off beside a URL", { url: "rediss://r", tls: false }, {
    host: "r",
  }],
  ["a socket", { unixSocket: "/run/r" }, { unixSocket: "/run/r" }],
  ["a socket in a URL", { url: "unix:///run/r%20s" }, {
    unixSocket: "/run/r s",
  }],
  ["a socket in a URL with another scheme", { url: "redis+unix:///run/r" }, {
    unixSocket: "/run/r",
  }],
  ["a database beside a socket in a URL", { url: "unix:///run/r?db=3" }, {
    unixSocket: "/run/r",
    db: 3,
  }],
  [
    "options that win over a URL",
    {
      url: "redis://u:p@r:1/2",
      host: "s",
      port: 3,
      db: 4,
      username: "v",
      password: "q",
    },
    { host: "s", port: 3, db: 4, username: "v", password: "q" },
  ],
  ["an empty login", { username: "", password: "" }, {}],
  ["an empty login beside a URL", {
    url: "redis://u:p@r",
    username: "",
    password: "",
  }, { host: "r", username: "u", password: "p" }],
  ["a password that holds @ and :", { url: "redis://u:p@q:s@r" }, {
    host: "r",
    username: "u",
    password: "p@q:s",
  }],
  ["a host that wins over a socket in a URL", {
    url: "unix:///run/r",
    host: "s",
  }, { host: "s" }],
];

for (const [what, options, expected] of CASES) {
  Deno.test(`redisEndpoint() reads ${what}`, () => {
    deepStrictEqual(redisEndpoint(options), { ...DEFAULTS, ...expected });
  });
}

for (
  const url of [
    "redis",
    "http://u:sesame@r",
    "redis://r:0",
    "redis://r:99999",
    "redis://r/five",
    "redis://r/-1",
    "redis://r/99999999999",
    "unix:///run/r?db=x",
    // Passwords that hold what ends a part of a URL.
    "redis://:sesame%zz@r",
    "redis://sesame%@r",
    "redis://u:12/sesame@r/0",
    "redis://u:sesame/34@r/0",
    "redis://u:12#sesame@r",
    "redis://u:12?sesame@r",
    "redis://:sesame#street@r:1/0",
    "redis://u:[sesame]@r:1:2",
    "unix:///run/%sesame",
  ]
) {
  Deno.test(`redisEndpoint() refuses ${url} without showing it`, () => {
    throws(() => redisEndpoint({ url }), (error: CicdStateError) => {
      strictEqual(error.code, "CONFIG");
      strictEqual(
        error.message,
        "Cannot use a redis datasource: its url is not a valid Redis URL",
      );
      strictEqual(/sesame|five/.test(Deno.inspect(error)), false);
      return true;
    });
  });
}

Deno.test("endpointName() shows no password", () => {
  const named = (options: RedisOptions) => endpointName(redisEndpoint(options));
  strictEqual(named({}), "localhost:6379/0");
  strictEqual(named({ url: "redis://u:sesame@r:1/2" }), "r:1/2");
  strictEqual(named({ host: "::1" }), "[::1]:6379/0");
  strictEqual(named({ unixSocket: "/run/r", db: 2 }), "/run/r/2");
});
