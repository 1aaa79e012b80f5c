import { strictEqual } from "node:assert/strict";
import { loadConfig } from "../../src/config/load.ts";
import type { Config } from "../../src/config/types.ts";
import { CicdStateError } from "../../src/errors.ts";
import type { Mapping } from "../../src/values.ts";

/** Returns a config file with these lines under `datasources`. */
export function datasourcesFile(...lines: string[]): string {
  return [
    "cicdstatemgr:",
    "  datasources:",
    ...lines.map((line) => `    ${line}`),
  ].join("\n");
}

/** Returns a config file with a primary, and these lines under `cicdstatemgr`. */
export function configFile(...lines: string[]): string {
  return [
    datasourcesFile("jsonfile: {path: a.json, isPrimary: true}"),
    ...lines.map((line) => `  ${line}`),
  ].join("\n");
}

/** Loads a config object and its secrets: what stands under `cicdstatemgr`. */
export function loadSections(
  config: Mapping,
  secrets?: Mapping,
): Promise<Config> {
  return loadConfig(
    { cicdstatemgr: config },
    secrets === undefined ? undefined : { cicdstatemgr: secrets },
    true,
  );
}

/**
 * Returns what is said against a config file `config.yaml` and a secrets file
 * `secrets.yaml`: the message and the hint.
 */
export async function configFailure(
  config: string,
  secrets?: string,
): Promise<string> {
  const folder = await Deno.makeTempDir();
  const [configPath, secretsPath] = ["config", "secrets"]
    .map((name) => `${folder}/${name}.yaml`) as [string, string];
  try {
    await Deno.writeTextFile(configPath, config);
    if (secrets !== undefined) await Deno.writeTextFile(secretsPath, secrets);
    const secretsFile = secrets === undefined ? undefined : secretsPath;
    await loadConfig(configPath, secretsFile, true);
  } catch (error) {
    if (!(error instanceof CicdStateError)) throw error;
    strictEqual(error.code, "CONFIG");
    const said = [error.message, error.hint].filter((part) =>
      part !== undefined
    );
    return said.join(". ").replaceAll(`${folder}/`, "");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  throw new Error("the config was accepted");
}

/** A config that is refused: its name, text, position and message. */
export type RefusedConfig = readonly [
  name: string,
  config: string,
  where: string,
  says: string,
];

/** Registers a test for each config that is refused. */
export function checkRefusedConfigs(configs: readonly RefusedConfig[]): void {
  for (const [name, config, where, says] of configs) {
    Deno.test(`loadConfig() refuses ${name}`, async () => {
      strictEqual(
        await configFailure(config),
        `Cannot use config file "config.yaml" at ${where}: ${says}`,
      );
    });
  }
}
