import type { Difference } from "../../document/diff.ts";
import { joinPath } from "../../document/path.ts";
import { CicdStateError } from "../../errors.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import type { CicdStateMgr } from "../../manager/manager.ts";
import { type Cell, writeRows } from "../shared/rows.ts";
import { command, DOCUMENT, OUTPUT } from "../shared/command.ts";

/** Values stand side by side in a terminal of common width. */
const VALUE_WIDTH = 48;

export default command({
  name: "diff",
  group: "History",
  summary: "Print how two revisions of the document differ",
  about: [
    "Each line is a path with the value before and the value after, side by " +
    "side. The first column is + for a new path, - for one that is gone, and ~ " +
    "for one whose value changed.",
    "Without A it prints what the last change did.",
  ],
  uses: { datasources: "primary" },
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
  async run({ args, flags: { id, output }, open, out, hasColor }) {
    const manager = await open();
    const from = args.from ?? await lastRevision(manager, id) - 1;
    // The first revision has none before it.
    const differences = from === 0 ? [] : await manager.diff(id, from, args.to);
    writeRows(differences, columnsOf, {
      out,
      hasColor,
      output,
      wrapAt: VALUE_WIDTH,
    });
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

function columnsOf({ path, before, after }: Difference): Cell[] {
  const mark: Cell = before === undefined
    ? { text: "+", style: "green" }
    : after === undefined
    ? { text: "-", style: "red" }
    : { text: "~", style: "yellow" };
  return [
    mark,
    { text: joinPath(path), style: "bold" },
    { text: before === undefined ? "" : stringifyJson(before), style: "red" },
    "|",
    { text: after === undefined ? "" : stringifyJson(after), style: "green" },
  ];
}
