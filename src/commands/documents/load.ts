import { CHANGES, DRY_RUN_OUTPUT, RUN_EVENT } from "../shared/changes.ts";
import {
  command,
  DOCUMENT,
  IF_ABSENT,
  TEMPLATES,
  WRITE,
} from "../shared/command.ts";
import { runOrPreview } from "../shared/run_or_preview.ts";

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
    var: { ...TEMPLATES.var, needs: "event" },
    lenient: { ...TEMPLATES.lenient, needs: "event" },
    strictUndefined: { ...TEMPLATES.strictUndefined, needs: "event" },
    ...IF_ABSENT,
    ...WRITE,
    ...DRY_RUN_OUTPUT,
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
    4: "A condition does not hold, or the write kept losing to other writers",
    6: "A request of the event was not delivered",
    7: "A template failed, and there is no --lenient",
  },
  async run({ flags, open, out, log, signal }) {
    const { event } = flags;
    const services = { open, out, log };
    await runOrPreview(flags, event, services, async (manager, options) => {
      await manager.load(flags.id, {
        ...options,
        signal: event && await signal(),
        handleEvent: event,
      });
    });
  },
});
