import { readId, required } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { readNumber } from "./rows.ts";

/** Runs `--rollback`. */
export async function run({ args, manager }: CommandContext): Promise<void> {
  const text = required(args, "rollback", "Write --rollback 3");
  await manager.rollback(readId(args), readNumber("rollback", text));
}
