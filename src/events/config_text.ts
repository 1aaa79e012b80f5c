import { CicdStateError } from "../errors.ts";
import { pythonStr } from "../formats/python_text.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";

/** Reads a value of a section, if there is one. */
export function configValue(
  data: Mapping,
  section: string,
  key: string,
): Value | undefined {
  const mapping = getKey(data, section);
  return isMapping(mapping) ? getKey(mapping, key) : undefined;
}

/**
 * Reads a text of the config that a handler cannot do without.
 *
 * @param data All under the config's `cicdstatemgr`.
 * @param section The section's name.
 * @param key The key in it.
 * @param label The handler.
 * @returns The text.
 * @throws {CicdStateError} `CONFIG`.
 */
export function requiredConfigText(
  data: Mapping,
  section: string,
  key: string,
  label: string,
): string {
  const value = configValue(data, section, key);
  if (value !== undefined && value !== null && value !== "") {
    return pythonStr(value);
  }
  throw new CicdStateError(
    "CONFIG",
    `Cannot run ${label}: the config has no "cicdstatemgr.${section}.${key}"`,
    { hint: `Add ${key}: under ${section}: in the config` },
  );
}
