import {
  deepStrictEqual,
  match,
  rejects,
  strictEqual,
} from "node:assert/strict";
import { DEFAULT_HTTP_CONFIG } from "../http/config.ts";
import { readModuleGraph } from "../../scripts/module_graph.ts";
import {
  checkRefusedConfigs,
  configFailure,
  configFile,
  loadSections,
} from "../../tests/support/config.ts";
import { loadConfig } from "./load.ts";

const OWN = "A key of your own needs another name";

checkRefusedConfigs([
  [
    "a misspelt top key",
    "cicdstatemanager:\n  datasources: {}\n",
    "line 1, column 1",
    `"cicdstatemanager" is not a known key. Did you mean "cicdstatemgr"? ${OWN}`,
  ],
  [
    "no top key",
    "datasources: {}\n",
    "line 1, column 1",
    '"cicdstatemgr" is missing. Write cicdstatemgr: here',
  ],
  [
    "a top key without a value",
    "cicdstatemgr:\n",
    "line 1, column 1",
    '"cicdstatemgr" is missing. Write cicdstatemgr: here',
  ],
]);

Deno.test("loadConfig() reports the first problem and counts the others", async () => {
  strictEqual(
    // The schema comes to the sections in another order.
    await configFailure(
      configFile("slack: {url: x}", "notify: 1", "trigger: 2"),
    ),
    'Cannot use config file "config.yaml" at line 4, column 16: ' +
      '"cicdstatemgr.slack.url" is a string (and 2 more problems). ' +
      "It must be a valid URL that starts with http:// or https://",
  );
});

Deno.test("loadConfig() names a config object without a position", async () => {
  await rejects(loadSections({ datasources: { redis: { port: "x" } } }), {
    message:
      'Cannot use the config object: "cicdstatemgr.datasources.redis.port" is "x"',
  });
});

Deno.test("loadConfig() merges the secrets' datasources over the config's", async () => {
  const config = await loadSections(
    { datasources: { redis: { host: "r", isPrimary: true } } },
    { datasources: { redis: { username: "u", password: 1234 } } },
  );
  deepStrictEqual(config.primary?.options, {
    isPrimary: true,
    host: "r",
    username: "u",
    password: "1234",
  });
  deepStrictEqual(config.configData["datasources"], {
    redis: { host: "r", isPrimary: true },
  });
  deepStrictEqual(config.secretData["datasources"], {
    redis: { username: "u", password: 1234 },
  });
});

Deno.test("loadConfig() says in which file a type differs", async () => {
  strictEqual(
    await configFailure(
      configFile("encryption: {keys: [a]}"),
      "cicdstatemgr:\n  datasources:\n    jsonfile: a.json\n",
    ),
    'Cannot use secrets file "secrets.yaml" at line 3, column 15: ' +
      '"cicdstatemgr.datasources.jsonfile" is a string here, but a mapping in what it builds on. ' +
      "Give the key the same type in both files, or rename one",
  );
});

Deno.test("loadConfig() blames the file that a value is from", async () => {
  const config =
    "cicdstatemgr:\n  datasources:\n    redis: {isPrimary: true, port: 1}\n";
  const port = '"cicdstatemgr.datasources.redis.port"';
  const wanted = "It must be an integer from 1 to 65535";
  strictEqual(
    await configFailure(
      config.replace("port: 1", "port: 0"),
      "cicdstatemgr:\n  datasources:\n    redis: {password: x}\n",
    ),
    `Cannot use config file "config.yaml" at line 3, column 36: ${port} is 0. ${wanted}`,
  );
  // No message shows a value of the secrets.
  strictEqual(
    await configFailure(
      config,
      "cicdstatemgr:\n  datasources:\n    redis:\n      port: 99999\n",
    ),
    `Cannot use secrets file "secrets.yaml" at line 4, column 13: ${port} is an integer. ${wanted}`,
  );
  // What config and secrets do not share is not looked for in the secrets.
  match(
    await configFailure(
      configFile("slack: {url: x}"),
      "cicdstatemgr:\n  slack: {url: http://y}\n",
    ),
    /^Cannot use config file "config\.yaml" at line 4, column 16: /,
  );
});

Deno.test("loadConfig() completes the http section with its defaults", async () => {
  const { http } = await loadSections({
    datasources: { jsonfile: { path: "a.json", isPrimary: true } },
    http: { "timeout-ms": 500, "on-error": "fail", "record": "state.sent" },
  });
  deepStrictEqual(http, {
    ...DEFAULT_HTTP_CONFIG,
    timeoutMs: 500,
    onError: "fail",
    record: ["state", "sent"],
  });
});

Deno.test("loadConfig() says where files were read from, and where apps may read", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const config = `${folder}/config.yaml`;
    await Deno.writeTextFile(config, configFile("files-from: [data, /srv]"));
    await Deno.writeTextFile(`${folder}/a b.yaml`, "");
    const secrets = new URL(`file://${folder}/a%20b.yaml`);
    const loaded = await loadConfig(config, secrets, true);
    deepStrictEqual(loaded.filesFrom, ["data", "/srv"]);
    deepStrictEqual(loaded.sources, [config, `${folder}/a b.yaml`]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

for (const name of ["config.yaml", "secrets.yaml", "link.yaml"]) {
  Deno.test(`loadConfig() refuses a datasource that would overwrite ${name}`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const config = `${folder}/config.yaml`;
      const secrets = `${folder}/secrets.yaml`;
      const text = "cicdstatemgr:\n  datasources:\n" +
        `    sqlite: {path: "${folder}/a.db", isPrimary: true}\n` +
        `    yamlfile: {path: "${folder}/./${name}"}\n`;
      await Deno.writeTextFile(config, text);
      await Deno.writeTextFile(secrets, "");
      await Deno.symlink(config, `${folder}/link.yaml`);
      await rejects(loadConfig(config, secrets, true), {
        code: "CONFIG",
        message: /yamlfile\.path" is a file that the config is read from/,
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("loadConfig() loads no handler, no store and no app config", async () => {
  const root = new URL("../../", import.meta.url);
  const graph = await readModuleGraph(root, ["src/config/load.ts"]);
  const loaded = new Set<string>();
  const visit = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { target, dynamic, typeOnly } of graph.get(path) ?? []) {
      if (target !== undefined && !dynamic && !typeOnly) visit(target);
    }
  };
  visit("src/config/load.ts");
  const unwanted =
    /src\/(?:events\/(?!sections)|http|jinja|datasources\/[^/]+\/|config\/(?:app|bases|limits))/;
  deepStrictEqual([...loaded].filter((path) => unwanted.test(path)), []);
  deepStrictEqual(
    [...loaded].filter((path) => /src\/(?:config|schema)\//.test(path)).sort(),
    [
      "src/config/datasources.ts",
      "src/config/load.ts",
      "src/config/schema.ts",
      "src/config/source.ts",
      "src/schema/composite.ts",
      "src/schema/schema.ts",
    ],
  );
});
