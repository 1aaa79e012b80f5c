import { stringifyJson } from "../formats/json_writer.ts";
import { isMapping, type Value } from "../values.ts";
import type { PropertyPath } from "./path.ts";

/**
 * A path at which two documents differ.
 *
 * @example Compare a revision with the current document, then restore it
 * ```ts
 * import { CicdStateMgr } from "@cicdstatemgr/cicdstatemgr";
 * import { deepStrictEqual, strictEqual } from "node:assert/strict";
 *
 * const sqlite = { path: `${await Deno.makeTempDir()}/state.db`, isPrimary: true };
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: { sqlite } } },
 * });
 * await manager.init("build-1", {
 *   appConfig: { "cicd-contexts": { stage: {} } },
 * });
 * await manager.set("build-1", { "state.tag": "v1" });
 * await manager.set("build-1", { "state.tag": "v2" });
 * deepStrictEqual(await manager.diff("build-1", 2), [
 *   { path: ["state", "tag"], before: "v1", after: "v2" },
 * ]);
 * await manager.rollback("build-1", 2);
 * strictEqual(await manager.get("build-1", "state.tag"), "v1");
 * ```
 */
export interface Difference {
  /** The keys that lead to the difference. */
  readonly path: PropertyPath;
  /** The value in the first document, if it has one. */
  readonly before?: Value;
  /** The value in the second document, if it has one. */
  readonly after?: Value;
}

/**
 * Lists the differences between two values. Mappings are compared key by key, any
 * other value as a whole.
 *
 * @param before The first value.
 * @param after The second value.
 * @returns The differences in the key order of the second value, removed keys first.
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
    // Equal values have equal JSON, and 1 differs from 1.0.
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
