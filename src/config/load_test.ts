import {
  deepStrictEqual,
  match,
  rejects,
  strictEqual,
} from "node:assert/strict";
import type { CicdStateError } from "../errors.ts";
import type { Mapping } from "../values.ts";
import { loadConfig } from "./load.ts";

const FILES = { jsonfile: { path: "a.json", isPrimary: true } };

function load(section: Mapping, secrets?: Mapping) {
  return loadConfig(
    { cicdstatemgr: section },
    secrets === undefined ? undefined : { cicdstatemgr: secrets },
    true,
  );
}

async function failure(section: Mapping, secrets?: Mapping) {
  const error = await load(section, secrets).then(
    () => undefined,
    (error: CicdStateError) => error,
  );
  strictEqual(error?.code, "CONFIG");
  return `${error?.message}. ${error?.hint}`;
}

Deno.test("loadConfig() tells the primary from the mirrors, in order", async () => {
  const config = await load({
    datasources: {
      yamlfile: { path: "a.yaml" },
      redis: { host: "localhost", port: 6379, isPrimary: true },
      idfile: { path: "a.id" },
    },
  });
  strictEqual(config.primary?.name, "redis");
  strictEqual(config.primary?.kind.name, "redis");
  deepStrictEqual(config.primary?.options, {
    host: "localhost",
    port: 6379,
    isPrimary: true,
  });
  deepStrictEqual(config.mirrors.map(({ kind }) => kind.name), [
    "yamlfile",
    "idfile",
  ]);
});

Deno.test("loadConfig() merges the secrets' datasources over the config's", async () => {
  const config = await load(
    { datasources: { redis: { host: "r", isPrimary: true } } },
    { datasources: { redis: { username: "u", password: 1234 } } },
  );
  deepStrictEqual(config.primary?.options, {
    host: "r",
    isPrimary: true,
    username: "u",
    password: "1234",
  });
  strictEqual(
    "password" in (config.configData["datasources"] as Mapping),
    false,
  );
});

Deno.test("loadConfig() names unknown kinds and keys and what was meant", async () => {
  match(
    await failure({ datasources: { reddis: {} } }),
    /"cicdstatemgr\.datasources\.reddis" is not a kind of datasource\. Did you mean "redis"\? Known kinds are redis, sqlite,/,
  );
  match(
    await failure({ datasources: { shellfile: { path: "x", exclude: [] } } }),
    /"cicdstatemgr\.datasources\.shellfile\.exclude".*excludeKeyNames/,
  );
  match(
    await failure({
      datasources: { ...FILES, redis: { host: "r", ttl: "7d" } },
    }),
    /"cicdstatemgr\.datasources\.redis\.ttl" is a key of the primary/,
  );
  match(
    await failure({ datasources: FILES, slack: { ulr: "http://x" } }),
    /"cicdstatemgr\.slack\.ulr" is not a known key\. Did you mean "url"\?/,
  );
  match(await failure({ datasource: FILES }), /"datasources"/);
});

Deno.test("loadConfig() reads how redis is spoken to and keeps documents", async () => {
  const { primary } = await load({
    datasources: {
      redis: {
        "unix-socket": "/run/redis.sock",
        "tls": { "ca-file": "ca.pem" },
        "sentinels": ["a:26379", "[::1]:26380"],
        "ttl": "7d",
        "history": { "max-entries": 0 },
        "isPrimary": true,
      },
    },
  });
  deepStrictEqual(primary?.options, {
    unixSocket: "/run/redis.sock",
    tls: { caFile: "ca.pem" },
    sentinels: [{ host: "a", port: 26379 }, { host: "::1", port: 26380 }],
    ttl: 7 * 24 * 3_600_000,
    history: { maxEntries: 0 },
    isPrimary: true,
  });
  strictEqual(primary?.keeping.ttlMs, 7 * 24 * 3_600_000);
  match(
    await failure({
      datasources: { sqlite: { path: "x", ttl: "7 days", isPrimary: true } },
    }),
    /sqlite\.ttl" is "7 days"\. Write a number and a unit/,
  );
});

