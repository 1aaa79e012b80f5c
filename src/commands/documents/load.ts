import { CHANGES, checkAbsentFlag, RUN_EVENT } from "../shared/changes.ts";
import {
  command,
  DOCUMENT,
  IF_ABSENT,
  renderingOf,
  TEMPLATES,
  WRITE,
} from "../shared/command.ts";

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
    ...RUN_EVENT,
    ...TEMPLATES,
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
    3: "There is no such document, pipeline or event",
    4: "A condition does not hold, or other writers were faster for too long",
    6: "A request of the event was not delivered",
    7: "A template failed, and there is no --lenient",
  },
  async run({ flags, open, out, signal }) {
    const change = [...flags.set, ...flags.setJson];
    checkAbsentFlag(flags.ifAbsent, change);
    const manager = await open();
    const options = {
      ...renderingOf(flags),
      change,
      requireEvent: !flags.ifPresent,
    };
    if (flags.dryRun) {
      const { preview } = await import("../shared/preview.ts");
      await preview(flags.id, flags.event, options, { manager, out });
      return;
    }
    await manager.load(flags.id, {
      ...options,
      signal: flags.event && await signal(),
      handleEvent: flags.event,
      ifAbsent: flags.ifAbsent,
      ifRevision: flags.ifRevision,
      ttlMs: flags.ttl,
    });
  },
});
