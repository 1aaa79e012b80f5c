import { CicdStateError } from "../errors.ts";
import { pythonStr } from "../formats/python_text.ts";
import { describeType } from "../util/messages.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";

/** Makes the error for a part of a config that has the wrong type. */
export function wrongType(
  at: string,
  found: Value,
  wanted = "a mapping",
): CicdStateError {
  return new CicdStateError(
    "CONFIG",
    `Cannot use "${at}": it is ${describeType(found)}`,
    { hint: `It must be ${wanted}` },
  );
}

/** Makes the error for a part of a config that lacks a key. */
export function missingKey(at: string, key: string): CicdStateError {
  return new CicdStateError(
    "CONFIG",
    `Cannot use "${at}": it has no "${key}"`,
    { hint: `Add ${key}: to it` },
  );
}

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
