import { CicdStateError } from "../errors.ts";
import {
  cloneValue,
  getKey,
  isFalsy,
  isMapping,
  type Mapping,
  setKey,
  type Value,
} from "../values.ts";
import { describeType } from "./messages.ts";

/**
 * Merges one mapping over another: mappings merge key by key, any other value
 * replaces, and a falsy value is replaced whatever its type.
 *
 * @param base The mapping below.
 * @param over The mapping that wins.
 * @param where What `over` is, for messages: `app.yaml`.
 * @param at The keys above both, for messages.
 * @returns A new mapping; both arguments stay as they are.
 * @throws {CicdStateError} `CONFIG`, if one key has two types.
 */
export function mergeMappings(
  base: Mapping,
  over: Mapping,
  where: string,
  at: readonly string[] = [],
): Mapping {
  const merged: Mapping = {};
  for (const key of Object.keys(base)) setKey(merged, key, base[key]!);
  for (const key of Object.keys(over)) {
    const path = [...at, key];
    const below = getKey(base, key);
    setKey(merged, key, mergeValues(below, over[key]!, where, path));
  }
  return merged;
}

function mergeValues(
  base: Value | undefined,
  over: Value,
  where: string,
  path: readonly string[],
): Value {
  if (base === undefined || isFalsy(base)) return cloneValue(over);
  if (isMapping(base) && isMapping(over)) {
    return mergeMappings(base, over, where, path);
  }
  const [below, above] = [describeType(base), describeType(over)];
  if (below === above) return cloneValue(over);
  throw new CicdStateError(
    "CONFIG",
    `Cannot merge ${where}: "${path.join(".")}" is ${above} there, but ` +
      `${below} in what it builds on`,
    { hint: "Give the key the same type in both files, or rename one" },
  );
}
