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
  const [url, message] of [
    ["redis", /its url is not a valid Redis URL$/],
    ["http://u:sesame@r", /its url is not a valid Redis URL$/],
    ["redis://r:0", /its url is not a valid Redis URL$/],
    ["redis://r:99999", /its url is not a valid Redis URL$/],
    ["redis://r/five", /"five" in its url is not a database number$/],
    ["redis://r/-1", /"-1" in its url is not a database number$/],
    ["unix:///run/r?db=x", /"x" in its url is not a database number$/],
  ] as const
) {
  Deno.test(`redisEndpoint() refuses ${url} without showing it`, () => {
    throws(() => redisEndpoint({ url }), (error: CicdStateError) => {
      strictEqual(error.code, "CONFIG");
      strictEqual(message.test(error.message), true, error.message);
      strictEqual(Deno.inspect(error).includes("sesame"), false);
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
