import type { CicdStateMgr } from "../../manager/manager.ts";
import type { Logger } from "../../util/log.ts";

/** How the text of a flag or an argument becomes a value. */
export type ValueType =
  | {
    readonly type: "string";
    /** What the value is called in the help. */
    readonly value: string;
    /** Converts the text; `undefined` if it is invalid. */
    readonly parse?: (text: string) => unknown;
    /** Completes "Write …" if it cannot. Default: the name of the value. */
    readonly expects?: string;
    /** Whether it may be empty. A value that is parsed is up to the parser. */
    readonly empty?: true;
  }
  | {
    readonly type: "integer";
    readonly value?: string;
    /** The smallest value. Default: any safe integer. */
    readonly min?: number;
  }
  /** Milliseconds, written as `300ms`, `90s`, `10m`, `4h` or `7d`. */
  | { readonly type: "duration"; readonly value?: string }
  | {
    readonly type: "choice";
    /** What the value is called in the help. Default: the choices. */
    readonly value?: string;
    readonly choices: readonly string[];
  };

/** A flag without a value. */
interface Switch {
  readonly type: "switch";
  /** Whether the flags of the Python tool leave it to the config. */
  readonly undecided?: true;
}

/** A flag. Its name is its key in the table in kebab case: `ifRevision` is `--if-revision`. */
export type Flag = (ValueType | Switch) & {
  /** What it does: one or more sentences. */
  readonly help: string;
  /** Its one-letter form. */
  readonly short?: string;
  /** The environment variable that is read if it is not given. */
  readonly env?: string;
  /** The text that is read if neither is given. */
  readonly default?: string;
  /** Whether a command line without it is wrong. */
  readonly required?: true;
  /** Whether it may be given more than once. */
  readonly repeatable?: true;
  /** The key of the flag without which it has no meaning. */
  readonly needs?: string;
};

/** The flags of a command, in the order of the help. */
export type FlagTable = Readonly<Record<string, Flag>>;

/** A positional argument. */
export type Argument = ValueType & {
  /** What it is: one or more sentences. */
  readonly help: string;
  /** Whether it may be left out. */
  readonly optional?: true;
  /** Whether it takes all that follow. Only the last one can. */
  readonly repeatable?: true;
  /** Whether it takes what follows `--`, and nothing else. Only the last one can. */
  readonly afterDashes?: true;
};

/** The arguments of a command, in their order. */
export type ArgumentTable = Readonly<Record<string, Argument>>;

/** What the text of one value becomes. */
type Parsed<Type> = Type extends { readonly undecided: true }
  ? boolean | undefined
  : Type extends { readonly type: "switch" } ? boolean
  : Type extends { readonly type: "integer" | "duration" } ? number
  : Type extends { readonly choices: readonly (infer Choice)[] } ? Choice
  : Type extends { readonly parse: (text: string) => infer Value }
    ? Exclude<Value, undefined>
  : string;

/** The values of flags: a name that the table does not have does not compile. */
export type FlagValues<Table extends FlagTable> = {
  readonly [Name in keyof Table]: Table[Name] extends
    { readonly repeatable: true } ? readonly Parsed<Table[Name]>[]
    : Table[Name] extends
      | { readonly type: "switch" }
      | { readonly default: string }
      | { readonly required: true } ? Parsed<Table[Name]>
    : Parsed<Table[Name]> | undefined;
};

/** The values of arguments. */
export type ArgumentValues<Table extends ArgumentTable> = {
  readonly [Name in keyof Table]: Table[Name] extends
    { readonly repeatable: true } ? readonly Parsed<Table[Name]>[]
    : Table[Name] extends { readonly optional: true }
      ? Parsed<Table[Name]> | undefined
    : Parsed<Table[Name]>;
};

/** What the program provides to a command. */
export interface Services {
  /**
   * Opens the documents of the config. They are closed when the command ends.
   *
   * @returns The manager, the same one each time.
   * @throws {CicdStateError} `USAGE`, `CONFIG`, `INPUT` or `PERMISSION`.
   */
  open(): Promise<CicdStateMgr>;
  /**
   * Writes to stdout, which carries values only.
   *
   * @param text The text. On a terminal, control characters are escaped.
   * @param isSafe Whether they were already, because the text has colors.
   */
  out(text: string, isSafe?: boolean): void;
  /** Reports whether tables have colors. */
  hasColor(): boolean;
  /** Reads all of stdin. */
  readStdin(): Promise<Uint8Array>;
  /**
   * Asks the user a yes-or-no question.
   *
   * @returns The answer, or `undefined` if stdin is not a terminal.
   */
  confirm(question: string): boolean | undefined;
  /**
   * Listens to SIGINT, SIGTERM and SIGHUP from now on. One second after such a
   * signal the process ends, whatever it is doing.
   *
   * @returns A signal that is aborted then. The reason is the name.
   */
  signal(): Promise<AbortSignal>;
  /** Loads all commands. */
  commands(): Promise<Command[]>;
  /** Writes log lines to stderr. */
  readonly log: Logger;
  /** The paths of the config and the secrets, as far as they are given. */
  readonly files: {
    readonly config: string | undefined;
    readonly secrets: string | undefined;
  };
}

/** What a command runs with. */
export interface CommandContext<
  Flags extends FlagTable,
  Arguments extends ArgumentTable,
> extends Services {
  /** The flags, converted and complete. */
  readonly flags: FlagValues<Flags>;
  /** The arguments, converted. */
  readonly args: ArgumentValues<Arguments>;
}

/** What a command needs access to. */
export interface CommandUse {
  /**
   * Which datasources it opens.
   *
   * @default {"all"}
   */
  readonly datasources?: "none" | "primary";
  /** Whether it sends requests. */
  readonly requests?: true;
  /** Whether it reads the app config, if that is an argument. */
  readonly appConfig?: true;
  /** The programs that it runs, besides what follows `--`. */
  readonly programs?: readonly string[];
  /** Environment variables that are not those of a flag. */
  readonly variables?: readonly string[];
  /** Whether it makes temporary files. */
  readonly temporaryFiles?: true;
}

/** A command line, and what it does. */
export interface Example {
  /** The arguments after the program's name. */
  readonly line: string;
  readonly help: string;
}

/** The headings that the help lists commands under. */
export const GROUPS = [
  "Documents",
  "Values",
  "Processes",
  "Events",
  "History",
  "Setup",
] as const;

/** A command of the command line. */
export interface Command<
  Flags extends FlagTable = FlagTable,
  Arguments extends ArgumentTable = ArgumentTable,
> {
  /** Its name, as in its row of the registry. */
  readonly name: string;
  /** The heading that the help lists it under. */
  readonly group: typeof GROUPS[number];
  /** What it does, in one line that begins with a verb: `Print values`. */
  readonly summary: string;
  /** What else there is to know: paragraphs. */
  readonly about?: readonly string[];
  /** What it needs besides what its flags tell, for its permissions. */
  readonly uses?: CommandUse;
  readonly arguments: Arguments;
  readonly flags: Flags;
  readonly examples: readonly Example[];
  /** When it ends with an exit status other than 0, 1 and 2. */
  readonly exits?: Readonly<Record<number, string>>;
  /**
   * Runs it.
   *
   * @param context What it runs with.
   * @returns The exit status, if it is not 0.
   * @throws {CicdStateError} If it fails.
   */
  run(context: CommandContext<Flags, Arguments>): Promise<number | void>;
}
