/** How much is logged, from most to least. The names are Python's. */
export const LOG_LEVELS = [
  "DEBUG",
  "INFO",
  "WARNING",
  "ERROR",
  "CRITICAL",
] as const;

/** A level of the log: what is below it is left out. */
export type LogLevel = typeof LOG_LEVELS[number];

/** Where a command reports what it does. */
export interface Logger {
  /**
   * Reports a detail for those who look for a fault. Without it, such messages
   * are not even made.
   */
  debug?(message: string): void;
  /** Reports a step that users expect to see. */
  info(message: string): void;
  /** Reports what went wrong and does not fail the command. */
  warn(message: string): void;
  /** Reports what went wrong. */
  error(message: string): void;
}

/** Options of {@linkcode createLogger}. */
export interface LoggerOptions {
  /** What is below it is left out. */
  readonly level: LogLevel;
  /** Takes a line without its line end. */
  readonly write: (line: string) => void;
  /** Hides secrets in a text. */
  readonly mask: (text: string) => string;
}

/** Makes a logger that writes one masked line for each message. */
export function createLogger(options: LoggerOptions): Logger {
  const { level, write, mask } = options;
  const threshold = LOG_LEVELS.indexOf(level);

  function log(at: LogLevel, prefix: string, message: string): void {
    if (LOG_LEVELS.indexOf(at) < threshold) return;
    write(prefix + toOneLine(mask(message)));
  }

  return {
    ...level === "DEBUG" && {
      debug: (message: string) => log("DEBUG", "debug: ", message),
    },
    info: (message) => log("INFO", "", message),
    warn: (message) => log("WARNING", "warning: ", message),
    error: (message) => log("ERROR", "error: ", message),
  };
}

/**
 * Escapes control characters, so that what a server or a commit message says
 * can neither forge a line of the log nor steer a terminal.
 */
export function toOneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, escapeCharacter);
}

// Control characters but tabs and line ends, and those that reorder text.
const UNSAFE_REGEXP =
  // deno-lint-ignore no-control-regex -- they are what it looks for
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Escapes what could steer a terminal or show a text in another order.
 *
 * @param text Lines of text.
 * @returns The lines.
 */
export function toTerminal(text: string): string {
  return text.replace(UNSAFE_REGEXP, escapeCharacter);
}

function escapeCharacter(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
