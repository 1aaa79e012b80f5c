import { COMMANDS, findCommand, loadCommands } from "../commands/registry.ts";
import type { CicdStateError } from "../errors.ts";
import { suggest } from "../util/messages.ts";
import {
  flagName,
  GLOBAL_FLAGS,
  usageLine,
} from "../commands/shared/command.ts";
import type { Command, FlagTable } from "../commands/shared/types.ts";
import { listWords, usage } from "./arguments.ts";

/**
 * Returns the error for an unknown command.
 *
 * @param name The name that was given.
 * @returns The error.
 */
export function unknownCommand(name: string): CicdStateError {
  const near = nearest(name, Object.keys(COMMANDS));
  return usage(
    `Unknown command "${name}"`,
    near === undefined
      ? "See cicdstatemgr help for the commands"
      : `Did you mean ${near}? See cicdstatemgr help`,
  );
}

/**
 * Returns the error for a flag that a command does not have.
 *
 * @param written The flag as it is written: `--limit`.
 * @param command The command.
 * @param argv The arguments after the command's name.
 * @returns The error. It names the commands that have the flag.
 */
export async function unknownFlag(
  written: string,
  command: Command,
  argv: readonly string[],
): Promise<CicdStateError> {
  const owners = await ownersOf(written);
  if (owners.length > 0) {
    return usage(
      `Command ${command.name} has no flag ${written}`,
      `It is a flag of ${listWords(owners, "and")}`,
    );
  }
  const table = { ...command.flags, ...GLOBAL_FLAGS };
  const last = Object.values(command.arguments).at(-1);
  const lacksDashes = last?.afterDashes && !argv.includes("--");
  if (lacksDashes && nearestFlag(table, written) === undefined) {
    return usage(
      `Unknown flag ${written}`,
      `Write -- before the command: ${usageLine(command)}`,
    );
  }
  return unknownIn(table, written, `See cicdstatemgr ${command.name} --help`);
}

/** Returns the names of the commands that have a flag. */
async function ownersOf(written: string): Promise<string[]> {
  return (await loadCommands())
    .filter(({ flags }) =>
      Object.keys(flags).some((key) => `--${flagName(key)}` === written)
    )
    .map(({ name }) => name);
}

/**
 * Returns the error for an argument of an old command line, which takes none.
 *
 * @param text The argument.
 * @returns The error.
 */
export function unexpectedArgument(text: string): CicdStateError {
  return usage(
    `Cannot use argument "${text}": no flag takes it`,
    Object.hasOwn(COMMANDS, text)
      ? `Write the command first: cicdstatemgr ${text} …`
      : "Put quotes around a value that has spaces, and a command first",
  );
}

/** Commands that were flags with another name. */
const RENAMED: Readonly<Record<string, string>> = {
  "--delete-context": "remove",
};

/**
 * Returns the error for a flag that old command lines do not have.
 *
 * @param written The flag as it is written: `--history`.
 * @param table The flags of old command lines.
 * @returns The error. It names the command that does what the flag says, or the
 * commands that have the flag.
 */
export async function unknownOldFlag(
  written: string,
  table: FlagTable,
): Promise<CicdStateError> {
  const name = RENAMED[written] ?? written.slice(2);
  const command = await findCommand(name);
  if (command !== undefined) {
    return usage(
      `Unknown flag ${written}: ${name} is a command`,
      `Write ${usageLine(command)}`,
    );
  }
  const owners = await ownersOf(written);
  if (owners.length > 0) {
    return usage(
      `Flag ${written} needs a command in front of it`,
      `It is a flag of ${listWords(owners, "and")}`,
    );
  }
  return unknownIn(table, written, "See cicdstatemgr help compat");
}

/** Returns the error for a flag that a table does not have. */
function unknownIn(
  table: FlagTable,
  written: string,
  help: string,
): CicdStateError {
  const near = flagOfLetter(table, written) ?? nearestFlag(table, written);
  return usage(
    `Unknown flag ${written}`,
    near === undefined ? help : `Did you mean ${near}?`,
  );
}

/** Finds the only flag that begins with a letter: `--version` for `-v`. */
function flagOfLetter(table: FlagTable, written: string): string | undefined {
  if (written.length !== 2) return undefined;
  const found = Object.keys(table).filter((key) => key.startsWith(written[1]!));
  return found.length === 1 ? `--${flagName(found[0]!)}` : undefined;
}

function nearestFlag(table: FlagTable, written: string): string | undefined {
  return nearest(
    written,
    Object.keys(table).map((key) => `--${flagName(key)}`),
  );
}

/** Finds the word that a misspelled or abbreviated one stands for. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const longer = known.filter((candidate) => candidate.startsWith(word));
  return longer.length === 1 ? longer[0] : suggest(word, known);
}
