import type { InitOptions } from "../manager/options.ts";
import { readChange, readEvent, readVariables, required } from "./arguments.ts";
import type { CommandContext } from "./command.ts";

/** Runs `--init-new`. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager, out } = context;
  const id = required(args, "init-new", "Write --init-new ID");
  await manager.init(id, await readInitOptions(context));
  out(`${id}\n`);
}

/**
 * Reads what `--init-new` makes a document of.
 *
 * @param context What the command works with.
 * @returns The options.
 * @throws {CicdStateError} `USAGE`, `PATH`, `INPUT` or `PERMISSION`.
 */
export async function readInitOptions(
  { args, log }: CommandContext,
): Promise<InitOptions> {
  return {
    appConfig: required(
      args,
      "init-app-config-file",
      "Pass --init-app-config-file FILE or set CICDSTATEMGR_INIT_APP_CONFIG_PATH",
    ),
    basesDir: args.value("init-bases-dir"),
    contextName: args.value("init-cicd-context-name"),
    change: await readChange(args, log),
    handleEvent: readEvent(args),
    variables: readVariables(args),
  };
}
