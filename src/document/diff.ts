import { stringifyJson } from "../formats/json_writer.ts";
import { isMapping, type Value } from "../values.ts";
import type { PropertyPath } from "./change.ts";

/** One place where two documents differ. */
export interface Difference {
  /** The keys that lead there. */
  readonly path: PropertyPath;
  /** The value in the first document; missing if it has none there. */
  readonly before?: Value;
  /** The value in the second document; missing if it has none there. */
  readonly after?: Value;
}

/**
 * Finds where two values differ. Mappings are compared key by key, all else as
 * a whole.
 *
 * @param before The first value.
 * @param after The second value.
 * @returns The differences, in the key order of the second, removals first.
 */
export function diffValues(before: Value, after: Value): Difference[] {
  return [...differences(before, after, [])];
}

function* differences(
  before: Value,
  after: Value,
  path: PropertyPath,
): Generator<Difference> {
  if (!isMapping(before) || !isMapping(after)) {
    // Texts of equal values are equal, and tell 1 from 1.0.
    if (stringifyJson(before) !== stringifyJson(after)) {
      yield { path, before, after };
    }
    return;
  }
  for (const key of Object.keys(before)) {
    if (Object.hasOwn(after, key)) continue;
    yield { path: [...path, key], before: before[key]! };
  }
  for (const key of Object.keys(after)) {
    const inner = [...path, key];
    if (Object.hasOwn(before, key)) {
      yield* differences(before[key]!, after[key]!, inner);
    } else yield { path: inner, after: after[key]! };
  }
}
