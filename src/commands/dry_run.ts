import { CicdStateError } from "../errors.ts";
import { formatDryRun } from "../events/dry_run.ts";
import { readChange, readEvent, readId, readVariables } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { readInitOptions } from "./init.ts";

/** Runs `--dry-run` with `--handle-event`. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager, out, log } = context;
  const event = readEvent(args);
  if (event === undefined) {
    throw new CicdStateError("USAGE", "Flag --dry-run needs --handle-event", {
      hint: "Add --handle-event PIPELINE=EVENT, or leave --dry-run out",
    });
  }
  const variables = readVariables(args);
  const outcome = args.has("init-new")
    ? await manager.previewEvent(args.value("init-new")!, event, {
      init: await readInitOptions(context),
      variables,
    })
    : await manager.previewEvent(readId(args), event, {
      change: await readChange(args, log),
      variables,
    });
  out(formatDryRun(outcome, (text) => manager.mask(text)));
  if (outcome.failure !== undefined) throw outcome.failure;
}
