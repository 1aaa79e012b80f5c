import type { Difference } from "../../document/diff.ts";
import { joinPath } from "../../document/path.ts";
import { CicdStateError } from "../../errors.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import type { CicdStateMgr } from "../../manager/manager.ts";
import { writeRows } from "../shared/rows.ts";
import { command, DOCUMENT, OUTPUT } from "../shared/command.ts";

export default command({
  name: "diff",
  group: "History",
  summary: "Print how two revisions of the document differ",
  about: ["Without A it prints what the last change did."],
  arguments: {
    from: {
      type: "integer",
      value: "A",
      min: 1,
      optional: true,
      help: "The earlier revision.",
    },
    to: {
      type: "integer",
      value: "B",
      min: 1,
      optional: true,
      help: "The later revision. Default: the document as it is now.",
    },
  },
  flags: { ...DOCUMENT, ...OUTPUT },
  examples: [
    { line: "diff 3", help: "Print what changed since revision 3" },
    { line: "diff 3 5", help: "Compare revisions 3 and 5" },
  ],
  exits: { 3: "There is no such document or revision" },
  async run({ args, flags: { id, output }, open, out }) {
    const manager = await open();
    const from = args.from ?? await lastRevision(manager, id) - 1;
    // The first revision has none before it.
    const differences = from === 0 ? [] : await manager.diff(id, from, args.to);
    writeRows(differences, columnsOf, { out, output });
  },
});

async function lastRevision(
  manager: CicdStateMgr,
  id: string,
): Promise<number> {
  const [last] = await manager.history(id, 1);
  if (last !== undefined) return last.revision;
  throw new CicdStateError(
    "NOT_FOUND",
    `Cannot compare revisions: document "${id}" has no history yet`,
    { hint: "Change the document; the history starts with the next change" },
  );
}

function columnsOf({ path, before, after }: Difference): string[] {
  const name = joinPath(path);
  if (before === undefined) return ["+", name, stringifyJson(after ?? null)];
  if (after === undefined) return ["-", name, stringifyJson(before)];
  return ["~", name, `${stringifyJson(before)} -> ${stringifyJson(after)}`];
}
