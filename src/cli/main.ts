import type { CicdStateMgr } from "../manager/manager.ts";
import { asSentence, createLogger, type Logger } from "../util/log.ts";
import type { SignalWatch } from "./signals.ts";
import type { CommandInvocation, Invocation } from "./invocation.ts";

/** The program's access to the outside world. */
export interface Io {
  /** Writes to stdout. */
  readonly out: (text: string) => void;
  /** Writes to stderr. */
  readonly err: (text: string) => void;
  /** Reads all of stdin. */
  readonly readStdin: () => Promise<Uint8Array>;
  /** Reads an environment variable. */
  readonly env: (name: string) => string | undefined;
  /** Asks a yes-or-no question; `undefined` if stdin is not a terminal. */
  readonly confirm: (question: string) => boolean | undefined;
  /** Returns who runs the program, such as `root@host`, as far as permissions allow. */
  readonly user: () => string;
  /** Ends the process at once. */
  readonly exit: (status: number) => void;
}

/**
 * Runs a command line.
 *
 * @param argv The arguments after the program's name.
 * @param io The program's access to the outside world.
 * @returns The exit status.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let debug = false;
  let json = asksForJson(argv);
  let manager: CicdStateMgr | undefined;
  let signals: SignalWatch | undefined;
  const mask = (text: string) => manager?.mask(text) ?? text;
  try {
    if (argv.length === 0) {
      const { overview } = await import("./help.ts");
      io.err(await overview());
      return 2;
    }
    const invocation = await readInvocation(argv, io.env);
    if ("print" in invocation) {
      io.out(invocation.print);
      return 0;
    }
    const { settings, run } = invocation;
    const level = settings.logLevel;
    debug = level === "DEBUG";
    json = invocation.json;
    const log = createLogger({
      level,
      // Warnings read as sentences, as failures do.
      write: (line) =>
        io.err(
          `cicdstatemgr: ${
            line.startsWith("warning: ") ? asSentence(line) : line
          }\n`,
        ),
      mask,
    });
    const { out, readStdin, confirm } = io;
    const open = async () => manager ??= await openManager(settings, log, io);
    const signal = async () => {
      const { watchSignals } = await import("./signals.ts");
      signals ??= watchSignals((name, status) => endNow(name, status, io));
      return signals.signal;
    };
    try {
      return await run({ open, out, readStdin, confirm, signal, log }) ?? 0;
    } finally {
      await manager?.close();
    }
  } catch (error) {
    const { reportFailure } = await import("./report.ts");
    const { text, status } = reportFailure(error, { debug, json, mask });
    io.err(text);
    return signals?.status ?? status;
  } finally {
    signals?.stop();
  }
}

/**
 * Reports whether a command line, which may be invalid, asks for JSON. Only
 * commands can, not the old flags.
 */
function asksForJson(argv: readonly string[]): boolean {
  if (argv[0]?.startsWith("-")) return false;
  const end = argv.indexOf("--");
  return argv.slice(0, end < 0 ? undefined : end).some((argument, index) =>
    argument === "--output=json" ||
    (argument === "json" && argv[index - 1] === "--output")
  );
}

/** Ends the process if it is still running a second after a signal. */
function endNow(name: string, status: number, io: Io): void {
  io.err(
    `cicdstatemgr: Ended by ${name} before the command could end: ` +
      "what it sent or stored last is not known.\n",
  );
  io.exit(status);
}

async function openManager(
  settings: CommandInvocation["settings"],
  logger: Logger,
  io: Io,
): Promise<CicdStateMgr> {
  if (settings.config === undefined) {
    const { missingFlag } = await import("./arguments.ts");
    const { GLOBAL_FLAGS } = await import("../commands/shared/command.ts");
    throw missingFlag("config", GLOBAL_FLAGS.config);
  }
  const { CicdStateMgr } = await import("../manager/manager.ts");
  return await CicdStateMgr.open({
    config: settings.config,
    secrets: settings.secrets,
    logger,
    actor: io.env("CICDSTATEMGR_ACTOR") || io.user(),
  });
}

/** Reads a command line: a command, or old flags. */
async function readInvocation(
  argv: readonly string[],
  env: Io["env"],
): Promise<Invocation> {
  const [first = "", ...rest] = argv;
  if (first === "help" || first === "--help" || first === "-h") {
    const { readHelp } = await import("./help.ts");
    return await readHelp(rest);
  }
  if (first.startsWith("-")) {
    const { readOldCommandLine } = await import("./compat.ts");
    return await readOldCommandLine(argv, env);
  }
  const { readCommandLine } = await import("./parse.ts");
  return await readCommandLine(argv, env);
}
