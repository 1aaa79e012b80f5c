import type { CicdStateError } from "../errors.ts";
import { OLD_FLAGS, type OldFlag } from "./compat_flags.ts";
import type { Invocation } from "./invocation.ts";
import { flagName } from "../commands/shared/command.ts";
import type { FlagValues, Services } from "../commands/shared/types.ts";
import {
  type Environment,
  findFlag,
  type GivenFlags,
  listWords,
  missingFlag,
  type NamedFlag,
  readFlags,
  scanArguments,
  usage,
} from "./arguments.ts";

/** The values of the old flags. */
type OldValues = FlagValues<typeof OLD_FLAGS>;

/** Runs a command with what an old command line says. */
type Translation = (
  old: OldValues,
  services: Services,
) => Promise<number | void>;

/** What the flags run that are commands. The first that is given, in this order, is run. */
const TRANSLATIONS = {
  async initNew(old, services) {
    const { default: init } = await import("../commands/init.ts");
    return await init.run({
      ...services,
      args: { id: needed(old, "initNew") },
      flags: {
        ...await changeOf(old, services),
        ...conditionsOf(old),
        appConfig: needed(old, "initAppConfigFile"),
        basesDir: old.initBasesDir,
        context: old.initCicdContextName,
        event: old.handleEvent,
        dryRun: old.dryRun,
        replace: !old.ifAbsent,
      },
    });
  },
  load,
  async get(old, services) {
    const { default: get } = await import("../commands/get.ts");
    const flags = { default: "", output: "text", var: old.tmplCtxVar } as const;
    return await get.run({
      ...services,
      args: { paths: [needed(old, "get")] },
      flags: { ...flags, id: needed(old, "id") },
    });
  },
  async generate(old, services) {
    const { default: generate } = await import("../commands/generate.ts");
    return await generate.run({
      ...services,
      args: { path: needed(old, "generate") },
      flags: {
        ...conditionsOf(old),
        id: needed(old, "id"),
        var: old.tmplCtxVar,
      },
    });
  },
  async handleEvent(old, services) {
    const { default: event } = await import("../commands/event.ts");
    return await event.run({
      ...services,
      args: needed(old, "handleEvent"),
      flags: {
        ...await changeOf(old, services),
        ...conditionsOf(old),
        id: needed(old, "id"),
        dryRun: old.dryRun,
      },
    });
  },
  // Without an event, to set and to load are the same.
  set: load,
  async history(old, services) {
    const { default: history } = await import("../commands/history.ts");
    const { limit = 20, output } = old;
    const flags = { id: needed(old, "id"), limit, output };
    return await history.run({ ...services, args: {}, flags });
  },
  async diff(old, services) {
    const { default: diff } = await import("../commands/diff.ts");
    const flags = { id: needed(old, "id"), output: old.output };
    return await diff.run({ ...services, args: needed(old, "diff"), flags });
  },
  async rollback(old, services) {
    const { default: rollback } = await import("../commands/rollback.ts");
    return await rollback.run({
      ...services,
      args: { revision: needed(old, "rollback") },
      flags: { ...conditionsOf(old), id: needed(old, "id") },
    });
  },
  async list(old, services) {
    const { default: list } = await import("../commands/list.ts");
    const { prefix, limit, output } = old;
    const flags = { prefix, limit, output };
    return await list.run({ ...services, args: {}, flags });
  },
  async deleteContext(old, services) {
    const { default: remove } = await import("../commands/remove.ts");
    return await remove.run({
      ...services,
      args: { ids: [needed(old, "deleteContext")] },
      flags: { prefix: undefined, yes: old.yes },
    });
  },
} satisfies Partial<Record<keyof OldValues, Translation>>;

async function load(
  old: OldValues,
  services: Services,
): Promise<number | void> {
  const { default: load } = await import("../commands/load.ts");
  return await load.run({
    ...services,
    args: {},
    flags: {
      ...await changeOf(old, services),
      ...conditionsOf(old),
      id: needed(old, "id"),
      event: old.handleEvent,
      dryRun: old.dryRun,
    },
  });
}

function conditionsOf({ ifAbsent, ifRevision, ttl }: OldValues) {
  return { ifAbsent, ifRevision, ttl };
}

async function changeOf(old: OldValues, services: Services) {
  const { readOldChange } = await import("./compat_set.ts");
  const set = await readOldChange(old, services.log);
  return { set, setJson: [], var: old.tmplCtxVar };
}

/**
 * Reads a command line that begins with a flag: the Python tool's flags, and
 * those that were added to them. Each is translated into a command.
 *
 * @param argv The arguments behind the program's name.
 * @param env Reads an environment variable.
 * @returns What to run.
 * @throws {CicdStateError} `USAGE`, or what the parser of a value throws.
 */
