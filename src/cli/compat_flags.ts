import {
  APP_CONFIG,
  APP_CONFIG_FLAG,
  EVENT_FLAG,
  flagName,
  GLOBAL_FLAGS,
  ID_FLAG,
  IF_ABSENT,
  LIMIT,
  OUTPUT,
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
  "history",
  "diff",
  "rollback",
  "list",
  "deleteContext",
] as const satisfies readonly (keyof typeof OLD_FLAGS)[];

/** The key of a flag that is a command. */
export type CommandKey = typeof COMMAND_KEYS[number];

/** Reports whether a flag is a command. */
export function isCommand(key: string): key is CommandKey {
  return COMMAND_KEYS.some((command) => command === key);
}

const CHANGERS = ["initNew", "load", "handleEvent", "set"];
const WRITERS = [...CHANGERS, "generate", "rollback"];

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
  history: {
    type: "switch",
    with: [],
    help: "Print who changed the document when and how, newest first.",
  },
  diff: {
    type: "string",
    value: "REV[..REV]",
    parse: parseRange,
    expects: "--diff 3 or --diff 3..5",
    with: [],
    help: "Print what changed since a revision, or between two.",
  },
  rollback: {
    type: "integer",
    value: "REV",
    min: 1,
    with: [],
    help: "Restore the document as it was at a revision.",
  },
  list: {
    type: "switch",
    with: [],
    help: "Print the documents of the primary: id, context, revision, time " +
      "of the last write, size in bytes.",
  },
  deleteContext: {
    type: "string",
    value: "ID",
    with: [],
    help: "Remove document ID, its history and its mirrors. Asks first, or " +
      "needs --yes if stdin is not a terminal.",
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
  ifAbsent: { ...IF_ABSENT.ifAbsent, with: [...CHANGERS, "generate"] },
  ttl: { ...WRITE.ttl, with: WRITERS },
  dryRun: {
    type: "switch",
    with: ["initNew", "load", "handleEvent"],
    help: "Print what --handle-event would send and set; send and store " +
      "nothing.",
  },
  limit: { ...LIMIT, with: ["history", "list"] },
  output: { ...OUTPUT.output, with: ["history", "diff", "list"] },
  prefix: {
    type: "string",
    value: "TEXT",
    empty: true,
    with: ["list"],
    help: "Only ids that begin with it.",
  },
  yes: { type: "switch", with: ["deleteContext"], help: "Do not ask." },
  config: { ...GLOBAL_FLAGS.config, python: true },
  secrets: { ...GLOBAL_FLAGS.secrets, python: true },
  logLevel: { ...GLOBAL_FLAGS.logLevel, python: true },
  help: { ...GLOBAL_FLAGS.help, python: true },
  version: { type: "switch", help: "Print the version." },
} as const satisfies Readonly<Record<string, OldFlag>>;

/** Parses `3` and `3..5`. */
function parseRange(
  text: string,
): { from: number; to: number | undefined } | undefined {
  const match = /^([1-9]\d{0,14})(?:\.\.([1-9]\d{0,14}))?$/.exec(text);
  if (match === null) return undefined;
  const [, from, to] = match;
  return { from: Number(from), to: to === undefined ? undefined : Number(to) };
}

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
