import { CicdStateError } from "../errors.ts";
import { readVariable } from "../util/env.ts";
import type { Mapping } from "../values.ts";
import { type Keys, OptionReader, text, texts } from "./options.ts";

const KEYS: Keys = { "key-env": text, "keys": texts };

/**
 * Finds the keys that documents are encrypted with: those in the variable that
 * `key-env` names, then those of `keys`.
 *
 * @param section All `encryption` of config and secrets.
 * @param where The config's name, for messages.
 * @returns The keys, the current one first.
 * @throws {CicdStateError} `CONFIG`. No key is shown.
 */
export function readEncryptionKeys(
  section: Mapping,
  where: string,
): readonly string[] {
  const at = "cicdstatemgr.encryption";
  const options = new OptionReader(where).readKeys(section, KEYS, at);
  const variable = options["keyEnv"] as string | undefined;
  const fromEnv = variable === undefined ? [] : readKeys(variable, where);
  const keys = [...fromEnv, ...(options["keys"] as string[] | undefined) ?? []];
  if (keys.length > 0) return keys;
  throw new CicdStateError(
    "CONFIG",
    `Cannot use ${where}: "${at}" has no key`,
    {
      hint: "Name a variable by key-env, or put keys into the secrets",
    },
  );
}

function readKeys(variable: string, where: string): string[] {
  const keys = (readVariable(variable) ?? "").split(/[\s,]+/)
    .filter((key) => key !== "");
  if (keys.length > 0) return keys;
  throw new CicdStateError(
    "CONFIG",
    `Cannot use ${where}: variable ${variable} of "cicdstatemgr.encryption.key-env" is not set`,
    {
      hint: `Set it to a key made by: openssl rand -base64 32; ` +
        `under deno run, add --allow-env=${variable}`,
    },
  );
}
