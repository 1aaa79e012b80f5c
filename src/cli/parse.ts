import { findCommand } from "../commands/registry.ts";
import type { Invocation } from "./invocation.ts";
import { GLOBAL_FLAGS, usageLine } from "../commands/shared/command.ts";
import type { FlagTable } from "../commands/shared/types.ts";
import {
  type Environment,
  findFlag,
  readArguments,
  readFlags,
  scanArguments,
} from "./arguments.ts";

/**
 * Reads a command line that begins with the name of a command.
 *
 * @param argv The arguments after the program's name; the first is the command.
 * @param env Reads an environment variable.
 * @returns What to run.
 * @throws {CicdStateError} `USAGE`, or what the parser of a value throws.
 */
export async function readCommandLine(
  [name = "", ...argv]: readonly string[],
  env: Environment,
): Promise<Invocation> {
  const command = await findCommand(name);
  if (command === undefined) {
    const { unknownCommand } = await import("./misuse.ts");
    throw unknownCommand(name);
  }
  if (asksForHelp(argv)) {
    const { commandHelp } = await import("./help.ts");
    return { print: commandHelp(command) };
  }
  const table: FlagTable = { ...command.flags, ...GLOBAL_FLAGS };
  const { given, texts, unknown } = scanArguments(
    argv,
    (written) => findFlag(table, written),
  );
  if (unknown !== undefined) {
    const { unknownFlag } = await import("./misuse.ts");
    throw await unknownFlag(unknown, command);
  }
  const flags = readFlags(command.flags, given, env);
  const args = readArguments(command.arguments, texts, usageLine(command));
  return {
    settings: readFlags(GLOBAL_FLAGS, given, env),
    json: flags["output"] === "json",
    run: (services) => command.run({ ...services, flags, args }),
  };
}

/** Reports whether `--help` or `-h` appears before `--`. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end < 0 ? undefined : end)
    .some((argument) => argument === "--help" || argument === "-h");
}
