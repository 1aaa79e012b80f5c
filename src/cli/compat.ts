import { flagName } from "../commands/shared/command.ts";
import type { FlagValues, Services } from "../commands/shared/types.ts";
import type { CicdStateError } from "../errors.ts";
import {
  checkFlags,
  type Environment,
  type GivenFlags,
  listWords,
  missingFlag,
  readFlags,
  scanArguments,
  usage,
} from "./arguments.ts";
import {
  COMMAND_KEYS,
  type CommandKey,
  findOldFlag,
  isCommand,
  OLD_FLAGS,
  OLD_TABLE,
  type OldFlag,
  withoutEmpty,
} from "./compat_flags.ts";
import type { Invocation } from "./invocation.ts";

/** The values of the old flags. */
type OldValues = FlagValues<typeof OLD_FLAGS>;

/** Runs a command with the values of an old command line. */
type Translation = (
  old: OldValues,
  services: Services,
) => Promise<number | void>;

/** Translates each flag that is a command. */
const TRANSLATIONS = {
  async initNew(old, services) {
    const { default: init } = await import("../commands/documents/init.ts");
    return await init.run({
      ...quiet(services),
      args: { id: needed(old, "initNew") },
      flags: {
        ...await changeOf(old, services),
        ...conditionsOf(old),
        appConfig: needed(old, "initAppConfigFile"),
        basesDir: old.initBasesDir,
        context: old.initCicdContextName,
        event: old.handleEvent,
        dryRun: false,
        showUrls: false,
        output: "text",
        ifPresent: true,
        replace: !old.ifAbsent,
      },
    });
  },
  load,
  async get(old, services) {
    const { default: get } = await import("../commands/values/get.ts");
    return await get.run({
      ...services,
      args: { paths: [needed(old, "get")] },
      flags: {
        ...templatesOf(old),
        id: needed(old, "id"),
        default: "",
        output: "text",
        fresh: false,
        raw: false,
      },
    });
  },
  async generate(old, services) {
    const { default: generate } = await import(
      "../commands/values/generate.ts"
    );
    return await generate.run({
      ...services,
      args: { path: needed(old, "generate") },
      flags: {
        ...conditionsOf(old),
        ...templatesOf(old),
        id: needed(old, "id"),
      },
    });
  },
  async handleEvent(old, services) {
    const { default: event } = await import("../commands/events/event.ts");
    return await event.run({
      ...quiet(services),
      args: needed(old, "handleEvent"),
      flags: {
        ...await changeOf(old, services),
        ...conditionsOf(old),
        id: needed(old, "id"),
        dryRun: false,
        showUrls: false,
        output: "text",
        ifPresent: true,
      },
    });
  },
  // Without an event, --set and --load do the same.
  set: load,
} satisfies Record<CommandKey, Translation>;

async function load(
  old: OldValues,
  services: Services,
): Promise<number | void> {
  const { default: load } = await import("../commands/documents/load.ts");
  return await load.run({
    ...quiet(services),
    args: {},
    flags: {
      ...await changeOf(old, services),
      ...conditionsOf(old),
      id: needed(old, "id"),
      event: old.handleEvent,
      dryRun: false,
      showUrls: false,
      output: "text",
      ifPresent: true,
    },
  });
}

/** The Python tool did not say what an event sent. */
function quiet(services: Services): Services {
  return { ...services, log: { ...services.log, info() {} } };
}

function conditionsOf({ ifAbsent, ifRevision, ttl }: OldValues) {
  return { ifAbsent, ifRevision, ttl };
}

/** The config says what a template that fails does. */
function templatesOf({ tmplCtxVar }: OldValues) {
  return { var: tmplCtxVar, lenient: undefined, strictUndefined: false };
}

async function changeOf(old: OldValues, services: Services) {
  const { readOldChange } = await import("./compat_set.ts");
  const set = await readOldChange(old, services.log);
  return { set, setJson: [], ...templatesOf(old) };
}

