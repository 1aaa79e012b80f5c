import { CicdStateError } from "../../errors.ts";
import { backoffMs, delay } from "../../util/concurrency.ts";
import type { RedisClient } from "./client.ts";
import { RedisConnectionError } from "./wire.ts";
import type { RedisTarget } from "./error.ts";
import { EXTRA_KEYS, type Script } from "./scripts.ts";

/**
 * Names a document's keys, all in one hash slot of a cluster.
 *
 * @param id The document's id, which is its key.
 * @returns The keys, in the scripts' order.
 */
export function documentKeys(id: string): string[] {
  const open = id.indexOf("{");
  const close = open < 0 ? -1 : id.indexOf("}", open);
  // An id may have a hash tag itself; its other keys then share that. The
  // suffix keeps the keys of "{a}" apart from those of "a".
  const [stem, suffix] = close > open + 1 ? [id, ":tagged"] : [`{${id}}`, ""];
  return [
    id,
    ...EXTRA_KEYS.map((name) => `${stem}:cicdstatemgr:${name}${suffix}`),
  ];
}

/** Replies after which the same command may succeed. */
const PASSING_REGEXP = /^-?(LOADING|MASTERDOWN|TRYAGAIN|NOREPLICAS)\b/;
/** Further ones, of a client that finds another node by itself. */
const PASSING_ELSEWHERE_REGEXP = /^-?(READONLY|CLUSTERDOWN)\b/;
/** How long the server itself waits for its replicas. */
const WAIT_MS = 1000;
const REPLY_REGEXP = /^-?[A-Z]{2,} /;

/** Options of {@linkcode ScriptRunner.run}. */
interface RunOptions {
  /** Until it is aborted, a command that a connection failure cut off is retried. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the script writes a document. */
  readonly writes?: boolean;
}

/** A client that can send two commands over one connection, whatever happens. */
export interface PairingClient extends RedisClient {
  /** Sends two commands. Fails if the first one fails. */
  sendPair?(
    first: [command: string, args: (string | number)[]],
    second: [command: string, args: (string | number)[]],
  ): Promise<[unknown, unknown]>;
}

/** Options of {@linkcode ScriptRunner}. */
interface ScriptRunnerOptions {
  /** The client. */
  readonly client: PairingClient;
  /** The server, for messages. */
  readonly target: RedisTarget;
  /** How many replicas must have a write. */
  readonly waitReplicas: number;
}

/** Runs scripts on the keys of one document. Every script may be sent twice. */
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
   * @param script The script.
   * @param id The document's id.
   * @param args The script's arguments.
   * @param options When to give up, and whether it writes.
   * @returns Its reply.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`; always `TIMEOUT` if a write was sent and its answer is missing.
   */
  async run<Reply>(
    script: Script<Reply>,
    id: string,
    args: (string | number)[],
    { signal, writes = false }: RunOptions = {},
  ): Promise<Reply> {
    const keys = documentKeys(id);
    const command = [script.source, keys.length, ...keys, ...args];
    let mayHaveRun = false;
    for (let attempt = 1;; attempt++) {
      try {
        return script.read(
          writes && this.#waitReplicas > 0
            ? await this.#runAndWait(command)
            : await this.#client.sendCommand("EVAL", command),
        );
      } catch (error) {
        mayHaveRun ||= writes && this.#isUnanswered(error);
        const retries = signal !== undefined && !signal.aborted &&
          this.#mayPass(error) &&
          // This failure says more than that the time was up.
          await delay(backoffMs(attempt, { baseMs: 20 }), signal)
            .then(() => true, () => false);
        if (!retries) throw await this.#failure(error, mayHaveRun);
      }
    }
  }

  /**
   * Sends a command that concerns no single document.
   *
   * @param client The client, or one of a cluster's nodes.
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
      throw await this.#failure(error, false);
    }
  }

  /**
   * Runs a script and waits for the replicas. Both commands use one connection,
   * because the server waits for what that connection wrote.
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
      `${reached} of ${this.#waitReplicas} replicas have the change`,
      { wasReached: true, isUnanswered: true },
    );
  }

  #mayPass(error: unknown): boolean {
    if (error instanceof RedisConnectionError) return error.wasReached;
    if (!(error instanceof Error)) return false;
    if (PASSING_REGEXP.test(error.message)) return true;
    if (this.target.endpoint !== undefined) return false;
    return PASSING_ELSEWHERE_REGEXP.test(error.message) ||
      isForeign(error);
  }

  /** Reports whether a command may have run although it failed. */
  #isUnanswered(error: unknown): boolean {
    return error instanceof RedisConnectionError
      ? error.isUnanswered
      : this.target.endpoint === undefined && isForeign(error);
  }

  async #failure(
    error: unknown,
    mayHaveRun: boolean,
  ): Promise<CicdStateError> {
    const { redisError } = await import("./error.ts");
    const failure = redisError(error, this.target);
    if (!mayHaveRun) return failure;
    return new CicdStateError(
      "TIMEOUT",
      `${failure.message}; the change may have been stored`,
      {
        hint:
          `${failure.hint}; check whether the document has the change before running this again`,
        cause: error,
      },
    );
  }
}

/** Reports whether an error is of a connection, as the user's client throws it. */
function isForeign(error: unknown): boolean {
  return error instanceof Error && !(error instanceof CicdStateError) &&
    !(error instanceof TypeError) &&
    !(error instanceof Deno.errors.NotCapable) &&
    !REPLY_REGEXP.test(error.message);
}
