import { CicdStateError } from "../../errors.ts";
import { hintToSet } from "../../util/env.ts";
import type { Services } from "./types.ts";

/**
 * Returns the path of the config, for commands that read it themselves.
 *
 * @param files The files that the command line or the environment names.
 * @returns The path.
 * @throws {CicdStateError} `USAGE`, if no config is named.
 */
export function requireConfig({ config }: Services["files"]): string {
  if (config !== undefined) return config;
  throw new CicdStateError("USAGE", "Flag --config is missing", {
    hint: `Pass --config FILE or ${hintToSet("CICDSTATEMGR_CONFIG_PATH")}`,
  });
}