/**
 * Reads a command line that begins with a flag of the Python tool, or with one
 * added to them later, and translates it into a command.
 *
 * @param argv The arguments after the program's name.
 * @param env Reads an environment variable.
 * @returns What to run.
 * @throws {CicdStateError} `USAGE`, or what the parser of a value throws.
 */
export async function readOldCommandLine(
  argv: readonly string[],
  env: Environment,
): Promise<Invocation> {
  const { given, texts, unknown } = scanArguments(argv, findOldFlag);
  // Old flags take no argument: one may be a command after flags that all have.
  if (unknown !== undefined || texts.length > 0) {
    const { commandFirst } = await import("./command_first.ts");
    const line = commandFirst(argv);
    if (line !== undefined) {
      const { readCommandLine } = await import("./parse.ts");
      return await readCommandLine(line, env);
    }
  }
  if (unknown !== undefined) {
    const { unknownOldFlag } = await import("./misuse.ts");
    throw await unknownOldFlag(unknown, OLD_FLAGS);
  }
  if (texts.length > 0) {
    const { unexpectedArgument } = await import("./misuse.ts");
    throw unexpectedArgument(texts[0]!);
  }
  const kept = withoutEmpty(given);
  if (kept.has("help")) {
    const { compatHelp } = await import("./help/compat.ts");
    return { print: compatHelp() };
  }
  if (kept.has("version")) {
    const { VERSION } = await import("../version.ts");
    return { print: `cicdstatemgr ${VERSION}\n` };
  }
  // Python takes the last value of a flag that is repeated.
  const added = [...kept].filter(([key]) => !OLD_TABLE[key]!.python);
  checkFlags(OLD_TABLE, new Map(added));
  const { key, translate } = findOldCommand(kept);
  const dropped = dropIgnored(kept, key);
  const old = readFlags(OLD_FLAGS, kept, env);
  return {
    settings: { ...old, logFormat: "text", quiet: false, color: "auto" },
    json: false,
    async run(services) {
      for (const name of dropped) {
        services.log.warn(
          `Ignored --${flagName(name)}: only --${flagName(key)} is run`,
        );
      }
      if (key === "initNew" && kept.has("id") && old.id !== old.initNew) {
        services.log.warn("Ignored --id: --init-new names the document");
      }
      return await translate(old, services);
    },
  };
}

/** A command of the old command line. */
interface OldCommand {
  /** The key of its flag. */
  readonly key: CommandKey;
  readonly translate: Translation;
}

function findOldCommand(given: GivenFlags): OldCommand {
  for (const key of COMMAND_KEYS) {
    const forms = key === "set" ? ["set", "setString", "setJson"] : [key];
    if (forms.some((form) => given.has(form))) {
      return { key, translate: TRANSLATIONS[key] };
    }
  }
  const names = COMMAND_KEYS.map((key) => `--${flagName(key)}`);
  throw usage(
    "No command is given",
    `Add one of ${names.join(", ")}; an empty value counts as none. See --help`,
  );
}

/**
 * Removes the Python tool's flags that do not affect a command.
 *
 * @returns The removed flags that are commands themselves.
 * @throws {CicdStateError} `USAGE`, if the Python tool does not have the flag.
 */
function dropIgnored(
  given: Map<string, readonly string[]>,
  command: string,
): string[] {
  const dropped: string[] = [];
  for (const key of given.keys()) {
    const flag = OLD_TABLE[key]!;
    if (key === command || (flag.with?.includes(command) ?? true)) continue;
    if (!flag.python) throw misplaced(key, flag, command);
    given.delete(key);
    if (isCommand(key)) dropped.push(key);
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
    `It is a flag of ${listWords(owners, "and")}`,
  );
}

/** Returns the value of a flag that the command requires. */
function needed<Name extends keyof OldValues>(
  old: OldValues,
  name: Name,
): NonNullable<OldValues[Name]> {
  const value = old[name];
  if (value !== undefined && value !== null) return value;
  throw missingFlag(name, OLD_FLAGS[name]);
}
