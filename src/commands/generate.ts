import { readId, readVariables, required } from "./arguments.ts";
import type { CommandContext } from "./command.ts";

/** Runs `--generate`. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager } = context;
  const path = required(args, "generate", "Write --generate generators.image");
  await manager.generate(readId(args), path, {
    variables: readVariables(args),
  });
}
