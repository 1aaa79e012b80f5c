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
  return text.replace(/\p{Cc}/gu, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    const code = character.charCodeAt(0).toString(16).padStart(2, "0");
    return `\\x${code}`;
  });
}
