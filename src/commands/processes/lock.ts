import { command, DOCUMENT } from "../shared/command.ts";
import { checkMayRun, orFailure, SignalRelay } from "./child.ts";
import { COMMAND_LINE, LEASE } from "./shared_flags.ts";

export default command({
  name: "lock",
  group: "Processes",
  summary: "Run a command while holding a lock of the document",
  about: [
    "One process at a time holds the lock NAME of a document. It is released " +
    "when CMD ends, however it ends. If this program dies, others get it after " +
    "--ttl plus one second.",
    "CMD finds a fencing token in $CICDSTATEMGR_LOCK_TOKEN: a number that grows " +
    "with each holder. If the lock is lost meanwhile, because this program was " +
    "stopped or the store was unreachable for longer than --ttl, CMD gets SIGTERM and the " +
    "exit status is 4. Otherwise it is that of CMD, and signals are passed on.",
  ],
  uses: { datasources: "primary" },
  arguments: {
    name: { type: "string", value: "NAME", help: "The name of the lock." },
    argv: COMMAND_LINE,
  },
  flags: { ...DOCUMENT, ...LEASE },
  examples: [
    {
      line: "lock deploy --wait 30m -- make deploy",
      help: "Let one pipeline at a time deploy",
    },
    {
      line: "lock cache --wait 0 -- make cache",
      help: "Give up if somebody else holds the lock",
    },
  ],
  exits: {
    3: "There is no such document",
    4: "The lock was lost while CMD ran",
    5: "The lock was not free in time, or a server did not answer in time",
    126: "CMD cannot be run",
    127: "There is no such program as CMD",
  },
  async run({ args: { name, argv }, flags, open }) {
    await checkMayRun(argv[0]!);
    const manager = await open();
    using relay = new SignalRelay();
    return await orFailure(relay, async () => {
      const lock = await manager.lock(flags.id, name, {
        ttlMs: flags.ttl,
        timeoutMs: flags.wait,
        signal: relay.signal,
      });
      const status = await relay.run(argv, {
        env: { CICDSTATEMGR_LOCK_TOKEN: String(lock.token) },
        terminate: lock.signal,
      });
      await lock.release();
      return status;
    });
  },
});
