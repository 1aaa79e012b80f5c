import { CHANGES, checkAbsentFlag } from "./shared/changes.ts";
import {
  command,
  DOCUMENT,
  EVENT_FLAG,
  IF_ABSENT,
  VARIABLES,
  WRITE,
} from "./shared/command.ts";

export default command({
  name: "load",
  group: "Documents",
  summary: "Read a document from the primary and write it to every mirror",
  about: [
    "A task that starts with an empty folder loads the document, so that what " +
    "follows reads it from a file.",
  ],
  arguments: {},
  flags: {
    ...DOCUMENT,
    ...CHANGES,
    event: EVENT_FLAG,
    ...VARIABLES,
    dryRun: {
      type: "switch",
      help: "Print what --event would send and set; send and store nothing.",
    },
    ...IF_ABSENT,
    ...WRITE,
  },
  examples: [
    { line: "load", help: "Fill the mirrors" },
    {
      line: "load --set state.deploy.started=yes --event deploy=started",
      help: "Change the document, run an event and store both",
    },
  ],
  exits: {
    3: "There is no such document or pipeline",
    4: "A condition does not hold, or other writers were faster for too long",
    6: "A request of the event was not delivered",
  },
  async run({ flags, open, out }) {
    const change = [...flags.set, ...flags.setJson];
    checkAbsentFlag(flags.ifAbsent, change);
    const manager = await open();
    const options = { change, variables: flags.var };
    if (flags.dryRun) {
      const { preview } = await import("./shared/preview.ts");
      await preview(flags.id, flags.event, options, { manager, out });
      return;
    }
    await manager.load(flags.id, {
      ...options,
      handleEvent: flags.event,
      ifAbsent: flags.ifAbsent,
      ifRevision: flags.ifRevision,
      ttlMs: flags.ttl,
    });
  },
});
