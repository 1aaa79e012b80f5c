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
    3: "There is no such document",
    4: "A condition does not hold, or the write kept losing to other writers",
    7: "A template failed, and there is no --lenient",
  },
  async run({ args: { path }, flags, open }) {
    const manager = await open();
    await manager.generate(flags.id, path, {
      ...renderingOf(flags),
      ifAbsent: flags.ifAbsent,
      ifRevision: flags.ifRevision,
      ttlMs: flags.ttl,
    });
  },
});
