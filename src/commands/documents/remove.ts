import { CicdStateError } from "../../errors.ts";
import type { CicdStateMgr } from "../../manager/manager.ts";
import { command, OUTPUT } from "../shared/command.ts";

export default command({
  name: "remove",
  group: "Documents",
  summary: "Remove documents, their history and their mirrors",
  about: [
    "It asks first, or needs --yes if stdin is not a terminal. It prints nothing " +
    "or, with --output json, the ids of the documents that it removed.",
  ],
  arguments: {
    ids: {
      type: "string",
      value: "ID",
      repeatable: true,
      optional: true,
      help: "The documents.",
    },
  },
  flags: {
    prefix: {
      type: "string",
      value: "TEXT",
      help: "Also remove every document whose id begins with it.",
    },
    yes: { type: "switch", help: "Do not ask." },
    ...OUTPUT,
  },
  examples: [
    {
      line: "remove build-42 --yes",
      help: "Remove a document without a question",
    },
    { line: "remove --prefix pr-17- --yes", help: "Remove many" },
  ],
  exits: {
    1: "Failed, or you answered no",
    3: "There is no such document",
  },
  async run({ args, flags, open, out, confirm, log }) {
    if (args.ids.length === 0 && flags.prefix === undefined) {
      throw new CicdStateError("USAGE", "No document is named", {
        hint: "Write cicdstatemgr remove ID, or use --prefix",
      });
    }
    const manager = await open();
    const ids = [...args.ids];
    if (flags.prefix !== undefined) {
      ids.push(...await idsWith(flags.prefix, manager));
    }
    const removed: string[] = [];
    try {
      for (const id of new Set(ids)) {
        if (flags.yes || agreed(id, confirm)) {
          await manager.remove(id);
          removed.push(id);
        } else log.warn(`Did not remove document "${id}"`);
      }
      return removed.length === new Set(ids).size ? 0 : 1;
    } finally {
      // What is gone is printed even if one of the others cannot be removed.
      if (flags.output === "json") out(`${JSON.stringify(removed)}\n`);
    }
  },
});

async function idsWith(
  prefix: string,
  manager: CicdStateMgr,
): Promise<string[]> {
  const documents = await Array.fromAsync(manager.list(prefix));
  return documents.map(({ id }) => id);
}

function agreed(
  id: string,
  confirm: (question: string) => boolean | undefined,
): boolean {
  const answer = confirm(`Remove document "${id}" and its history?`);
  if (answer !== undefined) return answer;
  throw new CicdStateError(
    "USAGE",
    `Did not remove document "${id}": stdin is not a terminal`,
    { hint: "Add --yes" },
  );
}
