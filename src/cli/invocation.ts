import type { GLOBAL_FLAGS } from "../commands/shared/command.ts";
import type { FlagValues, Services } from "../commands/shared/types.ts";

/** What a command line asks for: a command to run, or text to print, such as the help. */
export type Invocation = CommandInvocation | { readonly print: string };

/** A command that is ready to run. */
export interface CommandInvocation {
  /** The values of the global flags. */
  readonly settings: FlagValues<typeof GLOBAL_FLAGS>;
  /** Whether failures and logs are written as JSON. */
  readonly json: boolean;
  /**
   * Runs the command.
   *
   * @param services What the program provides.
   * @returns The exit status, if it is not 0.
   */
  run(services: Services): Promise<number | void>;
}
