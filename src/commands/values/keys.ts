import { parseItemPath, valueAt } from "../../document/path.ts";
import { CicdStateError } from "../../errors.ts";
import { toOneLine } from "../../util/log.ts";
import { describeType } from "../../util/messages.ts";
import { isMapping, type Value } from "../../values.ts";
import { command, DOCUMENT, FRESH, OUTPUT } from "../shared/command.ts";
import { readDocument } from "../shared/read_document.ts";

export default command({
  name: "keys",
  group: "Values",
  summary: "Print the keys of a mapping, or the indexes of a list",
  arguments: {
    path: {
      type: "string",
      value: "PATH",
      optional: true,
      help: "Where the mapping or the list is. Default: the document.",
    },
  },
  flags: { ...DOCUMENT, ...FRESH, ...OUTPUT },
  examples: [
    { line: "keys state", help: "Print what the state holds" },
    {
      line: "keys state.shards --output json",
      help: "Print the keys as a JSON list",
    },
  ],
  exits: { 3: "There is no such document, or nothing at PATH" },
  async run({ args: { path }, flags, open, out }) {
    const steps = path === undefined ? [] : parseItemPath(path);
    const document = await readDocument(await open(), flags);
    const value = valueAt(document, steps);
    if (value === undefined) {
      const { nothingAt } = await import("../shared/nothing_at.ts");
      throw nothingAt(path ?? "", flags.id, document);
    }
    const keys = keysOf(value, path ?? "");
    if (flags.output === "json") {
      const { formatValue } = await import("../shared/format_value.ts");
      out(formatValue(keys, "json"));
    } else for (const key of keys) out(`${toOneLine(String(key))}\n`);
  },
});

function keysOf(value: Value, path: string): (string | number)[] {
  if (Array.isArray(value)) return [...value.keys()];
  if (isMapping(value)) return Object.keys(value);
  throw new CicdStateError(
    "PATH",
    `Cannot print the keys of "${path}": it is ${describeType(value)}`,
    { hint: "Name a mapping or a list; get prints other values" },
  );
}
