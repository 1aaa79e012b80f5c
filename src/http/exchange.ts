import { delay } from "../util/concurrency.ts";

/** A request as it is sent once. */
export interface HttpRequest {
  /** Where it goes, without user and password. */
  readonly url: URL;
  readonly method: "GET" | "POST";
  /** Lowercase names and their values. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body, which is sent as UTF-8. */
  readonly body: string | undefined;
}

/** A response whose body has not been read yet. */
export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Returns the value of a header. The name is in lower case. */
  header(name: string): string | undefined;
  /**
   * Reads the body.
   *
   * @param maxBytes The maximum size, after decompression.
   * @returns The body, or `undefined` if it is larger.
   * @throws {ExchangeError} If it ends early or is invalid.
   */
  text(maxBytes: number): Promise<string | undefined>;
  /** Frees what the response holds. */
  close(): void;
}

/**
 * Sends a request and reads the head of the response.
 *
 * @param request The request.
 * @param signal Aborts it, and reading the body.
 * @returns The response. Close it after use.
 * @throws {ExchangeError} If there is none; `NotCapable` without permission; any
 * error after the signal was aborted.
 */
export type Exchange = (
  request: HttpRequest,
  signal: AbortSignal,
) => Promise<HttpAnswer>;

/** Why a server did not answer. */
export class ExchangeError extends Error {
  /** Whether another attempt may succeed. */
  readonly mayRepeat: boolean;

  constructor(message: string, mayRepeat: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = "ExchangeError";
    this.mayRepeat = mayRepeat;
  }
}

/** How long reading may go on without a break, in milliseconds. */
const MAX_BUSY_MS = 20;

/**
 * Takes breaks from reading. Reads that complete at once keep timers and signals
 * waiting, the time limit among them.
 */
export class Breaks {
  readonly #signal: AbortSignal;
  #last = performance.now();

  /**
   * Creates it when reading begins.
   *
   * @param signal Aborts reading.
   */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /**
   * Lets timers and signals run if they have waited for some time. Call it before
   * each read.
   *
   * @throws The reason of the signal, if it is aborted.
   */
  async take(): Promise<void> {
    if (performance.now() - this.#last < MAX_BUSY_MS) return;
    await delay(0, this.#signal);
    this.#last = performance.now();
  }
}
