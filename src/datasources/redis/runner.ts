import { CicdStateError } from "../../errors.ts";
import { backoffMs, delay } from "../../util/concurrency.ts";
import type { RedisClient } from "./clients/client.ts";
import { RedisConnectionError } from "./clients/wire.ts";
import type { RedisTarget } from "./error.ts";
import {
  integerReply,
  plainReply,
  RedisReplyError,
  RespSyntaxError,
  unexpected,
} from "./clients/resp.ts";
import { EXTRA_KEYS, type Script } from "./scripts.ts";

/**
 * Names a document's keys, all in one hash slot of a cluster.
 *
 * @param id The document's id, which is its key.
 * @returns The keys, in the scripts' order.
 */
export async function documentKeys(id: string): Promise<string[]> {
  const open = id.indexOf("{");
  const close = open < 0 ? -1 : id.indexOf("}", open);
  let [stem, suffix] = [`{${id}}`, ""];
  if (close > open + 1) {
    // The id has a hash tag itself, and its other keys share that. The suffix
    // keeps the keys of "{a}" apart from those of "a".
    [stem, suffix] = [id, ":tagged"];
  } else if (id.includes("}")) {
    const { keySlot, tagOfSlot } = await import("./clients/slots.ts");
    // A hash tag ends at the first brace, so the id cannot be one.
    [stem, suffix] = [`{${tagOfSlot(keySlot(id))}}:${id}`, ":slot"];
  }
  return [
    id,
    ...EXTRA_KEYS.map((name) => `${stem}:cicdstatemgr:${name}${suffix}`),
  ];
}

/** Replies after which the same command may succeed. */
const PASSING_REGEXP = /^(LOADING|MASTERDOWN|TRYAGAIN|NOREPLICAS)\b/;
/** Further ones, of a client that finds another node by itself. */
const PASSING_ELSEWHERE_REGEXP = /^(READONLY|CLUSTERDOWN|UNBLOCKED)\b/;
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

/** Options of {@linkcode ScriptRunner}. */
interface ScriptRunnerOptions {
  /** The client. */
  readonly client: RedisClient;
  /** The server, for messages. */
  readonly target: RedisTarget;
  /** How many replicas must have a write. */
  readonly waitReplicas: number;
}

/** Runs scripts on the keys of one document. Every script may be sent twice. */
export class ScriptRunner {
  /** The server, for messages. */
  readonly target: RedisTarget;
  readonly #client: RedisClient;
  readonly #waitReplicas: number;
  #slowestMs = 0;

  /** @param options The client and the server. */
  constructor({ client, target, waitReplicas }: ScriptRunnerOptions) {
    this.#client = client;
    this.target = target;
    this.#waitReplicas = waitReplicas;
  }

  /** The longest time that the server took to answer. */
  get slowestMs(): number {
    return this.#slowestMs;
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
    const keys = await documentKeys(id);
    const command = [script.source, keys.length, ...keys, ...args];
    let mayHaveRun = false;
    for (let attempt = 1;; attempt++) {
      try {
        this.#checkOpen();
        const start = performance.now();
        const reply = writes && this.#waitReplicas > 0
          ? await this.#runAndWait(command)
          : await this.#client.sendCommand("EVAL", command);
        const tookMs = performance.now() - start;
        this.#slowestMs = Math.max(this.#slowestMs, tookMs);
        return script.read(reply);
      } catch (caught) {
        const isUnconfirmed = caught instanceof UnconfirmedWrite;
        const error = isUnconfirmed ? caught.reason : caught;
        mayHaveRun ||= writes && (isUnconfirmed || this.#isUnanswered(error));
        const retries = signal !== undefined && !signal.aborted &&
          this.#mayPass(error) &&
          // This failure says more than that the time was up.
          await delay(backoffMs(attempt, { baseMs: 20 }), signal)
            .then(() => true, () => false);
        if (!retries) throw await this.#failure(error, mayHaveRun, keys);
      }
    }
  }

  /**
   * Asks what concerns no single document.
   *
   * @param question Sends commands, and reads their replies.
   * @returns What the question returns.
   * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`.
   */
  async ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question();
    } catch (error) {
      throw await this.#failure(error, false);
    }
  }

  /**
   * Runs a script and waits for the replicas. Both commands use one connection,
   * because the server waits for what that connection wrote.
   */
  async #runAndWait(command: (string | number)[]): Promise<unknown> {
    const [written, waited] = await this.#client.sendAll!([
      ["EVAL", command],
      ["WAIT", [this.#waitReplicas, WAIT_MS]],
    ]);
    if (written === undefined || waited === undefined) unexpected(waited);
    if (written.status === "rejected") throw written.reason;
    const { value } = written;
    // Nothing was written.
    if (value === 0) return value;
    if (waited.status === "rejected") throw new UnconfirmedWrite(waited.reason);
    const reached = integerReply(waited.value);
    if (reached >= this.#waitReplicas) return value;
    throw new RedisConnectionError(
      "timeout",
      `${reached} of ${this.#waitReplicas} replicas have the change`,
      { wasReached: true, isUnanswered: true },
    );
  }

  #checkOpen(): void {
    if (!this.#client.isClosed) return;
    throw new CicdStateError(
      "STORE",
      `Cannot use ${this.target.name}: the client is closed`,
      { hint: "Pass a connected client, and close it after its last use" },
    );
  }

  #mayPass(error: unknown): boolean {
    if (this.#client.isClosed) return false;
    if (error instanceof RedisConnectionError) return error.wasReached;
    if (!(error instanceof Error)) return false;
    const reply = plainReply(error.message);
    if (PASSING_REGEXP.test(reply)) return true;
    if (this.target.endpoint !== undefined) return false;
    return PASSING_ELSEWHERE_REGEXP.test(reply) || isForeign(error);
  }

  /** Reports whether a command may have run although it failed. */
  #isUnanswered(error: unknown): boolean {
    if (error instanceof RedisConnectionError) return error.isUnanswered;
    if (error instanceof RespSyntaxError) return true;
    return isHalfDone(error) ||
      this.target.endpoint === undefined && isForeign(error);
  }

  async #failure(
    error: unknown,
    mayHaveRun: boolean,
    keys: readonly string[] = [],
  ): Promise<CicdStateError> {
    const { redisError } = await import("./error.ts");
    const { isMissingRight, missingRights } = await import("./rights.ts");
    const lacking = error instanceof Error && isMissingRight(error.message)
      ? await missingRights(this.#client, keys)
      : [];
    const failure = redisError(error, this.target, lacking);
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

/** The primary has the change; whether the replicas have it is not known. */
class UnconfirmedWrite extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super();
    this.reason = reason;
  }
}

/** Reports whether a script failed after it had stored the document. */
function isHalfDone(error: unknown): boolean {
  return error instanceof Error &&
    plainReply(error.message).startsWith("STORED ");
}

/** What a connection's failure is not. */
const OTHER_ERRORS = [
  CicdStateError,
  RedisReplyError,
  RespSyntaxError,
  TypeError,
  Deno.errors.NotCapable,
  Deno.errors.PermissionDenied,
  Deno.errors.InvalidData,
];

/** Reports whether an error is of a connection, as the user's client throws it. */
function isForeign(error: unknown): boolean {
  return error instanceof Error && !REPLY_REGEXP.test(error.message) &&
    !OTHER_ERRORS.some((type) => error instanceof type);
}