export async function readOldCommandLine(
  argv: readonly string[],
  env: Environment,
): Promise<Invocation> {
  const { given, texts, unknown } = scanArguments(argv, findOldFlag);
  if (unknown !== undefined) {
    const { unknownIn } = await import("./misuse.ts");
    throw unknownIn(OLD_FLAGS, unknown, "See cicdstatemgr help compat");
  }
  if (texts.length > 0) {
    throw usage(
      `Cannot use argument "${texts[0]}": no flag takes it`,
      "Put quotes around a value that has spaces, and a command first",
    );
  }
  const kept = withoutEmpty(given);
  if (kept.has("help")) {
    const { compatHelp } = await import("./compat_help.ts");
    return { print: compatHelp() };
  }
  if (kept.has("version")) {
    const { VERSION } = await import("../version.ts");
    return { print: `cicdstatemgr ${VERSION}\n` };
  }
  const { key, translate } = findCommand(kept);
  const dropped = dropIgnored(kept, key);
  const old = readFlags(OLD_FLAGS, kept, env);
  return {
    settings: old,
    async run(services) {
      for (const name of dropped) {
        services.log.warn(
          `Ignored --${flagName(name)}: only --${flagName(key)} is run`,
        );
      }
      return await translate(old, services);
    },
  };
}

/** A command of the old command line. */
interface OldCommand {
  /** The key of its flag. */
  readonly key: string;
  readonly translate: Translation;
}

/** The old flags, for a look-up by any key. */
const TABLE: Readonly<Record<string, OldFlag>> = OLD_FLAGS;

/**
 * Finds a flag by its name, its letter or, if the Python tool has it, by an
 * unambiguous beginning of its name.
 */
function findOldFlag(written: string): NamedFlag | undefined {
  const exact = findFlag(OLD_FLAGS, written);
  if (exact !== undefined || !written.startsWith("--")) return exact;
  const candidates = Object.entries(TABLE).filter(([key, { python }]) =>
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
 * Removes flags whose last value is empty, as that of an unset shell variable:
 * old scripts rely on it. Other flags keep it: an empty condition must not let a
 * change through, nor an empty name stand for the default.
 */
function withoutEmpty(given: GivenFlags): Map<string, readonly string[]> {
  const kept = [...given].filter(([key, texts]) => {
    const flag = TABLE[key]!;
    const emptyIsNone = flag.python && flag.type !== "switch" &&
      !flag.repeatable && flag.default === undefined;
    return !emptyIsNone || texts.at(-1) !== "";
  });
  return new Map(kept);
}

function findCommand(given: GivenFlags): OldCommand {
  for (const [key, translate] of Object.entries(TRANSLATIONS)) {
    const forms = key === "set" ? ["set", "setString", "setJson"] : [key];
    if (forms.some((form) => given.has(form))) return { key, translate };
  }
  const names = Object.keys(TRANSLATIONS).map((key) => `--${flagName(key)}`);
  throw usage(
    "No command is given",
    `Add one of ${names.join(", ")}; an empty value counts as none. See --help`,
  );
}

/**
 * Removes the Python tool's flags that make no difference to a command.
 *
 * @returns Those of them that would have changed or printed something.
 * @throws {CicdStateError} `USAGE`, if the Python tool does not have the flag.
 */
function dropIgnored(
  given: Map<string, readonly string[]>,
  command: string,
): string[] {
  const dropped: string[] = [];
  for (const key of given.keys()) {
    const flag = TABLE[key]!;
    if (key === command || (flag.with?.includes(command) ?? true)) continue;
    if (!flag.python) throw misplaced(key, flag, command);
    given.delete(key);
    if (key in TRANSLATIONS) dropped.push(key);
  }
  return dropped;
}

function misplaced(
  key: string,
  flag: OldFlag,
  command: string,
): CicdStateError {
  const owners = flag.with?.map((owner) => `--${flagName(owner)}`) ?? [];
  return usage(
    `Cannot use --${flagName(key)} with --${flagName(command)}`,
    owners.length === 0
      ? "Run them one after the other"
      : `It is a flag of ${listWords(owners, "and")}`,
  );
}

/** Returns the value of a flag that the command needs. */
function needed<Name extends keyof OldValues>(
  old: OldValues,
  name: Name,
): NonNullable<OldValues[Name]> {
  const value = old[name];
  if (value !== undefined && value !== null) return value;
  throw missingFlag(name, OLD_FLAGS[name]);
}
