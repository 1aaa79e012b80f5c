import { CicdStateError } from "../errors.ts";
import { readChange, readId } from "./arguments.ts";
import type { CommandContext } from "./command.ts";

/** Runs `--set` alone. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager, log } = context;
  const id = readId(args);
  await manager.change(id, await readChange(args, log), {
    ifAbsent: args.has("if-absent"),
    ifRevision: readRevision(args.value("if-revision")),
  });
}

/** A number, or all that `--list --output json` prints of a revision. */
const REVISION_REGEXP = /^(?:\d+(?:-[\da-f-]+)?|[\da-f]{64})$/;

function readRevision(text: string | undefined): string | undefined {
  if (text === undefined || REVISION_REGEXP.test(text)) return text;
  throw new CicdStateError("USAGE", `Cannot use --if-revision "${text}"`, {
    hint: "Give the number that --history or --list prints",
  });
}
