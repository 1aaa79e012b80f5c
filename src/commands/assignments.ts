import { loadFile } from "../manager/file_value.ts";
import type { Operation } from "../state/change.ts";
import { assign, parseAssignments } from "../state/property_path.ts";
import { fileNamedBy } from "../util/file_reference.ts";
import type { Logger } from "../util/log.ts";
import type { Value } from "../values.ts";
import type { Arguments } from "./command.ts";

/**
 * Reads every `--set`; pairs that say nothing are passed over with a warning.
 *
 * @param args The command line.
 * @param log Where the warnings go.
 * @returns The operations, in order.
 * @throws {CicdStateError} `PATH`, `INPUT` or `PERMISSION`.
 */
export async function readChange(
  args: Arguments,
  log: Logger,
): Promise<Operation[]> {
  const operations: Operation[] = [];
  for (const text of args.values("set")) {
    const { assignments, skipped } = parseAssignments(text);
    for (const pair of skipped) {
      log.warn(
        `Passed over "${pair}" in --set: expected PATH=VALUE, both not empty`,
      );
    }
    for (const { target, value } of assignments) {
      operations.push(assign(target, await valueOf(value, target)));
    }
  }
  return operations;
}

async function valueOf(text: string, target: string): Promise<Value> {
  const path = fileNamedBy(text);
  return path === undefined ? text : await loadFile(path, `--set ${target}`);
}
