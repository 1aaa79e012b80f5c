import { parseItemPath, valueAt } from "../../document/path.ts";
import { pythonStr } from "../../formats/python_text.ts";
import { command, DOCUMENT, OUTPUT, WRITE } from "../shared/command.ts";
import { outStored } from "../shared/out_stored.ts";

export default command({
  name: "increment",
  group: "Values",
  summary: "Add to a number, and print the new value",
  about: [
    "The number counts as 0 if nothing is at PATH. Tasks that increment it at " +
    "the same time get different values.",
  ],
  arguments: {
    path: {
      type: "string",
      value: "PATH",
      help: "Where the number is: state.builds.",
    },
  },
  flags: {
    ...DOCUMENT,
    by: {
      type: "integer",
      default: "1",
      help: "What to add. A negative number subtracts.",
    },
    ...WRITE,
    ...OUTPUT,
  },
  examples: [
    { line: "increment state.attempts", help: "Count an attempt" },
    { line: "increment state.slots --by -1", help: "Take a slot" },
  ],
  exits: {
    3: "There is no such document",
    4: "The document is not at the revision of --if-revision",
  },
  async run({ args, flags, open, out }) {
    const path = parseItemPath(args.path);
    const manager = await open();
    const document = await manager.change(
      flags.id,
      [{ op: "increment", path, by: flags.by }],
      { ifRevision: flags.ifRevision, ttlMs: flags.ttl },
    );
    const value = valueAt(document, path) ?? null;
    const text = pythonStr(value);
    const printed = flags.output === "json"
      ? (await import("../shared/format_value.ts")).formatValue(value, "json")
      : `${text}\n`;
    outStored(out, printed, `"${args.path}" is ${text} now`);
  },
});
