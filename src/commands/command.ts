import type { CicdStateMgr } from "../manager/manager.ts";
import type { Logger } from "../util/log.ts";

/** The command line, as commands see it. */
export interface Arguments {
  /** Tells whether a flag is given on the command line. */
  has(name: string): boolean;
  /** A flag's last value, else its variable's, else its default. */
  value(name: string): string | undefined;
  /** All values of a repeatable flag, in order. */
  values(name: string): readonly string[];
}

/** What a command works with. */
export interface CommandContext {
  /** The command line. */
  readonly args: Arguments;
  /** The manager of the config's documents. */
  readonly manager: CicdStateMgr;
  /** Writes to stdout, which carries values only. */
  readonly out: (text: string) => void;
  /**
   * Asks the user a question.
   *
   * @returns The answer, or `undefined` if nobody can answer.
   */
  readonly confirm: (question: string) => boolean | undefined;
  /** Where warnings go. */
  readonly log: Logger;
}
