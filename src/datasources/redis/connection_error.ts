/**
 * What went wrong with a connection:
 *
 * - `connect`: there is none;
 * - `lost`: it ended;
 * - `timeout`: the server did not answer in time.
 */
export type ConnectionFault = "connect" | "lost" | "timeout";

/** Options of {@linkcode RedisConnectionError}. */
interface ConnectionErrorOptions {
  /** Whether the server was reached before, so that it may come back. */
  readonly wasReached: boolean;
  /**
   * Whether a command was sent whose answer is missing: it may have run.
   *
   * @default {false}
   */
  readonly isUnanswered?: boolean;
  /** The failure underneath. */
  readonly cause?: unknown;
}

/** A server that cannot be reached or does not answer. */
export class RedisConnectionError extends Error {
  /** What went wrong. */
  readonly fault: ConnectionFault;
  /** Whether the server was reached before, so that it may come back. */
  readonly wasReached: boolean;
  /** Whether a command was sent whose answer is missing: it may have run. */
  readonly isUnanswered: boolean;

  /**
   * @param fault What went wrong.
   * @param message The details.
   * @param options What is known of the server and the command.
   */
  constructor(
    fault: ConnectionFault,
    message: string,
    { wasReached, isUnanswered = false, cause }: ConnectionErrorOptions,
  ) {
    super(message, { cause });
    this.name = "RedisConnectionError";
    this.fault = fault;
    this.wasReached = wasReached;
    this.isUnanswered = isUnanswered;
  }
}
