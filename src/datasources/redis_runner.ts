import { CicdStateError } from "../errors.ts";
import { backoffMs, delay } from "../util/retry.ts";
import { RedisConnectionError } from "./redis_client.ts";
import { redisError, type RedisTarget } from "./redis_error.ts";
import { documentKeys } from "./redis_scripts.ts";
import type { RedisClient } from "./types.ts";

/** Answers after which the same command may succeed. */
const PASSING_REGEXP = /^-?(LOADING|MASTERDOWN|TRYAGAIN|NOREPLICAS)\b/;
/** The same of a client that finds its way to another node by itself. */
const PASSING_ELSEWHERE_REGEXP = /^-?(READONLY|CLUSTERDOWN)\b/;
const REPLY_REGEXP = /^-?[A-Z]{2,} /;

/** Options of {@linkcode ScriptRunner.run}. */
export interface RunOptions {
  /** Until then, what a broken connection cut off is tried again. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the script writes a document. */
  readonly writes?: boolean;
}

/** Runs scripts on one document's keys; every script may be sent twice. */
export class ScriptRunner {
  /** The server, for messages. */
  readonly target: RedisTarget;
  readonly #client: RedisClient;

  /**
   * @param client The client.
   * @param target The server, for messages.
   */
  constructor(client: RedisClient, target: RedisTarget) {
    this.#client = client;
    this.target = target;
  }

  /**
   * Runs a script.
   *
   * @param script Its text.
   * @param id The document's id.
   * @param args The script's arguments.
   * @param options When to give up.
   * @returns Its reply.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  async run(
    script: string,
    id: string,
    args: (string | number)[],
    { signal, writes = false }: RunOptions,
  ): Promise<unknown> {
    const keys = documentKeys(id);
    for (let attempt = 1;; attempt++) {
      try {
        return await this.#client.sendCommand("EVAL", [
          script,
          keys.length,
          ...keys,
          ...args,
        ]);
      } catch (error) {
        const again = signal !== undefined && !signal.aborted &&
          this.#mayPass(error) &&
          // The failure tells more than that the time was up.
          await delay(backoffMs(attempt, { baseMs: 20 }), signal)
            .then(() => true, () => false);
        if (!again) throw this.#failure(error, writes);
      }
    }
  }

  /**
   * Sends a command that concerns no single document.
   *
   * @param client The client or one of its nodes.
   * @param command The command's name.
   * @param args Its arguments.
   * @returns The reply.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  async send(
    client: RedisClient,
    command: string,
    args: (string | number)[],
  ): Promise<unknown> {
    try {
      return await client.sendCommand(command, args);
    } catch (error) {
      throw redisError(error, this.target);
    }
  }

  #mayPass(error: unknown): boolean {
    if (error instanceof RedisConnectionError) return error.reachedBefore;
    if (!(error instanceof Error) || error instanceof CicdStateError) {
      return false;
    }
    if (PASSING_REGEXP.test(error.message)) return true;
    if (this.target.endpoint !== undefined) return false;
    if (PASSING_ELSEWHERE_REGEXP.test(error.message)) return true;
    // A client that was handed over has errors of its own for connections.
    return !REPLY_REGEXP.test(error.message) && !(error instanceof TypeError);
  }

  #failure(error: unknown, writes: boolean): CicdStateError {
    const failure = redisError(error, this.target);
    const answerLost = error instanceof RedisConnectionError &&
      error.fault !== "connect" && error.reachedBefore;
    if (!writes || !answerLost) return failure;
    return new CicdStateError(
      failure.code,
      `${failure.message}; whether the change was stored is not known`,
      { hint: failure.hint, cause: error },
    );
  }
}
