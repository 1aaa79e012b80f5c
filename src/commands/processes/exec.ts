import { prepareVariables } from "../../formats/export/targets.ts";
import { command, DOCUMENT } from "../shared/command.ts";
import {
  readVariables,
  VARIABLES,
  VARIABLES_PATH,
} from "../shared/variables.ts";
import { checkMayRun, orFailure, SignalRelay } from "./child.ts";
import { COMMAND_LINE } from "./shared_flags.ts";

export default command({
  name: "exec",
  group: "Processes",
  summary: "Run a command with values in its environment",
  about: [
    "CMD gets a variable for each value below PATH, named and checked as " +
    "export names and checks them, besides the variables of this program. " +
    "Signals are passed on to CMD, and its exit status is that of this command: " +
    "128+N if signal N ended it.",
  ],
  arguments: {
    path: VARIABLES_PATH,
    argv: COMMAND_LINE,
  },
  flags: { ...DOCUMENT, ...VARIABLES },
  examples: [
    {
      line: "exec state.git -- make release",
      help: "Run make with the variables sha and branch",
    },
    {
      line: "exec state.git --prefix GIT_ --upper -- sh -c 'echo $GIT_SHA'",
      help: "Let a shell read GIT_SHA and GIT_BRANCH",
    },
  ],
  exits: {
    1: "Failed, or a variable cannot hold a name or a value",
    3: "There is no such document, or nothing at PATH",
    126: "CMD cannot be run",
    127: "There is no such program as CMD",
  },
  async run({ args: { path, argv }, flags, open }) {
    await checkMayRun(argv[0]!);
    const manager = await open();
    const variables = prepareVariables(
      await readVariables(manager, path, flags),
      // The environment of a program has the limits of exported variables.
      { target: "environment", exported: true },
    );
    // CMD may run for long.
    await manager.close();
    const env = Object.fromEntries(
      variables.map(({ name, text }) => [name, text]),
    );
    using relay = new SignalRelay();
    return await orFailure(relay, () => relay.run(argv, { env }));
  },
});
