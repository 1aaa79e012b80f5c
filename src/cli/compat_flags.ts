import {
  APP_CONFIG,
  APP_CONFIG_FLAG,
  EVENT_FLAG,
  flagName,
  GLOBAL_FLAGS,
  ID_FLAG,
  IF_ABSENT,
  parseVariable,
  WRITE,
} from "../commands/shared/command.ts";
import type { Flag } from "../commands/shared/types.ts";
import {
  findFlag,
  type GivenFlags,
  listWords,
  type NamedFlag,
  usage,
} from "./arguments.ts";

/** A flag of an old command line. */
export type OldFlag = Flag & {
  /**
   * Whether the Python tool has it. Such a flag can be abbreviated, and is
   * ignored with commands that it does not affect.
   */
  readonly python?: true;
  /**
   * The keys of the other commands that it affects. Default: all.
   */
  readonly with?: readonly string[];
};

/** The keys of the flags that are commands, by priority: the first one given is run. */
export const COMMAND_KEYS = [
  "initNew",
  "load",
  "get",
  "generate",
  "handleEvent",
  "set",
] as const satisfies readonly (keyof typeof OLD_FLAGS)[];

/** The key of a flag that is a command. */
export type CommandKey = typeof COMMAND_KEYS[number];

/** Reports whether a flag is a command. */
export function isCommand(key: string): key is CommandKey {
  return COMMAND_KEYS.some((command) => command === key);
}

const CHANGERS = ["initNew", "load", "handleEvent", "set"];
const WRITERS = [...CHANGERS, "generate"];

/** Every old flag, in the order of the help. */
export const OLD_FLAGS = {
  initNew: {
    type: "string",
    value: "ID",
    python: true,
    with: [],
    help: "Create document ID from an app config, and print ID.",
  },
  load: {
    type: "switch",
    python: true,
    with: ["initNew"],
    help: "Read the document from the primary, apply --set, run " +
      "--handle-event, and write it to the primary and every mirror.",
  },
  get: {
    type: "string",
    value: "JSONPATH",
    python: true,
    with: [],
    help: "Print a value. A string is rendered as a template.",
  },
  generate: {
    type: "string",
    value: "JSONPATH",
    python: true,
    with: [],
    help: "Run the generators found there.",
  },
  handleEvent: {
    ...EVENT_FLAG,
    python: true,
    with: ["initNew", "load"],
    help: "Apply --set, then run the handlers of the event.",
  },
  set: {
    type: "string",
    value: "PATH=VALUE",
    repeatable: true,
    python: true,
    empty: true,
    with: CHANGERS,
    help: "Set values. | separates pairs. PATH[]=a,b appends to a list, " +
      "PATH{}=a,b appends what it lacks, PATH[]=[] empties it. VALUE file://F " +
      "loads the file F. May be repeated.",
  },
  setString: {
    type: "string",
    value: "PATH=VALUE",
    repeatable: true,
    empty: true,
    with: CHANGERS,
    help: "Set a value exactly as it is written, after each --set: nothing " +
      "in it is special. May be repeated.",
  },
  setJson: {
    type: "string",
    value: "PATH=JSON",
    repeatable: true,
    empty: true,
    with: CHANGERS,
    help: "Set a value that is JSON, after each --set-string. May be repeated.",
  },
  id: { ...ID_FLAG, python: true },
  initAppConfigFile: { ...APP_CONFIG_FLAG, python: true, with: ["initNew"] },
  initBasesDir: { ...APP_CONFIG.basesDir, python: true, with: ["initNew"] },
  initCicdContextName: {
    ...APP_CONFIG.context,
    python: true,
    with: ["initNew"],
  },
  tmplCtxVar: {
    type: "string",
    value: "PATH=EXPR",
    repeatable: true,
    python: true,
    with: ["initNew", "load", "get", "generate", "handleEvent"],
    parse: parseVariable,
    expects: "PATH=EXPR, such as tag=state.git.tag",
    help: "Add a variable for templates. EXPR is a JSONPath into the " +
      "document or, if that finds nothing, a string. May be repeated.",
  },
  preSetForceReload: {
    type: "switch",
    python: true,
    help: "Accepted for old scripts: every change is made to the current " +
      "document of the primary.",
  },
  ifRevision: { ...WRITE.ifRevision, with: WRITERS },
  ifAbsent: { ...IF_ABSENT.ifAbsent, with: WRITERS },
  ttl: { ...WRITE.ttl, with: WRITERS },
  config: { ...GLOBAL_FLAGS.config, python: true },
  secrets: { ...GLOBAL_FLAGS.secrets, python: true },
  logLevel: { ...GLOBAL_FLAGS.logLevel, python: true },
  help: { ...GLOBAL_FLAGS.help, python: true },
  version: { type: "switch", help: "Print the version." },
} as const satisfies Readonly<Record<string, OldFlag>>;

/** The old flags, for lookup by any string. */
export const OLD_TABLE: Readonly<Record<string, OldFlag>> = OLD_FLAGS;

/**
 * Finds an old flag by its name, its letter or, if the Python tool has it, an
 * unambiguous prefix of its name.
 *
 * @param written How it is written: `--init-app` or `-l`.
 * @returns The flag and its key, or `undefined` if it does not exist.
 * @throws {CicdStateError} `USAGE`, if it is ambiguous.
 */
export function findOldFlag(written: string): NamedFlag | undefined {
  const exact = findFlag(OLD_FLAGS, written);
  if (exact !== undefined || !written.startsWith("--")) return exact;
  const candidates = Object.entries(OLD_TABLE).filter(([key, { python }]) =>
    python && `--${flagName(key)}`.startsWith(written)
  );
  if (candidates.length < 2) return candidates[0];
  const names = candidates.map(([key]) => `--${flagName(key)}`);
  throw usage(
    `Flag ${written} is ambiguous`,
    `It may mean ${listWords(names)}`,
  );
}

/**
 * Removes the Python tool's flags whose last value is empty, such as that of an
 * unset shell variable: old scripts rely on it. Other flags keep an empty value:
 * an empty condition must not let a change through, and an empty name must not
 * mean the default.
 *
 * @param given The flags of a command line.
 * @returns The remaining flags.
 */
export function withoutEmpty(
  given: GivenFlags,
): Map<string, readonly string[]> {
  const kept = [...given].filter(([key, texts]) => {
    const flag = OLD_TABLE[key]!;
    const emptyIsNone = flag.python && flag.type !== "switch" &&
      !flag.repeatable && flag.default === undefined;
    return !emptyIsNone || texts.at(-1) !== "";
  });
  return new Map(kept);
}
