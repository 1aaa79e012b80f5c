import { COMMANDS } from "../commands/registry.ts";
import type { Command } from "../commands/shared/types.ts";

/**
 * Loads a command.
 *
 * @param name Its name.
 * @returns The command, or `undefined` if there is none of that name.
 */
export async function findCommand(name: string): Promise<Command | undefined> {
  // A name such as "toString" must not find what objects inherit.
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return (await load?.())?.default;
}

/** Loads every command, in the order of the registry. */
export async function loadCommands(): Promise<Command[]> {
  const modules = await Promise.all(
    Object.values(COMMANDS).map((load) => load()),
  );
  return modules.map((module) => module.default);
}
