import { readId } from "./arguments.ts";
import { readChange } from "./assignments.ts";
import type { CommandContext } from "./command.ts";

/** Runs `--set` alone. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager, log } = context;
  const id = readId(args);
  await manager.change(id, await readChange(args, log), {
    ifAbsent: args.has("if-absent"),
    ifRevision: args.value("if-revision"),
  });
}
