import { command, DOCUMENT, OUTPUT, WRITE } from "../shared/command.ts";
import { outStored } from "../shared/out_stored.ts";

export default command({
  name: "rollback",
  group: "History",
  summary: "Restore the document as it was at a revision",
  about: [
    "This is a new change: the history keeps what was there before. It prints " +
    "nothing or, with --output json, the id and the revision.",
  ],
  arguments: {
    revision: {
      type: "integer",
      value: "REV",
      min: 1,
      help: "The revision, as history prints it.",
    },
  },
  flags: { ...DOCUMENT, ...WRITE, ...OUTPUT },
  examples: [
    {
      line: "rollback 3 --if-revision 7",
      help: "Restore revision 3, unless somebody changed the document after 7",
    },
  ],
  exits: {
    3: "There is no such document or revision",
    4: "The document is not at the revision of --if-revision",
  },
  async run({ args: { revision }, flags, open, out }) {
    const manager = await open();
    await manager.rollback(flags.id, revision, {
      ifRevision: flags.ifRevision,
      ttlMs: flags.ttl,
    });
    if (flags.output === "json") {
      const { id } = flags;
      const printed = `${JSON.stringify({ id, restored: revision })}\n`;
      outStored(out, printed, `Document "${id}" is as at revision ${revision}`);
    }
  },
});
