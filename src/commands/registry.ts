import type { Command } from "./shared/types.ts";

/** A module of a command, in a folder per group. */
export interface CommandModule {
  readonly default: Command;
}

/** Every command, in the order of the help. Each one is loaded on demand. */
export const COMMANDS: Readonly<Record<string, () => Promise<CommandModule>>> =
  {
    init: () => import("./documents/init.ts"),
    load: () => import("./documents/load.ts"),
    list: () => import("./documents/list.ts"),
    remove: () => import("./documents/remove.ts"),
    reseal: () => import("./documents/reseal.ts"),
    get: () => import("./values/get.ts"),
    exists: () => import("./values/exists.ts"),
    keys: () => import("./values/keys.ts"),
    set: () => import("./values/set.ts"),
    append: () => import("./values/append.ts"),
    increment: () => import("./values/increment.ts"),
    delete: () => import("./values/delete.ts"),
    edit: () => import("./output/edit.ts"),
    generate: () => import("./values/generate.ts"),
    export: () => import("./output/export.ts"),
    render: () => import("./output/render.ts"),
    exec: () => import("./processes/exec.ts"),
    wait: () => import("./processes/wait.ts"),
    lock: () => import("./processes/lock.ts"),
    once: () => import("./processes/once.ts"),
    event: () => import("./events/event.ts"),
    history: () => import("./history/history.ts"),
    diff: () => import("./history/diff.ts"),
    rollback: () => import("./history/rollback.ts"),
    validate: () => import("./setup/validate.ts"),
    completions: () => import("./setup/completions.ts"),
    permissions: () => import("./setup/permissions.ts"),
    doctor: () => import("./setup/doctor.ts"),
  };

/**
 * Loads a command.
 *
 * @param name Its name.
 * @returns The command, or `undefined` if it does not exist.
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
