import { parseItemPath } from "../../document/path.ts";
import { parseJsonValue } from "../shared/changes.ts";
import { command, DOCUMENT, WRITE } from "../shared/command.ts";

export default command({
  name: "append",
  group: "Values",
  summary: "Append items to a list",
  about: [
    "The list is created if nothing is at PATH. Items that other tasks append " +
    "at the same moment are kept.",
  ],
  arguments: {
    path: {
      type: "string",
      value: "PATH",
      help: "Where the list is: state.reports.",
    },
    items: {
      type: "string",
      value: "VALUE",
      empty: true,
      repeatable: true,
      help: "The items: strings, exactly as they are written.",
    },
  },
  flags: {
    ...DOCUMENT,
    unique: {
      type: "switch",
      help: "Of equal items, keep only the first in the list.",
    },
    json: { type: "switch", help: "Parse each VALUE as JSON." },
    ...WRITE,
  },
  examples: [
    {
      line: "append state.reports unit.xml lint.xml",
      help: "Add two reports",
    },
    {
      line: "append state.regions eu --unique",
      help: "Add a region unless the list has it",
    },
    {
      line: 'append state.results --json \'{"job": "e2e", "passed": 128}\'',
      help: "Add a mapping",
    },
  ],
  exits: {
    3: "There is no such document",
    4: "The document is not at the revision of --if-revision",
    8: "A value is not JSON",
  },
  async run({ args: { path, items }, flags, open }) {
    const values = flags.json
      ? items.map((item) => parseJsonValue(item, path, "append to"))
      : items;
    const operation = {
      op: flags.unique ? "addUnique" : "append",
      path: parseItemPath(path),
      items: values,
    } as const;
    const manager = await open();
    await manager.change(flags.id, [operation], {
      ifRevision: flags.ifRevision,
      ttlMs: flags.ttl,
    });
  },
});
