import { CicdStateError } from "../errors.ts";
import type { PipelineEvent } from "../manager/options.ts";
import {
  parseTemplateVariable,
  type TemplateVariable,
} from "../manager/template_context.ts";
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
