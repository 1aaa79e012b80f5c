import { readChange, readEvent, readId, readVariables } from "./arguments.ts";
import type { CommandContext } from "./command.ts";

/** Runs `--load`. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager, log } = context;
  await manager.load(readId(args), {
    change: await readChange(args, log),
    handleEvent: readEvent(args),
    variables: readVariables(args),
  });
}
