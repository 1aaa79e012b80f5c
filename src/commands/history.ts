import type { HistoryEntry, HistoryOperation } from "../document/store.ts";
import { readId } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { formatTime, readLimit, writeRows } from "./rows.ts";

const DEFAULT_LIMIT = 20;

/** Runs `--history`. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager } = context;
  const limit = readLimit(args) ?? DEFAULT_LIMIT;
  const entries = await manager.history(readId(args), limit);
  writeRows(context, entries, (entry) => [
    String(entry.revision),
    formatTime(entry.at),
    entry.external ? "(unknown)" : entry.actor || "-",
    describe(entry),
  ]);
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

/** How an operation's path is written, as in a `--set`. */
const MARKS: Readonly<Partial<Record<HistoryOperation["op"], string>>> = {
  append: "[]",
  addUnique: "{}",
};

function describeOne({ op, path, value }: HistoryOperation): string {
  const target = path.join(".") + (MARKS[op] ?? "");
  if (op === "set" || op === "append" || op === "addUnique") {
    return `${target}=${value ?? ""}`;
  }
  return value === undefined ? `${op} ${target}` : `${op} ${target} ${value}`;
}
