import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  checkRefusedConfigs,
  datasourcesFile,
  loadSections,
} from "../../tests/support/config.ts";
import { loadConfig } from "./load.ts";

const KINDS = "redis, sqlite, jsonfile, yamlfile, shellfile, idfile";
const PRIMARIES = "redis, sqlite, jsonfile or yamlfile";

checkRefusedConfigs([
  [
    "a port out of range",
    datasourcesFile(
      "redis:",
      "  host: x",
      "  port: 99999",
      "  isPrimary: true",
    ),
    "line 5, column 13",
    '"cicdstatemgr.datasources.redis.port" is 99999. It must be an integer from 1 to 65535',
  ],
  [
    "a wrong type",
    datasourcesFile("sqlite: {path: a.db, isPrimary: 'yes'}"),
    "line 3, column 37",
    '"cicdstatemgr.datasources.sqlite.isPrimary" is "yes". It must be true or false',
  ],
  [
    "an unknown kind",
    datasourcesFile("sqlite: {path: a.db, isPrimary: true}", "reddis: {}"),
    "line 4, column 5",
    '"cicdstatemgr.datasources.reddis" is not a kind of datasource. ' +
    `Did you mean "redis"? Known kinds: ${KINDS}; ` +
    "a datasource with another name needs kind: KIND",
  ],
  [
    "an unknown kind of a named datasource",
    datasourcesFile(
      "sqlite: {path: a.db, isPrimary: true}",
      "reports:",
      "  kind: xmlfile",
    ),
    "line 5, column 13",
    '"cicdstatemgr.datasources.reports.kind" is not a kind of datasource. ' +
    `Did you mean "yamlfile"? Known kinds: ${KINDS}`,
  ],
  [
    "a second primary",
    datasourcesFile(
      "sqlite: {path: a.db, isPrimary: true}",
      "jsonfile:",
      "  path: a.json",
      "  isPrimary: yes",
    ),
    "line 6, column 18",
    '"cicdstatemgr.datasources.jsonfile.isPrimary" is true, but "sqlite" is the primary already. ' +
    "Leave isPrimary: true on exactly one of them",
  ],
  [
    "no primary",
    datasourcesFile("idfile: {path: a.id}"),
    "line 2, column 3",
    '"cicdstatemgr.datasources" has no primary. ' +
    `Set isPrimary: true on a ${PRIMARIES}, such as sqlite: { path: state.db, isPrimary: true }`,
  ],
  [
    "no datasources",
    "cicdstatemgr:\n  slack: {}\n",
    "line 1, column 1",
    '"cicdstatemgr.datasources" has no primary. ' +
    `Set isPrimary: true on a ${PRIMARIES}, such as sqlite: { path: state.db, isPrimary: true }`,
  ],
  [
    "a primary that cannot be read back",
    datasourcesFile("idfile: {path: a.id, isPrimary: true}"),
    "line 3, column 37",
    '"cicdstatemgr.datasources.idfile.isPrimary" is true, but idfile cannot be read back. ' +
    `Make ${PRIMARIES} the primary`,
  ],
  [
    "two datasources on one path",
    datasourcesFile(
      "sqlite: {path: a.db, isPrimary: true}",
      "one: {kind: idfile, path: x}",
      "two: {kind: shellfile, path: ./x}",
    ),
    "line 5, column 34",
    '"cicdstatemgr.datasources.two.path" is the file of datasource "one" too. ' +
    "Give each datasource a file of its own",
  ],
  [
    "a missing path",
    datasourcesFile("jsonfile:", "  isPrimary: true"),
    "line 3, column 5",
    '"cicdstatemgr.datasources.jsonfile.path" is missing. Write path: here',
  ],
  [
    "a datasource without a value",
    datasourcesFile("jsonfile:"),
    "line 3, column 5",
    '"cicdstatemgr.datasources.jsonfile.path" is missing. Write path: here',
  ],
  [
    "a key of primaries in a mirror",
    datasourcesFile(
      "sqlite: {path: a.db, isPrimary: true}",
      "redis: {host: r, ttl: 7d}",
    ),
    "line 4, column 22",
    '"cicdstatemgr.datasources.redis.ttl" is a key of the primary. ' +
    "Remove it, or set isPrimary: true",
  ],
  [
    "a duration that is not one",
    datasourcesFile("sqlite: {path: a.db, isPrimary: true, ttl: 7 days}"),
    "line 3, column 48",
    '"cicdstatemgr.datasources.sqlite.ttl" is "7 days". ' +
    "Write a number and a unit: 300ms, 90s, 10m, 4h or 7d",
  ],
  [
    "a Redis URL that is not one",
    datasourcesFile("redis: {url: localhost, isPrimary: true}"),
    "line 3, column 18",
    '"cicdstatemgr.datasources.redis.url" is a string. ' +
    "It must be a valid URL that starts with redis://, rediss://, unix:// or redis+unix://",
  ],
  [
    "datasources that are a list",
    "cicdstatemgr:\n  datasources: [redis]\n",
    "line 2, column 16",
    '"cicdstatemgr.datasources" is a list. It must be a mapping',
  ],
]);

Deno.test("loadConfig() tells the primary from the mirrors, in order", async () => {
  const config = await loadSections({
    datasources: {
      yamlfile: { path: "a.yaml" },
      redis: { host: "localhost", port: 6379, isPrimary: true },
      reports: { kind: "jsonfile", path: "b.json" },
      idfile: { path: "a.id" },
    },
  });
  strictEqual(config.primary?.name, "redis");
  deepStrictEqual(config.primary?.options, {
    isPrimary: true,
    host: "localhost",
    port: 6379,
  });
  deepStrictEqual(config.mirrors.map(({ name, kind }) => [name, kind.name]), [
    ["yamlfile", "yamlfile"],
    ["reports", "jsonfile"],
    ["idfile", "idfile"],
  ]);
});

Deno.test("loadConfig() needs no primary where the caller has a store", async () => {
  const config = await loadConfig({ cicdstatemgr: {} }, undefined, false);
  strictEqual(config.primary, undefined);
  deepStrictEqual(config.mirrors, []);
  strictEqual(config.name, "(config object)");
});

Deno.test("loadConfig() reads how Redis is reached and how documents are kept", async () => {
  const { primary } = await loadSections({
    datasources: {
      redis: {
        "unix-socket": "/run/redis.sock",
        "tls": { "ca-file": "ca.pem" },
        "sentinels": ["a:26379", "[::1]:26380"],
        "ttl": "7d",
        "update-timeout-ms": "500",
        "isPrimary": true,
      },
    },
  });
  deepStrictEqual(primary?.options, {
    isPrimary: true,
    updateTimeoutMs: 500,
    ttl: 7 * 24 * 3_600_000,
    unixSocket: "/run/redis.sock",
    tls: { caFile: "ca.pem" },
    sentinels: [{ host: "a", port: 26379 }, { host: "::1", port: 26380 }],
  });
  deepStrictEqual(primary?.keeping, {
    ttlMs: 7 * 24 * 3_600_000,
    updateTimeoutMs: 500,
  });
});
