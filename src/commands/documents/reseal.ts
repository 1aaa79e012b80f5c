import { command } from "../shared/command.ts";

export default command({
  name: "reseal",
  group: "Documents",
  summary: "Encrypt documents and their history with the current key",
  about: [
    "Run it after you have turned on encryption, put a new key first, or upgraded " +
    "from a version that did not bind documents to their ids. It reads what is " +
    "not encrypted, so look at the documents first if others could write them.",
  ],
  arguments: {
    ids: {
      type: "string",
      value: "ID",
      repeatable: true,
      optional: true,
      help: "The documents. Default: all of the primary.",
    },
  },
  flags: {},
  examples: [
    { line: "reseal", help: "Encrypt every document of the primary" },
    { line: "reseal build-42", help: "Encrypt one document" },
  ],
  exits: { 3: "There is no such document" },
  async run({ args, open, log }) {
    const manager = await open();
    const ids = args.ids.length === 0 ? undefined : args.ids;
    for (const id of await manager.reseal(ids)) {
      log.info(`Encrypted document "${id}"`);
    }
  },
});
