import { CHANGES, DRY_RUN_OUTPUT, EVENT } from "../shared/changes.ts";
import {
  command,
  DOCUMENT,
  IF_ABSENT,
  TEMPLATES,
  WRITE,
} from "../shared/command.ts";
import { runOrPreview } from "../shared/run_or_preview.ts";

export default command({
  name: "event",
  group: "Events",
  summary: "Run the handlers of an event",
  about: [
    "Handlers send requests and set values. Values of --set are stored before " +
    "the handlers run. If a condition does not hold, nothing is stored or sent.",
  ],
  uses: { requests: true },
  arguments: {
    pipeline: { type: "string", value: "PIPELINE", help: "The pipeline." },
    event: { type: "string", value: "EVENT", help: "Its event." },
  },
  flags: {
    ...DOCUMENT,
    ...CHANGES,
    ...EVENT,
    ...TEMPLATES,
    ...IF_ABSENT,
    ...WRITE,
    ...DRY_RUN_OUTPUT,
  },
  examples: [
    { line: "event build started", help: "Tell people that the build started" },
    {
      line: "event build finished --dry-run",
      help: "Show what an event would do",
    },
  ],
  exits: {
    3: "There is no such document, pipeline or event",
    4: "A condition does not hold, or the write kept losing to other writers",
    6: "A request was not delivered",
    7: "A template failed, and there is no --lenient",
  },
  async run({ args: event, flags, open, out, log, signal }) {
    const services = { open, out, log };
    await runOrPreview(flags, event, services, async (manager, options) => {
      await manager.handleEvent(flags.id, event, {
        ...options,
        signal: await signal(),
      });
    });
  },
});
