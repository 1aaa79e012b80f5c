import type { CommandContext } from "../commands/command.ts";
import { CicdStateError } from "../errors.ts";
import { CicdStateMgr } from "../manager/manager.ts";
import { parseDuration } from "../util/duration.ts";
import { createLogger, LOG_LEVELS, type LogLevel } from "../util/log.ts";
import { VERSION } from "../version.ts";
import { type ParsedFlags, parseFlags } from "./parse_flags.ts";

/** What the program has of the outside world. */
export interface Io {
  /** Writes to stdout. */
  readonly out: (text: string) => void;
  /** Writes to stderr. */
  readonly err: (text: string) => void;
  /** Reads an environment variable. */
  readonly env: (name: string) => string | undefined;
  /** Asks a yes-or-no question; `undefined`: there is no terminal. */
  readonly confirm: (question: string) => boolean | undefined;
  /** Names who runs the program, as far as that may be known: `root@host`. */
  readonly user: () => string;
}

interface Command {
  run(context: CommandContext): Promise<void>;
}

/** Flag to command: the first flag that is given decides. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  // Before all commands that would send and store.
  ["dry-run", () => import("../commands/dry_run.ts")],
  ["init-new", () => import("../commands/init.ts")],
  ["load", () => import("../commands/load.ts")],
  ["get", () => import("../commands/get.ts")],
  ["generate", () => import("../commands/generate.ts")],
  ["handle-event", () => import("../commands/handle_event.ts")],
  ["set", () => import("../commands/set.ts")],
  ["history", () => import("../commands/history.ts")],
  ["diff", () => import("../commands/diff.ts")],
  ["rollback", () => import("../commands/rollback.ts")],
  ["list", () => import("../commands/list.ts")],
  ["delete-context", () => import("../commands/delete_context.ts")],
]);

/**
 * Runs a command line.
 *
 * @param argv The arguments behind the program's name.
 * @param io What the program has of the outside world.
 * @returns The exit status.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let debug = false;
  let mask = (text: string) => text;
  try {
    const flags = parseFlags(argv, io.env);
    if (flags.has("help")) {
      const { helpText } = await import("./help.ts");
      io.out(helpText(VERSION));
      return 0;
    }
    if (flags.has("version")) {
      io.out(`cicdstatemgr ${VERSION}\n`);
      return 0;
    }
    const level = readLogLevel(flags);
    debug = level === "DEBUG";
    const command = await findCommand(flags);
    const log = createLogger({
      level,
      write: (line) => io.err(`cicdstatemgr: ${line}\n`),
      mask: (text) => mask(text),
    });
    await using manager = await CicdStateMgr.open({
      config: readConfigPath(flags),
      secrets: flags.value("secrets"),
      logger: log,
      actor: io.env("CICDSTATEMGR_ACTOR") || io.user(),
      ttlMs: readTtl(flags),
    });
    mask = (text) => manager.mask(text);
    const { out, confirm } = io;
    await command.run({ args: flags, manager, out, confirm, log });
    return 0;
  } catch (error) {
    const { reportFailure } = await import("./report.ts");
    const { text, status } = reportFailure(error, debug);
    io.err(mask(text));
    return status;
  }
}

function readLogLevel(flags: ParsedFlags): LogLevel {
  const text = flags.value("log-level") ?? "INFO";
  const name = text.toUpperCase();
  const level = LOG_LEVELS.find((level) => level === name);
  if (level !== undefined) return level;
  // Python's own short forms of two levels.
  if (name === "WARN") return "WARNING";
  if (name === "FATAL") return "CRITICAL";
  throw new CicdStateError("USAGE", `Unknown --log-level "${text}"`, {
    hint: `Known are ${LOG_LEVELS.join(", ")}`,
  });
}

function readTtl(flags: ParsedFlags): number | undefined {
  const text = flags.value("ttl");
  if (text === undefined) return undefined;
  const ttlMs = parseDuration(text);
  if (ttlMs !== undefined) return ttlMs;
  throw new CicdStateError("USAGE", `Cannot parse --ttl "${text}"`, {
    hint: "Write a number and a unit: 90s, 30m, 12h or 7d",
  });
}

function findCommand(flags: ParsedFlags): Promise<Command> {
  for (const [flag, load] of COMMANDS) {
    if (flags.has(flag)) return load();
  }
  const names = [...COMMANDS.keys()].slice(1).map((flag) => `--${flag}`)
    .join(", ");
  throw new CicdStateError("USAGE", "No command is given", {
    hint: `Add one of ${names}; an empty value counts as none. See --help`,
  });
}

function readConfigPath(flags: ParsedFlags): string {
  const path = flags.value("config");
  if (path) return path;
  throw new CicdStateError("USAGE", "No config is given", {
    hint: "Pass --config FILE or set CICDSTATEMGR_CONFIG_PATH",
  });
}
