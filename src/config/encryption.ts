import { list, object } from "../schema/composite.ts";
import {
  type Path,
  type Report,
  type Schema,
  string,
} from "../schema/schema.ts";
import { readVariable } from "../util/env.ts";

const SECTION = object({
  "key-env": string({
    description:
      "The environment variable that holds the keys, separated by spaces or commas. The first one encrypts, all of them decrypt.",
  }),
  "keys": list(
    string({
      isSecret: true,
      description:
        "A key of 32 bytes in base64, as openssl rand -base64 32 prints it.",
    }),
    { description: "More keys. They belong in the secrets file." },
  ),
}, { description: "Encrypts what stores and readable mirrors hold." });

/**
 * The `encryption` of config and secrets, read as the keys that documents are
 * encrypted with: those in the variable that `key-env` names, then those of
 * `keys`. There is at least one, and the first one encrypts.
 */
export const ENCRYPTION: Schema<readonly string[]> = {
  ...SECTION,
  read(value, path, report) {
    let isRight = true;
    const { keyEnv, keys = [] } = SECTION.read(value, path, (problem) => {
      isRight = false;
      report(problem);
    });
    const fromVariable = keyEnv === undefined
      ? []
      : readKeys(keyEnv, [...path, "key-env"], report);
    if (isRight && keyEnv === undefined && keys.length === 0) {
      report({
        path,
        message: "has no key",
        hint:
          "Name a variable with key-env, put keys into the secrets, or remove encryption",
      });
    }
    return [...fromVariable, ...keys];
  },
};

function readKeys(variable: string, path: Path, report: Report): string[] {
  const keys = (readVariable(variable) ?? "").split(/[\s,]+/)
    .filter((key) => key !== "");
  if (keys.length === 0) {
    report({
      path,
      message: `names the variable ${variable}, which is not set`,
      hint: `Set it to a key made by: openssl rand -base64 32; ` +
        `under deno run, add --allow-env=${variable}`,
    });
  }
  return keys;
}
