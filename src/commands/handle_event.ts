import {
  readChange,
  readEvent,
  readId,
  readVariables,
  required,
} from "./arguments.ts";
import type { CommandContext } from "./command.ts";

/** Runs `--handle-event` alone. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager, log } = context;
  const id = readId(args);
  required(args, "handle-event", "Write --handle-event build=started");
  await manager.handleEvent(id, readEvent(args)!, {
    change: await readChange(args, log),
    variables: readVariables(args),
  });
}
