import { CHANGES } from "../commands/shared/changes.ts";
import { assign, parseAssignments } from "../document/assignment.ts";
import type { Operation } from "../document/change.ts";
import type { Logger } from "../util/log.ts";
import { fileNamedBy } from "../util/read_text.ts";
import type { Value } from "../values.ts";
import { readFlags } from "./arguments.ts";

/** The raw values of the flags that set values. */
interface OldSets {
  readonly set: readonly string[];
  readonly setString: readonly string[];
  readonly setJson: readonly string[];
}

/**
 * Reads `--set` with its own rules, then `--set-string` and `--set-json`.
 *
 * @param texts The raw values of these flags.
 * @param log Receives warnings about incomplete pairs.
 * @returns The operations, in order.
 * @throws {CicdStateError} `USAGE`, `PATH`, `INPUT`, `INVALID` or `PERMISSION`.
 */
export async function readOldChange(
  { set, setString, setJson }: OldSets,
  log: Logger,
): Promise<Operation[]> {
  const operations: Operation[] = [];
  for (const text of set) {
    const { assignments, skipped } = parseAssignments(text);
    for (const pair of skipped) {
      log.warn(
        `Skipped "${pair}" in --set: expected PATH=VALUE with neither part empty`,
      );
    }
    for (const { target, value } of assignments) {
      operations.push(assign(target, await loadValue(value, target)));
    }
  }
  if (setString.length === 0 && setJson.length === 0) return operations;
  const more = readFlags(
    { setString: CHANGES.set, setJson: CHANGES.setJson },
    new Map([["setString", setString], ["setJson", setJson]]),
    () => undefined,
  );
  return [...operations, ...more.setString, ...more.setJson];
}

async function loadValue(text: string, target: string): Promise<Value> {
  const path = fileNamedBy(text);
  if (path === undefined) return text;
  const { loadFile } = await import("../manager/files.ts");
  return await loadFile(path, `--set ${target}`);
}
