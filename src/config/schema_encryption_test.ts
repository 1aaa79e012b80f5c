import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import {
  checkRefusedConfigs,
  configFailure,
  configFile,
  loadSections,
} from "../../tests/support/config.ts";

const FILES = { jsonfile: { path: "a.json", isPrimary: true } };

checkRefusedConfigs([
  [
    "encryption that is empty",
    configFile("encryption: {}"),
    "line 4, column 15",
    '"cicdstatemgr.encryption" has no key. ' +
    "Name a variable with key-env, put keys into the secrets, or remove encryption",
  ],
  [
    "encryption without a value",
    configFile("encryption:"),
    "line 4, column 3",
    '"cicdstatemgr.encryption" has no key. ' +
    "Name a variable with key-env, put keys into the secrets, or remove encryption",
  ],
  [
    "encryption without keys",
    configFile("encryption:", "  keys: []"),
    "line 4, column 3",
    '"cicdstatemgr.encryption" has no key. ' +
    "Name a variable with key-env, put keys into the secrets, or remove encryption",
  ],
  [
    "an unknown key of encryption",
    configFile("encryption: {key-evn: x}"),
    "line 4, column 16",
    '"cicdstatemgr.encryption.key-evn" is not a known key. ' +
    'Did you mean "key-env"? Known keys: key-env, keys, accept-plain',
  ],
  [
    "a variable that is not set",
    configFile("encryption: {key-env: CICDSTATEMGR_TEST_NONE}"),
    "line 4, column 25",
    '"cicdstatemgr.encryption.key-env" names the variable CICDSTATEMGR_TEST_NONE, which is not set. ' +
    "Set it to a key made by: openssl rand -base64 32; " +
    "under deno run, add --allow-env=CICDSTATEMGR_TEST_NONE",
  ],
]);

Deno.test("loadConfig() never shows a key in place of the name of its variable", async () => {
  const values = [
    "3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE",
    "deadbeef".repeat(8),
    "two words",
    "1KEY",
    "a=b",
    "nul\0",
    "é",
  ];
  for (const value of values) {
    const message = await configFailure(
      configFile(`encryption: {key-env: ${JSON.stringify(value)}}`),
    );
    strictEqual(
      message,
      'Cannot use config file "config.yaml" at line 4, column 25: ' +
        '"cicdstatemgr.encryption.key-env" is not the name of an environment variable. ' +
        "Write the name of the variable that holds the keys, such as CICDSTATEMGR_KEY; " +
        "a key belongs in that variable, or in keys of the secrets",
    );
  }
});

Deno.test("loadConfig() encrypts nothing without an encryption section", async () => {
  strictEqual(
    (await loadSections({ datasources: FILES })).encryption,
    undefined,
  );
});

Deno.test("loadConfig() finds encryption keys in the secrets", async () => {
  const { encryption } = await loadSections({ datasources: FILES }, {
    encryption: { keys: ["new", "old"] },
  });
  deepStrictEqual(encryption, { keys: ["new", "old"], acceptPlain: false });
});

Deno.test("loadConfig() puts the keys of a variable before the others", async () => {
  const variable = "CICDSTATEMGR_TEST_KEYS";
  Deno.env.set(variable, " one,two\n");
  try {
    const { encryption } = await loadSections(
      { datasources: FILES, encryption: { "key-env": variable } },
      { encryption: { keys: ["three"] } },
    );
    deepStrictEqual(encryption?.keys, ["one", "two", "three"]);
  } finally {
    Deno.env.delete(variable);
  }
});

Deno.test("loadConfig() takes a variable without keys for one that is not set", async () => {
  const variable = "CICDSTATEMGR_TEST_BLANK";
  Deno.env.set(variable, " , ");
  try {
    await rejects(
      loadSections({ datasources: FILES, encryption: { "key-env": variable } }),
      /names the variable CICDSTATEMGR_TEST_BLANK, which is not set/,
    );
  } finally {
    Deno.env.delete(variable);
  }
});

Deno.test("loadConfig() wants keys from somewhere, also if the secrets are there", async () => {
  await rejects(loadSections({ datasources: FILES }, { encryption: {} }), {
    message:
      'Cannot use the secrets object: "cicdstatemgr.encryption" has no key',
  });
});
