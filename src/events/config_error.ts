import { CicdStateError } from "../errors.ts";
import { typeName } from "../util/type_name.ts";
import type { Value } from "../values.ts";

/** Makes the error for a part of a config that has the wrong type. */
export function wrongType(
  at: string,
  found: Value,
  wanted = "a mapping",
): CicdStateError {
  return new CicdStateError(
    "CONFIG",
    `Cannot use "${at}": it is a ${typeName(found)}`,
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
