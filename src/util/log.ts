/** The log levels, from the most to the least output, with Python's names. */
export const LOG_LEVELS = [
  "DEBUG",
  "INFO",
  "WARNING",
  "ERROR",
  "CRITICAL",
] as const;

/** A log level. Messages below it are not logged. */
export type LogLevel = typeof LOG_LEVELS[number];

/** Receives the messages of a command. */
export interface Logger {
  /**
   * Logs a detail that helps to find a fault. It is missing if such messages are
   * not logged, so that callers need not even build them.
   */
  debug?(message: string): void;
  /** Logs a step that users expect to see. */
  info(message: string): void;
  /** Logs a problem that does not fail the command. */
  warn(message: string): void;
  /** Logs a problem that fails the command. */
  error(message: string): void;
  /**
   * Shows on a terminal what is waited for. It is missing if nobody would see it.
   *
   * @param what For example `datasource "redis"`.
   * @returns The wait, which ends when it is disposed.
   */
  waitFor?(what: string): Disposable;
}

/** Options of {@linkcode createLogger}. */
export interface LoggerOptions {
  /** The lowest level that is logged. */
  readonly level: LogLevel;
  /**
   * Writes a message: as a line, which has no line break at its end, or in a form
   * of its own.
   */
  readonly write: (line: string, level: LogLevel, message: string) => void;
  /** Masks the secrets in a message. */
  readonly mask: (text: string) => string;
}

/** Creates a logger that writes each message as one line, with secrets masked. */
export function createLogger(options: LoggerOptions): Logger {
  const { level, write, mask } = options;
  const threshold = LOG_LEVELS.indexOf(level);

  function log(at: LogLevel, prefix: string, message: string): void {
    if (LOG_LEVELS.indexOf(at) < threshold) return;
    const masked = mask(message);
    write(prefix + toOneLine(masked), at, masked);
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
 * Ends a text with a period, unless it ends a sentence already.
 *
 * @param text The text.
 * @returns The sentence; empty if the text is blank.
 */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" || /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

// Control characters can steer a terminal, and bidirectional controls can change
// the order in which it shows text.
const UNSAFE_REGEXP = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Escapes line breaks, tabs and every other character that can control a
 * terminal or reorder text, so that a server's answer or a commit message
 * cannot forge a line of the log.
 *
 * @param text The text.
 * @returns One line.
 */
export function toOneLine(text: string): string {
  return text.replace(UNSAFE_REGEXP, escapeCharacter);
}

/**
 * Escapes characters that can control a terminal or reorder text, except line
 * breaks and tabs.
 *
 * @param text Lines of text.
 * @returns The lines.
 */
export function toTerminal(text: string): string {
  return text.replace(
    UNSAFE_REGEXP,
    (character) =>
      character === "\n" || character === "\t"
        ? character
        : escapeCharacter(character),
  );
}

function escapeCharacter(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  const code = character.charCodeAt(0);
  // JSON never has the first ones. The others stay valid in it.
  return code < 0x7f
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
