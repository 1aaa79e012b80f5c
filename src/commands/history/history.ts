import { joinPath } from "../../document/path.ts";
import type { HistoryEntry, HistoryOperation } from "../../document/store.ts";
import { type Cell, formatTime, writeRows } from "../shared/rows.ts";
import { command, DOCUMENT, LIMIT, OUTPUT } from "../shared/command.ts";

export default command({
  name: "history",
  group: "History",
  summary: "Print who changed the document when and how, newest first",
  uses: { datasources: "primary" },
  arguments: {},
  flags: { ...DOCUMENT, limit: { ...LIMIT, default: "20" }, ...OUTPUT },
  examples: [
    { line: "history --limit 5", help: "Print the last five changes" },
  ],
  exits: { 3: "There is no such document" },
  async run({ flags: { id, limit, output }, open, out, hasColor }) {
    const manager = await open();
    const entries = await manager.history(id, limit);
    writeRows(entries, columnsOf, { out, hasColor, output });
  },
});

function columnsOf(entry: HistoryEntry): Cell[] {
  return [
    { text: String(entry.revision), style: "yellow" },
    { text: formatTime(entry.at), style: "dim" },
    {
      text: entry.external ? "(unknown)" : entry.actor || "-",
      style: "cyan",
    },
    describe(entry),
  ];
}

function describe(entry: HistoryEntry): string {
  if (entry.external) return "changed by a program that keeps no history";
  if (entry.action !== undefined) return entry.action;
  if (entry.operations === undefined) return "created";
  const operations = entry.operations.map((operation) =>
    describeOne(operation)
  );
  const more = entry.moreOperations ?? 0;
  return [...operations, ...more > 0 ? [`and ${more} more`] : []].join(", ");
}

/** What follows the path of an operation, as in the --set of old command lines. */
const MARKS: Readonly<Partial<Record<HistoryOperation["op"], string>>> = {
  append: "[]",
  addUnique: "{}",
};

function describeOne({ op, path, value }: HistoryOperation): string {
  const target = joinPath(path) + (MARKS[op] ?? "");
  if (op === "set" || op === "append" || op === "addUnique") {
    return `${target}=${value ?? ""}`;
  }
  return value === undefined ? `${op} ${target}` : `${op} ${target} ${value}`;
}
