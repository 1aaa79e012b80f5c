import type { CicdStateMgr } from "../manager/manager.ts";
import {
  asSentence,
  createLogger,
  type Logger,
  type LogLevel,
  toOneLine,
} from "../util/log.ts";
import type { SignalWatch } from "./signals.ts";
import type { Spinner } from "./spinner.ts";
import type { CommandInvocation, Invocation } from "./invocation.ts";

/** The program's access to the outside world. */
export interface Io {
  /** Writes to stdout; on a terminal escaped, unless it is safe already. */
  readonly out: (text: string, isSafe?: boolean) => void;
  /** Writes to stderr; on a terminal escaped, unless it is safe already. */
  readonly err: (text: string, isSafe?: boolean) => void;
  /** Reports whether stdout or stderr is a terminal. */
  readonly isTerminal: (stream: "stdout" | "stderr") => boolean;
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
  let json: boolean | undefined;
  let spinner: Spinner | undefined;
  let manager: CicdStateMgr | undefined;
  let signals: SignalWatch | undefined;
  const mask = (text: string) => manager?.mask(text) ?? text;
  const err = (text: string) => {
    spinner?.clear();
    io.err(text);
  };
  try {
    if (argv.length === 0) {
      const { overview } = await import("./help/help.ts");
      err(await overview());
      return 2;
    }
    const invocation = await readInvocation(argv, io.env);
    if ("print" in invocation) {
      io.out(invocation.print);
      return 0;
    }
    const { settings, run } = invocation;
    const { color, quiet, logLevel } = settings;
    const isQuiet = quiet && (logLevel === "DEBUG" || logLevel === "INFO");
    const level = isQuiet ? "WARNING" : logLevel;
    debug = level === "DEBUG";
    json = invocation.json;
    if (!json && !quiet && io.isTerminal("stderr")) {
      const { createSpinner } = await import("./spinner.ts");
      spinner = createSpinner((text) => io.err(text, true));
    }
    const log: Logger = {
      ...createLogger({ level, write: json ? writeObject : writeLine, mask }),
      ...spinner && {
        waitFor: (what) => spinner!.waitFor(toOneLine(mask(what))),
      },
    };
    const hasColor = () =>
      color === "always" ||
      (color === "auto" && io.isTerminal("stdout") && !io.env("NO_COLOR"));
    const { readStdin, confirm } = io;
    const out: Io["out"] = (text, isSafe) => {
      spinner?.clear();
      io.out(text, isSafe);
    };
    const open = async () => manager ??= await openManager(settings, log, io);
    const signal = async () => {
      const { watchSignals } = await import("./signals.ts");
      signals ??= watchSignals((name, status) => {
        const message = `Ended by ${name} before the command could end: ` +
          "what it sent or stored last is not known";
        err(
          json
            ? `${JSON.stringify({ code: "INTERRUPTED", message })}\n`
            : `cicdstatemgr: ${message}.\n`,
        );
        io.exit(status);
      });
      return signals.signal;
    };
    try {
      const services = {
        out,
        hasColor,
        readStdin,
        confirm,
        signal,
        log,
        commands: async () =>
          (await import("../commands/registry.ts")).loadCommands(),
        files: settings,
      };
      return await run({ open, ...services }) ?? 0;
    } finally {
      await manager?.close();
    }
  } catch (error) {
    const { asksForJson, reportFailure } = await import("./report.ts");
    json ??= asksForJson(argv);
    const { text, status } = reportFailure(error, { debug, json, mask });
    err(text);
    return signals?.status ?? status;
  } finally {
    signals?.stop();
  }

  /** Writes a message for people. Warnings read as sentences, as failures do. */
  function writeLine(line: string, level: LogLevel): void {
    const text = level === "WARNING" ? asSentence(line) : line;
    err(`cicdstatemgr: ${text}\n`);
  }

  /** Writes a message for programs. */
  function writeObject(_: string, level: LogLevel, message: string): void {
    const time = new Date().toISOString();
    err(`${JSON.stringify({ time, level, message })}\n`);
  }
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
    const { readHelp } = await import("./help/help.ts");
    return await readHelp(rest);
  }
  if (first === "__complete") {
    const { complete } = await import("./complete.ts");
    return { print: await complete(rest, env) };
  }
  if (first.startsWith("-")) {
    const { readOldCommandLine } = await import("./compat.ts");
    return await readOldCommandLine(argv, env);
  }
  const { readCommandLine } = await import("./parse.ts");
  return await readCommandLine(argv, env);
}
