import { CicdStateError } from "../../errors.ts";
import {
  command,
  DOCUMENT,
  IF_ABSENT,
  renderingOf,
  TEMPLATES,
  WRITE,
} from "../shared/command.ts";

export default command({
  name: "generate",
  group: "Values",
  summary: "Run generators and store what they set",
  arguments: {
    path: {
      type: "string",
      value: "PATH",
      help: "A JSONPath that finds one mapping of generators.",
    },
  },
  flags: { ...DOCUMENT, ...TEMPLATES, ...IF_ABSENT, ...WRITE },
  examples: [
    {
      line: "generate pipelines.build.generators.image",
      help: "Let the app config decide on the image",
    },
  ],
  exits: {
    3: "There is no such document, or nothing at PATH",
    4: "A condition does not hold, or the write kept losing to other writers",
    7: "A template failed, and there is no --lenient",
  },
  async run({ args: { path }, flags, open }) {
    const manager = await open();
    try {
      await manager.generate(flags.id, path, {
        ...renderingOf(flags),
        ifAbsent: flags.ifAbsent,
        ifRevision: flags.ifRevision,
        ttlMs: flags.ttl,
      });
    } catch (error) {
      const findsNothing = error instanceof CicdStateError &&
        error.code === "NOT_FOUND" && error.place?.path === path;
      if (!findsNothing) throw error;
      const { document } = await manager.read(flags.id);
      const { nothingAt } = await import("../shared/nothing_at.ts");
      throw nothingAt(path, flags.id, document);
    }
  },
});
