import { type OnceRecord, readOnce } from "../../coordination/once.ts";
import { CicdStateError } from "../../errors.ts";
import { stringifyJson } from "../../formats/json_writer.ts";
import { toOneLine } from "../../util/log.ts";
import { command, DOCUMENT, OUTPUT } from "../shared/command.ts";
import { checkMayRun, orFailure, SignalRelay } from "./child.ts";
import { COMMAND_LINE, LEASE } from "./shared_flags.ts";

export default command({
  name: "once",
  group: "Processes",
  summary: "Run a command unless the document says that it is done",
  about: [
    "The document records when CMD began and ended, its exit status, and who ran " +
    "it. Once it has ended with 0, this command does nothing and exits with 0, so " +
    "that a pipeline that runs again skips what is done. A CMD that failed runs " +
    "again. Replacing the document deletes these records.",
    "A second caller waits for the first one. If that one dies, another " +
    "takes over after --ttl plus one second. Signals are passed on to CMD. If the first " +
    "one still runs but was presumed dead, its CMD gets SIGTERM and it exits with 4.",
  ],
  arguments: {
    name: {
      type: "string",
      value: "NAME",
      parse: (text: string) => /^[^:]+$/.test(text) ? text : undefined,
      expects: "a name without a colon",
      help: "What is done once.",
    },
    argv: { ...COMMAND_LINE, optional: true },
  },
  flags: {
    ...DOCUMENT,
    key: {
      type: "string",
      value: "KEY",
      help: "Do it once for each KEY, such as a commit.",
    },
    ...LEASE,
    show: { type: "switch", help: "Print what is recorded, and run nothing." },
    output: {
      ...OUTPUT.output,
      help: "How to print it.",
      needs: "show",
    },
  },
  examples: [
    {
      line: "once migrate -- make migrate",
      help: "Migrate the database, unless an earlier run has",
    },
    {
      line: "once publish --key 1f2e -- make publish",
      help: "Publish each commit once",
    },
    { line: "once migrate --show", help: "Print who did it, and when" },
  ],
  exits: {
    3: "There is no such document, or --show finds nothing",
    4: "Another process took over while CMD ran, or the document was replaced",
    5: "Another process did not end in time, or a server did not answer in time",
    126: "CMD cannot be run",
    127: "There is no such program as CMD",
  },
  async run({ args: { name, argv }, flags, open, out, log }) {
    const { id, key, show, output } = flags;
    checkArguments(show, argv);
    if (show) {
      const { document } = await (await open()).read(id);
      const record = readOnce(document, name, key);
      if (record === undefined) throw neverBegan(name, key, id);
      return out(output === "json" ? asJson(record) : asText(record));
    }
    await checkMayRun(argv[0]!);
    const manager = await open();
    using relay = new SignalRelay();
    return await orFailure(relay, async () => {
      const { ran, record } = await manager.once(
        id,
        name,
        ({ token, signal }) =>
          relay.run(argv, {
            env: { CICDSTATEMGR_LOCK_TOKEN: String(token) },
            terminate: signal,
          }),
        {
          key,
          ttlMs: flags.ttl,
          timeoutMs: flags.wait,
          signal: relay.signal,
        },
      );
      if (ran) return record.exitStatus ?? 0;
      log.info(`once ${name} is ${asText(record).trimEnd()}`);
      return 0;
    });
  },
});

function checkArguments(show: boolean, argv: readonly string[]): void {
  if (show === (argv.length === 0)) return;
  throw show
    ? new CicdStateError("USAGE", "Cannot use --show with a command", {
      hint: "Leave one of them out",
    })
    : new CicdStateError("USAGE", "Argument CMD is missing", {
      hint: "Write cicdstatemgr once NAME -- CMD..., or add --show",
    });
}

function neverBegan(
  name: string,
  key: string | undefined,
  id: string,
): CicdStateError {
  const what = key === undefined ? name : `${name} --key ${key}`;
  return new CicdStateError(
    "NOT_FOUND",
    `"once ${what}" never began in document "${id}"`,
    { hint: "Check the name and the key" },
  );
}

/** Describes a record in one line: `done since 10:00 by ci@build-7`. */
function asText({ start, end, exitStatus, actor }: OnceRecord): string {
  const by = actor === "" ? "" : ` by ${toOneLine(actor)}`;
  const state = end === null
    ? "begun and not ended"
    : exitStatus === 0
    ? "done"
    : `failed with exit status ${exitStatus}`;
  const times = end === null ? start : `${start} to ${end}`;
  return `${state}: ${times}${by}\n`;
}

function asJson(record: OnceRecord): string {
  return `${stringifyJson({ ...record }, { indent: 2 })}\n`;
}
