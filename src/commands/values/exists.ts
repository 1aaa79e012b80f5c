import { parseItemPath, valueAt } from "../../document/path.ts";
import { command, DOCUMENT, FRESH } from "../shared/command.ts";
import { readDocument } from "../shared/read_document.ts";

export default command({
  name: "exists",
  group: "Values",
  summary: "Check whether there is a value, by the exit status",
  arguments: {
    path: {
      type: "string",
      value: "PATH",
      help: "Where the value is. A null value exists.",
    },
  },
  flags: { ...DOCUMENT, ...FRESH },
  examples: [
    {
      line: "exists state.image --fresh",
      help: "Succeed if the image is built",
    },
  ],
  exits: { 3: "There is no such document, or nothing at PATH" },
  async run({ args, flags, open }) {
    const path = parseItemPath(args.path);
    const document = await readDocument(await open(), flags);
    return valueAt(document, path) === undefined ? 3 : 0;
  },
});
