import { VERSION } from "../../version.ts";
import { findCommand, loadCommands } from "../../commands/registry.ts";
import type { Invocation } from "../invocation.ts";
import { describeFlags, INDENT, section, toText, wrap } from "./layout.ts";
import {
  commandLine,
  GLOBAL_FLAGS,
  usageLine,
  valueName,
} from "../../commands/shared/command.ts";
import {
  type Argument,
  type Command,
  GROUPS,
} from "../../commands/shared/types.ts";
import { usage } from "../arguments.ts";

/** The column where summaries begin in the list of commands. */
const SUMMARY_COLUMN = 28;

/** The exit statuses that every command has. */
const EXITS: Readonly<Record<number, string>> = {
  0: "Done",
  1: "Failed",
  2: "Wrong usage",
  5: "A server did not answer in time",
};

/**
 * Reads the arguments of `help`.
 *
 * @param argv Nothing, the name of a command, `start` or `compat`.
 * @returns The help to print.
 * @throws {CicdStateError} `USAGE`, if there is no such command.
 */
export async function readHelp(argv: readonly string[]): Promise<Invocation> {
  return { print: await helpText(argv) };
}

async function helpText([topic, ...rest]: readonly string[]): Promise<string> {
  if (rest.length > 0) {
    throw usage(
      `Cannot use argument "${rest[0]}"`,
      "Write cicdstatemgr help [COMMAND]",
    );
  }
  if (topic === undefined || ["help", "--help", "-h"].includes(topic)) {
    return await overview();
  }
  if (topic === "start") {
    const { startHelp } = await import("./start.ts");
    return startHelp();
  }
  if (topic === "compat") {
    const { compatHelp } = await import("./compat.ts");
    return compatHelp();
  }
  const command = await findCommand(topic);
  if (command !== undefined) return commandHelp(command);
  const { unknownCommand } = await import("../misuse.ts");
  throw unknownCommand(topic);
}

/**
 * Writes the help of the program: its commands and global flags.
 *
 * @returns The text, at most 79 columns wide.
 */
export async function overview(): Promise<string> {
  const commands = await loadCommands();
  const lines = [
    `cicdstatemgr ${VERSION}`,
    "Keeps configuration and state across the tasks of a CI/CD system.",
    "",
    "Usage: cicdstatemgr COMMAND [ARGUMENTS] [FLAGS]",
  ];
  for (const group of GROUPS) {
    lines.push("", `${group}:`);
    for (const command of commands) {
      if (command.group === group) lines.push(...summaryOf(command));
    }
  }
  lines.push(
    ...section("Flags of every command", describeFlags(GLOBAL_FLAGS)),
    "",
    "$CICDSTATEMGR_ACTOR names who makes a change, for the history. Default: the",
    "user and the host.",
    "",
    "cicdstatemgr help start shows two pipelines that share a document, to copy.",
    "cicdstatemgr help COMMAND shows the arguments, flags and examples of a command.",
    "cicdstatemgr help compat shows the flags of older scripts: --init-new, --get, …",
  );
  return toText(lines);
}

/**
 * Writes the help of a command.
 *
 * @param command The command.
 * @returns The text, at most 79 columns wide.
 */
export function commandHelp(command: Command): string {
  const { summary, about = [], flags, examples, exits = {} } = command;
  return toText([
    `${summary}.`,
    "",
    `Usage: ${usageLine(command)}`,
    ...about.flatMap((paragraph) => ["", ...wrap(paragraph, 0)]),
    ...section(
      "Arguments",
      Object.values(command.arguments).flatMap(describeArgument),
    ),
    ...section("Flags", describeFlags(flags)),
    ...section("Flags of every command", describeFlags(GLOBAL_FLAGS)),
    ...section(
      "Examples",
      examples.flatMap(({ line, help }) => [
        `  cicdstatemgr ${line}`,
        ...wrap(`${help}.`, INDENT),
      ]),
    ),
    ...section(
      "Exit status",
      Object.entries({ ...EXITS, ...exits }).map(([status, meaning]) =>
        `  ${status}  ${meaning}`
      ),
    ),
  ]);
}

function summaryOf(command: Command): string[] {
  const line = `  ${commandLine(command)}`;
  const summary = wrap(command.summary, SUMMARY_COLUMN);
  if (line.length >= SUMMARY_COLUMN - 1) return [line, ...summary];
  const [first, ...rest] = summary;
  return [line.padEnd(SUMMARY_COLUMN) + first!.trimStart(), ...rest];
}

function describeArgument(argument: Argument): string[] {
  return [`  ${valueName(argument)}`, ...wrap(argument.help, INDENT)];
}
