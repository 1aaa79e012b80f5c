import {
  encodeCommand,
  RedisReplyError,
  type Reply,
  ReplyParser,
  RespSyntaxError,
} from "./resp.ts";

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

  /** Returns the same failure of a connection over which nothing was sent yet. */
  asUnsent(): RedisConnectionError {
    const { fault, message, wasReached, cause } = this;
    return new RedisConnectionError(fault, message, { wasReached, cause });
  }
}

/** A command that was sent and not answered yet. */
interface Pending {
  resolve(reply: Reply): void;
  reject(error: Error): void;
  readonly giveUpAt: number;
}

/** One connection. Replies arrive in the order in which commands were sent. */
export class Wire {
  /** Resolves when the connection has ended. */
  readonly ended: Promise<void>;
  readonly #conn: Deno.Conn;
  readonly #timeoutMs: number;
  readonly #onMessage: (() => void) | undefined;
  readonly #pending: Pending[] = [];
  readonly #outgoing: Uint8Array[] = [];
  #flushing = false;
  #watched: AbortSignal | undefined;
  #failure: Error | undefined;

  /**
   * @param conn The connection.
   * @param timeoutMs Milliseconds that the server may take to answer a command.
   * @param onMessage Called for a reply to no command: a message of a channel.
   */
  constructor(conn: Deno.Conn, timeoutMs: number, onMessage?: () => void) {
    this.#conn = conn;
    this.#timeoutMs = timeoutMs;
    this.#onMessage = onMessage;
    this.ended = this.#receive();
  }

  /**
   * Sends a command.
   *
   * @param command The command's name.
   * @param args Its arguments.
   * @returns The reply.
   * @throws {RedisReplyError} If the server refuses it.
   * @throws {RedisConnectionError} If there is no answer.
   * @throws {RespSyntaxError} If the server does not speak Redis' protocol.
   */
  send(
    command: string,
    args: (string | number | Uint8Array)[],
  ): Promise<Reply> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const giveUpAt = performance.now() + this.#timeoutMs;
    this.#pending.push({ resolve, reject, giveUpAt });
    if (this.#watched === undefined) this.#watch(this.#timeoutMs);
    this.#outgoing.push(...encodeCommand(command, args));
    this.#flush();
    return promise;
  }

  /** Ends the connection. Without it, open replies could not be matched. */
  fail(error: Error): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    // A listener would keep the process alive until the time is up.
    this.#watched?.removeEventListener("abort", this.#checkOldest);
    for (const { reject } of this.#pending.splice(0)) reject(error);
    this.#conn.close();
  }

  /**
   * Checks after a while whether the oldest command is still unanswered. Not
   * with `setTimeout`: its first use delays a process by as much as everything
   * else here together.
   */
  #watch(ms: number): void {
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(ms)));
    this.#watched = signal;
    signal.addEventListener("abort", this.#checkOldest);
  }

  readonly #checkOldest = (): void => {
    this.#watched = undefined;
    const oldest = this.#pending[0];
    if (oldest === undefined) return;
    const leftMs = oldest.giveUpAt - performance.now();
    if (leftMs > 0) return this.#watch(leftMs);
    this.fail(
      new RedisConnectionError(
        "timeout",
        `no answer within ${this.#timeoutMs} ms`,
        { wasReached: true, isUnanswered: true },
      ),
    );
  };

  async #flush(): Promise<void> {
    // One write at a time: two that are each split into pieces would mix.
    if (this.#flushing) return;
    this.#flushing = true;
    try {
      for (
        let chunk = this.#outgoing.shift();
        chunk !== undefined;
        chunk = this.#outgoing.shift()
      ) {
        for (let sent = 0; sent < chunk.length;) {
          sent += await this.#conn.write(chunk.subarray(sent));
        }
      }
    } catch (error) {
      this.#lose(error);
    }
    this.#flushing = false;
  }

  async #receive(): Promise<void> {
    const parser = new ReplyParser();
    const buffer = new Uint8Array(64 * 1024);
    try {
      while (this.#failure === undefined) {
        const size = await this.#conn.read(buffer);
        if (size === null) throw new Error("the server closed the connection");
        parser.push(buffer.subarray(0, size));
        for (
          let reply = parser.next();
          reply !== undefined;
          reply = parser.next()
        ) this.#settle(reply);
      }
    } catch (error) {
      this.#lose(error);
    }
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.shift();
    if (pending === undefined) {
      if (this.#onMessage !== undefined) return this.#onMessage();
      // For example, that it takes no more clients.
      throw reply instanceof RedisReplyError
        ? reply
        : new RespSyntaxError("it sent a reply to no command");
    }
    if (reply instanceof RedisReplyError) pending.reject(reply);
    else pending.resolve(reply);
  }

  #lose(cause: unknown): void {
    if (cause instanceof RespSyntaxError || cause instanceof RedisReplyError) {
      return this.fail(cause);
    }
    const message = cause instanceof Error ? cause.message : String(cause);
    this.fail(
      new RedisConnectionError("lost", message, {
        wasReached: true,
        isUnanswered: true,
        cause,
      }),
    );
  }
}
