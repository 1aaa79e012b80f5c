import type { Command } from "./shared/types.ts";

/** A module of a command: one file in this folder. */
export interface CommandModule {
  readonly default: Command;
}

/** Every command, in the order of the help. Each is loaded when it is needed. */
export const COMMANDS: Readonly<Record<string, () => Promise<CommandModule>>> =
  {
    init: () => import("./init.ts"),
    load: () => import("./load.ts"),
    list: () => import("./list.ts"),
    remove: () => import("./remove.ts"),
    get: () => import("./get.ts"),
    exists: () => import("./exists.ts"),
    keys: () => import("./keys.ts"),
    set: () => import("./set.ts"),
    append: () => import("./append.ts"),
    increment: () => import("./increment.ts"),
    delete: () => import("./delete.ts"),
    generate: () => import("./generate.ts"),
    event: () => import("./event.ts"),
    history: () => import("./history.ts"),
    diff: () => import("./diff.ts"),
    rollback: () => import("./rollback.ts"),
  };
