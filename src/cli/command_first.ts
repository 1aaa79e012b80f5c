import { COMMANDS } from "../commands/registry.ts";
import { GLOBAL_FLAGS } from "../commands/shared/command.ts";
import { findFlag, splitFlag } from "./arguments.ts";

/**
 * Moves the name of a command before the flags of every command, which may be
 * written in front of it: `--quiet get a` is `get --quiet a`.
 *
 * @param argv The arguments after the program's name.
 * @returns The arguments, or `undefined` if another word follows the flags.
 */
export function commandFirst(argv: readonly string[]): string[] | undefined {
  let index = 0;
  while (index < argv.length) {
    const { written, inline } = splitFlag(argv[index]!);
    const named = findFlag(GLOBAL_FLAGS, written);
    if (named === undefined) break;
    const takesNext = named[1].type !== "switch" && inline === undefined;
    index += takesNext ? 2 : 1;
  }
  const name = argv[index];
  if (name === undefined || !Object.hasOwn(COMMANDS, name)) return undefined;
  return [name, ...argv.slice(0, index), ...argv.slice(index + 1)];
}
