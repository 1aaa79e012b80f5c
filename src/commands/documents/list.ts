import type { ListedDocument } from "../../document/store.ts";
import { type Cell, formatTime, writeRows } from "../shared/rows.ts";
import { command, LIMIT, OUTPUT } from "../shared/command.ts";

export default command({
  name: "list",
  group: "Documents",
  summary: "Print the documents of the primary",
  about: [
    "The columns are id, context, revision, time of the last write, and size " +
    "in bytes. The order of the rows is not defined.",
  ],
  uses: { datasources: "primary" },
  arguments: {},
  flags: {
    prefix: {
      type: "string",
      value: "TEXT",
      empty: true,
      help: "Only ids that begin with it.",
    },
    limit: LIMIT,
    ...OUTPUT,
  },
  examples: [
    { line: "list --prefix build-", help: "Print the documents of builds" },
  ],
  async run({ flags, open, out, hasColor }) {
    const { prefix, limit = Infinity, output } = flags;
    const manager = await open();
    const documents: ListedDocument[] = [];
    for await (const document of manager.list(prefix)) {
      if (documents.length === limit) break;
      documents.push(document);
    }
    writeRows(documents, columnsOf, { out, hasColor, output });
  },
});

function columnsOf(document: ListedDocument): Cell[] {
  const { id, context, revision, updatedAt, size } = document;
  return [
    { text: id, style: "bold" },
    context ?? "-",
    // The number is for people; what follows it names the state exactly.
    { text: revision.split("-")[0]!, style: "yellow" },
    {
      text: updatedAt === undefined ? "-" : formatTime(updatedAt),
      style: "dim",
    },
    size === undefined ? "-" : String(size),
  ];
}
