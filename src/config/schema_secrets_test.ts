import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  configFailure,
  configFile,
  loadSections,
} from "../../tests/support/config.ts";
import { loadConfig } from "./load.ts";

const FILES = { jsonfile: { path: "a.json", isPrimary: true } };
const OWN = "A key of your own needs another name";

for (
  const [name, secrets, where, says] of [
    [
      "a token that is a mapping",
      "cicdstatemgr:\n  slack:\n    token: {hunter2: hunter2}\n",
      "line 3, column 12",
      '"cicdstatemgr.slack.token" is a mapping. It must be a string',
    ],
    [
      "a misspelt token",
      "cicdstatemgr:\n  slack:\n    tokn: hunter2\n",
      "line 3, column 5",
      `"cicdstatemgr.slack.tokn" is not a known key. Did you mean "token"? ${OWN}`,
    ],
    [
      "a misspelt section",
      "cicdstatemgr:\n  triger:\n    token: hunter2\n",
      "line 2, column 3",
      `"cicdstatemgr.triger" is not a known key. Did you mean "trigger"? ${OWN}`,
    ],
    [
      "a misspelt top key",
      "cicdstatemrg:\n  slack: {}\n",
      "line 1, column 1",
      `"cicdstatemrg" is not a known key. Did you mean "cicdstatemgr"? ${OWN}`,
    ],
    [
      "datasources that are a list",
      "cicdstatemgr:\n  datasources: [hunter2]\n",
      "line 2, column 16",
      '"cicdstatemgr.datasources" is a list. It must be a mapping',
    ],
    [
      "a string in place of all secrets",
      "cicdstatemgr: hunter2\n",
      "line 1, column 15",
      '"cicdstatemgr" is a string. It must be a mapping',
    ],
    [
      "an encryption key that is a list",
      "cicdstatemgr:\n  encryption:\n    keys: [[hunter2]]\n",
      "line 3, column 12",
      '"cicdstatemgr.encryption.keys[0]" is a list. It must be a string',
    ],
  ] as const
) {
  Deno.test(`loadConfig() refuses ${name} in the secrets`, async () => {
    strictEqual(
      await configFailure(configFile(), secrets),
      `Cannot use secrets file "secrets.yaml" at ${where}: ${says}`,
    );
  });
}

Deno.test("loadConfig() leaves secrets of the user's own alone", async () => {
  const secrets = {
    slack: { token: "", room: "#a" },
    trigger: { token: 12345 },
    someSuperSecret: ["x"],
  };
  const { secretData } = await loadSections({ datasources: FILES }, secrets);
  deepStrictEqual(secretData, secrets);
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
