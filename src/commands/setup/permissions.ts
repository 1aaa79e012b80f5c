import { CicdStateError } from "../../errors.ts";
import { quoteForShell } from "../../formats/shell.ts";
import type { Activity, PermissionSet } from "../../config/permissions.ts";
import { suggest } from "../../util/messages.ts";
import { readVariable } from "../../util/env.ts";
import {
  APP_CONFIG,
  APP_CONFIG_FLAG,
  command,
  GLOBAL_FLAGS,
} from "../shared/command.ts";
import { requireConfig } from "../shared/require_config.ts";
import type { Command, FlagTable } from "../shared/types.ts";

export default command({
  name: "permissions",
  group: "Setup",
  summary: "Print the permissions of Deno that the config needs",
  about: [
    "They are the narrowest with which the commands work, as flags of deno run or, " +
    "with --output json, as a set for permissions in a deno.json. Environment " +
    "variables are those that are set now. Without --for, they cover all commands " +
    "except those that run programs.",
    "What depends on a document or a command line is not included: the hosts of " +
    "respond, nodes that a Redis Cluster or sentinels name, files that values or " +
    "--out name. Errors name the flag. Permissions that are useful but not " +
    "required are left out too, such as the name of the user for the history.",
  ],
  uses: { datasources: "none" },
  arguments: {},
  flags: {
    for: {
      type: "string",
      value: "COMMAND",
      help: "Print what this command needs.",
    },
    appConfig: APP_CONFIG_FLAG,
    basesDir: APP_CONFIG.basesDir,
    output: {
      type: "choice",
      choices: ["text", "json"],
      default: "text",
      help: "Flags in one line, or a JSON object.",
    },
  },
  examples: [
    { line: "permissions --for get", help: "Print what get needs" },
    {
      line: "permissions --output json",
      help: "Print a set for the permissions in a deno.json",
    },
  ],
  async run({ flags, files, commands, out }) {
    const config = requireConfig(files);
    const { loadConfig } = await import("../../config/load.ts");
    const { permissionsOf } = await import("../../config/permissions.ts");
    const appFiles = [flags.appConfig, flags.basesDir]
      .filter((path) => path !== undefined);
    const selected = selectCommands(await commands(), flags.for);
    const activity = activityOf(selected, appFiles);
    const loaded = await loadConfig(config, files.secrets, true);
    const set = await permissionsOf(loaded, activity);
    const printed = flags.output === "json"
      ? JSON.stringify(set, null, 2)
      : toFlags(set);
    out(`${printed}\n`);
  },
});

/** Returns what some commands do, as their tables say. */
export function activityOf(
  commands: readonly Command[],
  appFiles: readonly string[],
): Activity {
  const uses = commands.map((command) => command.uses ?? {});
  const readsApp = uses.some(({ appConfig }) => appConfig) ||
    commands.some(({ flags }) => Object.hasOwn(flags, "appConfig"));
  const ofFlags = commands.flatMap(({ flags }) => {
    const table: FlagTable = { ...GLOBAL_FLAGS, ...flags };
    return Object.values(table).flatMap(({ env }) => env ?? []);
  });
  const variables = [...ofFlags, ...uses.flatMap((use) => use.variables ?? [])];
  const opened = uses.map(({ datasources = "all" }) => datasources);
  return {
    reads: readsApp ? appFiles : [],
    variables: variables.filter((name) => readVariable(name)),
    writes: uses.some(({ temporaryFiles }) => temporaryFiles)
      ? [readVariable("TMPDIR") || "/tmp"]
      : [],
    opens: opened.includes("all")
      ? "all"
      : opened.includes("primary")
      ? "primary"
      : "none",
    sends: uses.some(({ requests }) => requests) ||
      commands.some(({ flags }) => Object.hasOwn(flags, "event")),
    runs: commands.some(runsAnyProgram)
      ? true
      : uses.flatMap(({ programs = [] }) => programs),
  };
}

/** Reports whether a command runs no program. */
export function runsNothing(command: Command): boolean {
  return !runsAnyProgram(command) && command.uses?.programs === undefined;
}

/** Reports whether a command runs what its command line names. */
function runsAnyProgram({ arguments: table }: Command): boolean {
  return Object.values(table).some(({ afterDashes }) => afterDashes);
}

/** Returns the command that is asked about or, without a name, those that run no program. */
function selectCommands(
  commands: readonly Command[],
  name: string | undefined,
): Command[] {
  if (name === undefined) return commands.filter(runsNothing);
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return [found];
  const near = suggest(name, commands.map((command) => command.name));
  throw new CicdStateError("USAGE", `Unknown command "${name}"`, {
    hint: near === undefined
      ? "See cicdstatemgr help for the commands"
      : `Did you mean ${near}?`,
  });
}

/** Writes permissions as flags of `deno run`. */
function toFlags(set: PermissionSet): string {
  return Object.entries(set).map(([name, value]) => {
    if (value === true) return `--allow-${name}`;
    // Deno takes two commas for one that is part of a path.
    const items = value.map((item: string) => item.replaceAll(",", ",,"));
    return quoteIfNeeded(`--allow-${name}=${items.join(",")}`);
  }).join(" ");
}

function quoteIfNeeded(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : quoteForShell(word);
}
