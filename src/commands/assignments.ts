import { filePathOf, loadFile, namesFile } from "../manager/file_value.ts";
import type { Operation } from "../state/change.ts";
import { type Assignment, parseAssignments } from "../state/property_path.ts";
import type { Logger } from "../util/log.ts";
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
    for (const assignment of assignments) {
      operations.push(await toOperation(assignment));
    }
  }
  return operations;
}

async function toOperation(assignment: Assignment): Promise<Operation> {
  const { path, mode, value: text } = assignment;
  if (mode === "clear") return { op: "clear", path };
  const value = namesFile(text)
    ? await loadFile(filePathOf(text), `--set ${path.join(".")}`)
    : text;
  if (mode === "set") return { op: "set", path, value };
  const items = typeof value === "string" && value === text
    ? text.split(",")
    : Array.isArray(value)
    ? value
    : [value];
  return { op: mode, path, items };
}
