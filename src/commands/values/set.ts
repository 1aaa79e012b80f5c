import type { Operation } from "../../document/change.ts";
import { CicdStateError } from "../../errors.ts";
import { type Assignment, setAt, splitAssignment } from "../shared/changes.ts";
import { command, DOCUMENT, IF_ABSENT, WRITE } from "../shared/command.ts";

export default command({
  name: "set",
  group: "Values",
  summary: "Set values",
  about: [
    "VALUE is a string, exactly as it is written; with --json or --yaml it is " +
    "parsed. PATH=@FILE takes it from a file and PATH=- from stdin, byte for " +
    "byte. All values are set at once or, if something is wrong, none.",
  ],
  arguments: {
    assignments: {
      type: "string",
      value: "PATH=VALUE",
      repeatable: true,
      parse: splitAssignment,
      expects: "PATH=VALUE, such as state.tag=v1",
      help: "What to set. PATH is keys joined by dots, each with the index " +
        "of a list item if need be: state.reports[0].name.",
    },
  },
  flags: {
    ...DOCUMENT,
    literal: {
      type: "switch",
      help: "Do not treat @FILE and - specially. Use it for values " +
        "from outside.",
    },
    json: { type: "switch", help: "Parse each VALUE as JSON." },
    yaml: { type: "switch", help: "Parse each VALUE as YAML." },
    ...IF_ABSENT,
    ...WRITE,
  },
  examples: [
    {
      line: "set state.tag=v1.4.0 state.git.branch=main",
      help: "Set two values",
    },
    { line: "set --json 'state.ports=[80, 443]'", help: "Set a list" },
    {
      line: "set state.report=@report.xml",
      help: "Store the content of a file",
    },
    {
      line: "set state.leader=job-7 --if-absent",
      help: "Let the first of many jobs win",
    },
  ],
  exits: {
    3: "There is no such document",
    4: "A condition does not hold, or the write kept losing to other writers",
    8: "A value is not the JSON or YAML that it should be",
  },
  async run({ args: { assignments }, flags, open, readStdin }) {
    if (flags.json && flags.yaml) {
      throw new CicdStateError("USAGE", "Cannot use both --json and --yaml", {
        hint: "Use one of them",
      });
    }
    const format = flags.json ? "json" : flags.yaml ? "yaml" : "string";
    const { readValue } = await import("../shared/read_value.ts");
    checkStdin(flags.literal ? [] : assignments);
    const operations: Operation[] = [];
    for (const { path, text } of assignments) {
      const value = await readValue({ path, text }, {
        format,
        literal: flags.literal,
        readStdin,
      });
      operations.push(setAt(path, value));
    }
    const manager = await open();
    await manager.change(flags.id, operations, {
      ifAbsent: flags.ifAbsent,
      ifRevision: flags.ifRevision,
      ttlMs: flags.ttl,
    });
  },
});

/** Checks that stdin, which can be read once, is named once. */
function checkStdin(assignments: readonly Assignment[]): void {
  const [, second] = assignments.filter(({ text }) => text === "-");
  if (second === undefined) return;
  throw new CicdStateError(
    "USAGE",
    `Cannot set "${second.path}": stdin is already the value of another path`,
    { hint: "Use - once" },
  );
}
