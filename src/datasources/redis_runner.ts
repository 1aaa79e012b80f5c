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
/** How long the server itself waits for its replicas. */
const WAIT_MS = 1000;
const REPLY_REGEXP = /^-?[A-Z]{2,} /;

/** Options of {@linkcode ScriptRunner.run}. */
export interface RunOptions {
  /** Until then, what a broken connection cut off is tried again. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the script writes a document. */
  readonly writes?: boolean;
}

/** A client that can send two commands over one connection, whatever happens. */
export interface PairingClient extends RedisClient {
  /** Sends two commands; fails with the failure of the first. */
  sendPair?(
    first: [command: string, args: (string | number)[]],
    second: [command: string, args: (string | number)[]],
  ): Promise<[unknown, unknown]>;
}

/** What {@linkcode ScriptRunner} needs to know. */
export interface ScriptRunnerOptions {
  /** The client. */
  readonly client: PairingClient;
  /** The server, for messages. */
  readonly target: RedisTarget;
  /** How many replicas must have a write. */
  readonly waitReplicas: number;
}

/** Runs scripts on one document's keys; every script may be sent twice. */
export class ScriptRunner {
  /** The server, for messages. */
  readonly target: RedisTarget;
  readonly #client: PairingClient;
  readonly #waitReplicas: number;

  /** @param options The client and the server. */
  constructor({ client, target, waitReplicas }: ScriptRunnerOptions) {
    this.#client = client;
    this.target = target;
    this.#waitReplicas = waitReplicas;
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
    const command = [script, keys.length, ...keys, ...args];
    for (let attempt = 1;; attempt++) {
      try {
        return writes && this.#waitReplicas > 0
          ? await this.#runAndWait(command)
          : await this.#client.sendCommand("EVAL", command);
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

  /**
   * Runs a script and waits for the replicas. Both go over one connection: the
   * server waits for what this connection wrote.
   */
  async #runAndWait(command: (string | number)[]): Promise<unknown> {
    const wait = [this.#waitReplicas, WAIT_MS];
    const [reply, reached] = this.#client.sendPair === undefined
      ? await Promise.all([
        this.#client.sendCommand("EVAL", command),
        this.#client.sendCommand("WAIT", wait),
      ])
      : await this.#client.sendPair(["EVAL", command], ["WAIT", wait]);
    if (reply === null || Number(reached) >= this.#waitReplicas) return reply;
    throw new RedisConnectionError(
      "timeout",
      true,
      `${reached} of ${this.#waitReplicas} replicas have the change`,
    );
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
