import { findCommand } from "../commands/registry.ts";
import type { Invocation } from "./invocation.ts";
import {
  GLOBAL_FLAGS,
  usageLine,
  valueName,
} from "../commands/shared/command.ts";
import type {
  ArgumentTable,
  ArgumentValues,
  FlagTable,
} from "../commands/shared/types.ts";
import {
  checkFlags,
  convert,
  type Environment,
  findFlag,
  readFlags,
  scanArguments,
  usage,
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
    const { commandHelp } = await import("./help/help.ts");
    return { print: commandHelp(command) };
  }
  const table: FlagTable = { ...command.flags, ...GLOBAL_FLAGS };
  const { given, texts, afterDashes, unknown } = scanArguments(
    argv,
    (written) => findFlag(table, written),
  );
  if (unknown !== undefined) {
    const { unknownFlag } = await import("./misuse.ts");
    throw await unknownFlag(unknown, command, argv);
  }
  checkFlags(table, given);
  const flags = readFlags(command.flags, given, env);
  const args = readArguments(
    command.arguments,
    texts,
    usageLine(command),
    afterDashes,
  );
  const settings = readFlags(GLOBAL_FLAGS, given, env);
  return {
    settings,
    json: (settings.logFormat ?? flags["output"]) === "json",
    run: (services) => command.run({ ...services, flags, args }),
  };
}

/** Reports whether `--help` or `-h` appears before `--`. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end < 0 ? undefined : end)
    .some((argument) => argument === "--help" || argument === "-h");
}

/**
 * Converts the arguments of a command line.
 *
 * @param table The declared arguments.
 * @param texts The given arguments.
 * @param usageLine How the command is written, for messages.
 * @param afterDashes How many of the given arguments follow `--`.
 * @returns The values.
 * @throws {CicdStateError} `USAGE`, or what the parser of an argument throws.
 */
export function readArguments<Table extends ArgumentTable>(
  table: Table,
  texts: readonly string[],
  usageLine: string,
  afterDashes = 0,
): ArgumentValues<Table> {
  const rest = [...texts];
  const last = Object.values(table).at(-1);
  const tail = last?.afterDashes ? rest.splice(texts.length - afterDashes) : [];
  const values: Record<string, unknown> = {};
  for (const key in table) {
    const argument = table[key]!;
    const label = valueName(argument);
    const taken = argument.afterDashes
      ? tail
      : rest.splice(0, argument.repeatable ? rest.length : 1);
    if (taken.length === 0 && !argument.optional) {
      const lacksDashes = argument.afterDashes && texts.length > 0;
      throw usage(
        `Argument ${label} is missing`,
        lacksDashes
          ? `Write -- before the command: ${usageLine}`
          : `Write ${usageLine}`,
      );
    }
    const converted = taken.map((text) => convert(text, argument, label));
    values[key] = argument.repeatable ? converted : converted[0];
  }
  if (rest.length > 0) {
    throw usage(
      `Cannot use argument "${rest[0]}"`,
      `Write ${usageLine}, with quotes around a value that has spaces`,
    );
  }
  // Each value has the type of its argument, as in readFlags().
  return values as ArgumentValues<Table>;
}
