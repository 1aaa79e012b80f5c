import type { ListedDocument } from "../document/store.ts";
import type { CommandContext } from "./command.ts";
import { formatTime, readLimit, writeRows } from "./rows.ts";

/** Runs `--list`. */
export async function run(context: CommandContext): Promise<void> {
  const { args, manager } = context;
  const limit = readLimit(args) ?? Infinity;
  const documents: ListedDocument[] = [];
  for await (const document of manager.list(args.value("prefix"))) {
    if (documents.length === limit) break;
    documents.push(document);
  }
  writeRows(context, documents, (document) => [
    document.id,
    document.context ?? "-",
    // The number is for people; what follows it names the state exactly.
    document.revision.split("-")[0]!,
    document.updatedAt === undefined ? "-" : formatTime(document.updatedAt),
    document.size === undefined ? "-" : String(document.size),
  ]);
}