Deno.test("loadConfig() leaves the user's own keys alone", async () => {
  const { configData } = await load({
    datasources: FILES,
    office: { town: "x" },
    slack: { url: "http://x", urls: [], room: "#a" },
  });
  deepStrictEqual(configData["office"], { town: "x" });
});

Deno.test("loadConfig() wants exactly one primary", async () => {
  match(await failure({ datasources: { idfile: { path: "x" } } }), /isPrimary/);
  match(
    await failure({
      datasources: { ...FILES, yamlfile: { path: "y", isPrimary: true } },
    }),
    /"cicdstatemgr\.datasources\.yamlfile\.isPrimary" is true, but "jsonfile" is the primary already/,
  );
  match(
    await failure({ datasources: { idfile: { path: "x", isPrimary: true } } }),
    /idfile cannot be read back/,
  );
});

Deno.test("loadConfig() says of what type a value must be", async () => {
  match(
    await failure({ datasources: { redis: { port: "x", isPrimary: true } } }),
    /redis\.port" is "x"\. It must be an integer from 1 to 65535/,
  );
  match(
    await failure({ datasources: { jsonfile: { isPrimary: true } } }),
    /jsonfile\.path" is missing/,
  );
  match(await failure({ datasources: [] }), /datasources" is a list/);
});

Deno.test("loadConfig() names the file that it cannot use", async () => {
  const folder = await Deno.makeTempDir();
  await rejects(
    loadConfig(`${folder}/none.yaml`, undefined, true),
    /Cannot read config file ".*none\.yaml": no such file/,
  );
  await Deno.writeTextFile(`${folder}/tab.yaml`, "cicdstatemgr:\n\ta: 1\n");
  await rejects(
    loadConfig(`${folder}/tab.yaml`, undefined, true),
    /Cannot parse config file ".*tab\.yaml" at line 2, column 1: /,
  );
  await Deno.writeTextFile(`${folder}/top.yaml`, "cicdstatemanager: {}\n");
  await rejects(
    loadConfig(`${folder}/top.yaml`, undefined, true),
    /Cannot use config file ".*top\.yaml" at line 1, column 1: "cicdstatemanager" is not a known key/,
  );
  await Deno.writeTextFile(`${folder}/list.yaml`, "- a\n");
  await rejects(
    loadConfig(new URL(`file://${folder}/list.yaml`), undefined, true),
    /it holds a list/,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("loadConfig() finds encryption keys in the secrets and in a variable", async () => {
  const files = { datasources: FILES };
  strictEqual((await load(files)).encryptionKeys, undefined);
  const { encryptionKeys } = await load(files, {
    encryption: { keys: ["new", "old"] },
  });
  deepStrictEqual(encryptionKeys, ["new", "old"]);
  const variable = "CICDSTATEMGR_TEST_KEYS";
  const section = { ...files, encryption: { "key-env": variable } };
  match(
    await failure(section),
    /names the variable CICDSTATEMGR_TEST_KEYS, which is not set.*openssl/,
  );
  Deno.env.set(variable, "one,two\n");
  deepStrictEqual((await load(section)).encryptionKeys, ["one", "two"]);
  Deno.env.delete(variable);
  match(
    await failure({ ...files, encryption: { "key-file": "x" } }),
    /"cicdstatemgr\.encryption\.key-file" is not a known key\. Known keys are key-env, keys/,
  );
});

Deno.test("loadConfig() takes an empty secrets file for none", async () => {
  const path = await Deno.makeTempFile({ suffix: ".yaml" });
  try {
    for (const text of ["", "# none\n", "cicdstatemgr:\n"]) {
      await Deno.writeTextFile(path, text);
      const config = { cicdstatemgr: { datasources: FILES } };
      const { secretData } = await loadConfig(config, path, true);
      deepStrictEqual(secretData, {});
    }
  } finally {
    await Deno.remove(path);
  }
});
