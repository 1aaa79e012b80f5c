import { CicdStateError } from "../errors.ts";
import { required } from "./arguments.ts";
import type { CommandContext } from "./command.ts";

/** Runs `--delete-context`. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager, confirm, log } = context;
  const id = required(args, "delete-context", "Write --delete-context ID");
  const answer = args.has("yes") ||
    confirm(`Remove document "${id}" and its history?`);
  if (answer === undefined) {
    throw new CicdStateError(
      "USAGE",
      `Did not remove document "${id}": nobody can be asked`,
      { hint: "Add --yes" },
    );
  }
  if (!answer) {
    log.warn(`Did not remove document "${id}"`);
    return;
  }
  await manager.remove(id);
}
