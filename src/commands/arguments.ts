import { CicdStateError } from "../errors.ts";
import { loadFile } from "../manager/file_value.ts";
import type { PipelineEvent } from "../manager/options.ts";
import {
  parseTemplateVariable,
  type TemplateVariable,
} from "../manager/template_context.ts";
import {
  assign,
  type Operation,
  parseAssignments,
} from "../document/change.ts";
import type { Logger } from "../util/log.ts";
import { fileNamedBy } from "../util/read_text.ts";
import type { Value } from "../values.ts";
import type { Arguments } from "./command.ts";

/**
 * Reads a value that a command cannot do without.
 *
 * @param args The command line.
 * @param name The flag.
 * @param hint How to give it.
 * @returns The value.
 * @throws {CicdStateError} `USAGE`.
 */
export function required(args: Arguments, name: string, hint: string): string {
  const value = args.value(name);
  if (value) return value;
  throw new CicdStateError("USAGE", `Flag --${name} is missing`, { hint });
}

/**
 * Reads which document a command is about.
 *
 * @param args The command line.
 * @returns The document's id.
 * @throws {CicdStateError} `USAGE`.
 */
export function readId(args: Arguments): string {
  const hint = "Pass --id ID or set CICDSTATEMGR_CONTEXT_DATA_ID";
  return required(args, "id", hint);
}

/**
 * Reads every `--tmpl-ctx-var`.
 *
 * @param args The command line.
 * @returns The variables, in order.
 * @throws {CicdStateError} `USAGE`.
 */
export function readVariables(args: Arguments): TemplateVariable[] {
  return args.values("tmpl-ctx-var").map((text) => parseTemplateVariable(text));
}

/**
 * Reads `--handle-event`.
 *
 * @param args The command line.
 * @returns The event, or `undefined` if none is given.
 * @throws {CicdStateError} `USAGE`.
 */
export function readEvent(args: Arguments): PipelineEvent | undefined {
  const text = args.value("handle-event");
  if (text === undefined) return undefined;
  const parts = text.split("=").map((part) => part.trim());
  const [pipeline, event] = parts;
  if (parts.length === 2 && pipeline && event) return { pipeline, event };
  throw new CicdStateError(
    "USAGE",
    `Cannot parse --handle-event "${text}": expected PIPELINE=EVENT`,
    { hint: "Write --handle-event build=started" },
  );
}

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
