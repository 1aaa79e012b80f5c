import type { PipelineEvent } from "../../events/types.ts";
import type {
  RenderingOptions,
  TemplateVariable,
} from "../../manager/options.ts";
import { LOG_LEVELS, type LogLevel } from "../../util/log.ts";
import type {
  Argument,
  ArgumentTable,
  Command,
  Flag,
  FlagTable,
  FlagValues,
} from "./types.ts";

/**
 * Declares a command: infers the types of its flags and arguments.
 *
 * @param command The command.
 * @returns The same command.
 */
export function command<
  const Flags extends FlagTable,
  const Arguments extends ArgumentTable,
>(command: Command<Flags, Arguments>): Command<Flags, Arguments> {
  return command;
}

/**
 * Returns how a flag is written on the command line.
 *
 * @param key Its key in the table: `ifRevision`.
 * @returns Its name without dashes: `if-revision`.
 */
export function flagName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * Returns what the value of a flag or an argument is called in the help.
 *
 * @param type The flag or the argument.
 * @returns For example `FILE`; empty for a switch.
 */
export function valueName(type: Flag | Argument): string {
  switch (type.type) {
    case "switch":
      return "";
    case "choice":
      return type.value ?? type.choices.join("|");
    case "integer":
      return type.value ?? "N";
    case "duration":
      return type.value ?? "TIME";
    case "string":
      return type.value;
    default:
      return type satisfies never;
  }
}

/**
 * Returns how a command is written: its name, arguments and required flags.
 *
 * @param command The command.
 * @returns For example `cicdstatemgr get PATH... [FLAGS]`.
 */
export function usageLine(command: Command): string {
  const required = Object.entries(command.flags)
    // The id is rarely written: each job of a pipeline has it in a variable.
    .filter(([, { required, env }]) => required && env !== ID_FLAG.env)
    .map(([key, flag]) => `--${flagName(key)} ${valueName(flag)}`);
  return ["cicdstatemgr", commandLine(command), ...required, "[FLAGS]"]
    .join(" ");
}

/** Returns the name and the arguments of a command: `get PATH...`. */
export function commandLine({ name, arguments: table }: Command): string {
  const words = Object.values(table).map((argument) => {
    const word = (argument.afterDashes ? "-- " : "") + valueName(argument) +
      (argument.repeatable ? "..." : "");
    return argument.optional ? `[${word}]` : word;
  });
  return [name, ...words].join(" ");
}

/** Flags that every command has. */
export const GLOBAL_FLAGS = {
  config: {
    type: "string",
    value: "FILE",
    env: "CICDSTATEMGR_CONFIG_PATH",
    help: "The config (YAML).",
  },
  secrets: {
    type: "string",
    value: "FILE",
    env: "CICDSTATEMGR_SECRETS_PATH",
    help: "The secrets (YAML), merged over the config.",
  },
  logLevel: {
    type: "string",
    value: "LEVEL",
    short: "l",
    default: "INFO",
    parse: parseLogLevel,
    expects: "DEBUG, INFO, WARNING, ERROR or CRITICAL",
    help: "DEBUG, INFO, WARNING, ERROR or CRITICAL. Logs go to stderr.",
  },
  logFormat: {
    type: "choice",
    choices: ["text", "json"],
    help:
      "How messages and errors are written to stderr: as lines of text, or " +
      "as a JSON object each. Default: json with --output json.",
  },
  quiet: {
    type: "switch",
    help: "Write only warnings and errors to stderr.",
  },
  color: {
    type: "choice",
    choices: ["auto", "always", "never"],
    default: "auto",
    help: "Color tables. auto: on a terminal, unless $NO_COLOR is set.",
  },
  help: {
    type: "switch",
    short: "h",
    help: "Print the help.",
  },
} as const satisfies FlagTable;

/** The flag that names a document. */
export const ID_FLAG = {
  type: "string",
  value: "ID",
  env: "CICDSTATEMGR_CONTEXT_DATA_ID",
  help: "The document.",
} as const satisfies Flag;

/** The document that a command needs. */
export const DOCUMENT = {
  id: { ...ID_FLAG, required: true },
} as const satisfies FlagTable;

/** The flag that names the app config. */
export const APP_CONFIG_FLAG = {
  type: "string",
  value: "FILE",
  env: "CICDSTATEMGR_INIT_APP_CONFIG_PATH",
  help: "The app config (YAML): how pipelines behave for an application.",
} as const satisfies Flag;

