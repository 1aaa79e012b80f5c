import { CicdStateError } from "../../errors.ts";
import { quoteForShell } from "../../formats/shell.ts";
import type { Activity, PermissionSet } from "../../config/permissions.ts";
import { hintToSet, readVariable } from "../../util/env.ts";
import {
  APP_CONFIG,
  APP_CONFIG_FLAG,
  command,
  GLOBAL_FLAGS,
} from "../shared/command.ts";
import type { Command, FlagTable } from "../shared/types.ts";

export default command({
  name: "permissions",
  group: "Setup",
  summary: "Print the permissions of Deno that the config needs",
  about: [
    "They are the narrowest with which the commands work, as flags of deno run or, " +
    "with --output json, as a set for permissions in a deno.json. Environment " +
    "variables are those that are set now. Without --for they are for all " +
    "commands but those that run programs.",
    "What depends on a document or a command line is not among them: the hosts of " +
    "respond, nodes that a Redis Cluster or sentinels name, files that values or " +
    "--out name. Errors name the flag. Left out is also what is of use but not " +
    "needed, such as the name of the user for the history.",
  ],
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
  async run({ flags, files: { config, secrets }, out }) {
    if (config === undefined) {
      throw new CicdStateError("USAGE", "Flag --config is missing", {
        hint: `Pass --config FILE or ${hintToSet("CICDSTATEMGR_CONFIG_PATH")}`,
      });
    }
    const { loadConfig } = await import("../../config/load.ts");
    const { permissionsOf } = await import("../../config/permissions.ts");
    const appFiles = [flags.appConfig, flags.basesDir]
      .filter((path) => path !== undefined);
    const activity = activityOf(await commandsFor(flags.for), appFiles);
    const loaded = await loadConfig(config, secrets, true);
    const set = permissionsOf(loaded, activity);
    const printed = flags.output === "json"
      ? JSON.stringify(set, null, 2)
      : toFlags(set);
    out(`${printed}\n`);
  },
});

/** Returns a command or, without a name, those that run no program. */
export async function commandsFor(
  name: string | undefined,
): Promise<Command[]> {
  const { findCommand, loadCommands } = await import("../registry.ts");
  if (name === undefined) {
    return (await loadCommands()).filter((one) => programsOf(one).length === 0);
  }
  const found = await findCommand(name);
  if (found !== undefined) return [found];
  throw new CicdStateError("USAGE", `Unknown command "${name}"`, {
    hint: "See cicdstatemgr help for the commands",
  });
}

/** Returns what some commands do, as far as their tables tell. */
export function activityOf(
  commands: readonly Command[],
  appFiles: readonly string[],
): Activity {
  const runs = commands.flatMap(programsOf);
  const readsApp = commands.some(({ name, flags }) =>
    name === "validate" || Object.hasOwn(flags, "appConfig")
  );
  const variables = commands.flatMap(({ flags }) => {
    const table: FlagTable = { ...GLOBAL_FLAGS, ...flags };
    return Object.values(table).flatMap(({ env }) => env ?? []);
  });
  const edits = commands.some(({ name }) => name === "edit");
  return {
    reads: readsApp ? appFiles : [],
    variables: [...variables, ...edits ? EDIT_VARIABLES : []]
      .filter((name) => readVariable(name)),
    writes: edits ? [readVariable("TMPDIR") || "/tmp"] : [],
    opens: commands.every(({ group }) => group === "Setup")
      ? "none"
      : commands.every(({ name }) => PRIMARY_ONLY.includes(name))
      ? "primary"
      : "all",
    sends: commands.some(({ name, flags }) =>
      name === "event" || Object.hasOwn(flags, "event")
    ),
    runs: runs.includes(true)
      ? true
      : runs.filter((program) => program !== true),
  };
}

/** Commands that neither read nor write mirrors. */
const PRIMARY_ONLY: readonly string[] = ["list", "history", "diff", "wait"];

const EDIT_VARIABLES = ["VISUAL", "EDITOR", "TMPDIR"];

/** Returns the programs that a command runs; `true` stands for any. */
function programsOf(
  { name, arguments: table }: Command,
): (string | true)[] {
  if (name === "edit") return ["sh"];
  const takesProgram = Object.values(table).some(({ afterDashes }) =>
    afterDashes
  );
  return takesProgram ? [true] : [];
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