/** The app config, its bases and its context. */
export const APP_CONFIG = {
  appConfig: { ...APP_CONFIG_FLAG, required: true },
  basesDir: {
    type: "string",
    value: "DIR",
    env: "CICDSTATEMGR_BASES_DIR_PATH",
    help: "The folder with the bases that the app config names.",
  },
  context: {
    type: "string",
    value: "NAME",
    default: "stage",
    help: "The context in the app config to use.",
  },
} as const satisfies FlagTable;

/** How templates are rendered. */
export const TEMPLATES = {
  var: {
    type: "string",
    value: "NAME=EXPR",
    repeatable: true,
    parse: parseVariable,
    expects: "NAME=EXPR, such as tag=state.git.tag",
    help: "Add a variable for templates. EXPR is a JSONPath into the " +
      "document or, if that finds nothing, a string. May be repeated.",
  },
  lenient: {
    type: "switch",
    undecided: true,
    help: "Go on if a template fails, with an error text in its place. " +
      "Without it, the command exits with status 7.",
  },
  strictUndefined: {
    type: "switch",
    help: "Let a template fail if it uses a variable that is not defined. " +
      "Without it, such a variable prints nothing.",
  },
} as const satisfies FlagTable;

/** The condition of a change, and how long the document is kept. */
export const WRITE = {
  ifRevision: {
    type: "string",
    value: "REV",
    parse: parseRevision,
    expects: "a revision that history or list prints, such as 7",
    help: "Fail with exit status 4 unless the document is at this revision.",
  },
  ttl: {
    type: "duration",
    help: "Let the document expire this long after its last write: 90s, " +
      "30m, 12h, 7d; 0 means never. Then set exits with 3, though get may " +
      "still read a mirror. Default: ttl of the config.",
  },
} as const satisfies FlagTable;

/** Refuses to replace values. */
export const IF_ABSENT = {
  ifAbsent: {
    type: "switch",
    help: "Set only paths that have no value yet, all of them or none; " +
      "otherwise fail with exit status 4.",
  },
} as const satisfies FlagTable;

/** Where a document is read from. */
export const FRESH = {
  fresh: {
    type: "switch",
    help: "Read the primary, not a mirror, which may be older.",
  },
} as const satisfies FlagTable;

/** How rows are printed. */
export const OUTPUT = {
  output: {
    type: "choice",
    choices: ["text", "json"],
    default: "text",
    help: "How to print it.",
  },
} as const satisfies FlagTable;

/** How many rows are printed. */
export const LIMIT = {
  type: "integer",
  min: 1,
  help: "How many rows to print at most.",
} as const satisfies Flag;

/** An event of a pipeline, as one value. */
export const EVENT_FLAG = {
  type: "string",
  value: "PIPELINE=EVENT",
  parse: parseEvent,
  expects: "PIPELINE=EVENT, such as build=started",
  help: "Run the handlers of this event.",
} as const satisfies Flag;

/** Returns how the flags of {@linkcode TEMPLATES} say to render. */
export function renderingOf(
  flags: FlagValues<typeof TEMPLATES>,
): RenderingOptions {
  const { var: variables, lenient, strictUndefined } = flags;
  if (lenient === undefined) return { variables, strictUndefined };
  const onTemplateError = lenient ? "text" : "fail";
  return { variables, onTemplateError, strictUndefined };
}

/**
 * Parses the name of a log level in any case. `WARN` and `FATAL` are Python's
 * own short forms.
 */
export function parseLogLevel(text: string): LogLevel | undefined {
  const name = text.toUpperCase();
  if (name === "WARN") return "WARNING";
  if (name === "FATAL") return "CRITICAL";
  return LOG_LEVELS.find((level) => level === name);
}

/** Splits `PIPELINE=EVENT`. */
export function parseEvent(text: string): PipelineEvent | undefined {
  const [pipeline, event, ...more] = text.split("=").map((part) => part.trim());
  if (!pipeline || !event || more.length > 0) return undefined;
  return { pipeline, event };
}

/** Splits `NAME=EXPR` at its first `=`. */
export function parseVariable(text: string): TemplateVariable | undefined {
  const equals = text.indexOf("=");
  const name = text.slice(0, Math.max(equals, 0)).trim();
  if (name === "") return undefined;
  return { name, expression: text.slice(equals + 1).trim() };
}

/** A number, or a whole revision as `list --output json` prints it. */
const REVISION_REGEXP = /^(?:\d+(?:-[\da-f-]+)?|[\da-f]{64})$/;

/** Returns the text if it is a revision. */
export function parseRevision(text: string): string | undefined {
  return REVISION_REGEXP.test(text) ? text : undefined;
}
