import { CicdStateError } from "../../errors.ts";
import { backoffMs, delay } from "../../util/concurrency.ts";
import { RedisConnectionError } from "./client.ts";
import { redisError, type RedisTarget } from "./error.ts";
import type { RedisClient } from "../types.ts";

/**
 * The scripts that run inside the Redis server, each as a whole or not at all.
 *
 * Beside a document's key stand, in the same hash slot: `meta` (a hash: `n`
 * number of the revision, `d` digest of the text that it wrote, `t` time to live,
 * `u` when it was updated, `x` context, `c` and `b` the state of the history's
 * chain), `history` (a list), `writes` (the numbers of the last writes by their
 * ids), `queue` and `seen` (who waits for a turn, and when they last said so).
 *
 * A revision is the number and the digest of the text that is really there. A
 * writer that knows nothing of all this changes the text but not `meta`: its
 * text then counts as the next revision.
 */

/** The keys that a document has beside its own, in the scripts' order. */
const EXTRA_KEYS = ["meta", "history", "writes", "queue", "seen"] as const;

/** How long a writer in the queue may be silent. */
const SILENCE_MS = 2000;
/** How long the first in the queue lets others try too. */
const PATIENCE_MS = 1000;

const NAMES = "local doc, meta, history, writes, queue, seen = unpack(KEYS)\n";

const CURRENT = `
local function current()
  local value = redis.call('GET', doc)
  local held = redis.call('HMGET', meta, 'n', 'd')
  local number = tonumber(held[1] or 0)
  if not value then return value, number, '', false end
  local digest = redis.sha1hex(value)
  local external = digest ~= held[2]
  if external then number = number + 1 end
  return value, number, string.format('%.0f-%s', number, digest), external
end
`;

/** Gives the first in the queue who lets nobody else try any more. */
const HEAD = `
local function head()
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  while true do
    local first = redis.call('ZRANGE', queue, 0, 0)[1]
    if not first then return nil, now, time end
    local at = tonumber(redis.call('HGET', seen, first) or 0)
    if now - at <= ${SILENCE_MS} then
      local since = tonumber(redis.call('ZSCORE', queue, first)) / 1000
      if now - since <= ${PATIENCE_MS} then first = nil end
      return first, now, time
    end
    redis.call('ZREM', queue, first)
    redis.call('HDEL', seen, first)
  end
end
`;

/** Gives text, revision, number, whether it is external, and the chain's state. */
export const READ_SCRIPT = `${NAMES}${CURRENT}
local value, number, revision, external = current()
local chain = redis.call('HMGET', meta, 'c', 'b')
return {value, revision, number, external and 1 or 0, chain[1], chain[2]}
`;

/** Gives the new revision, or nothing if somebody else was faster or is ahead. */
export const SWAP_SCRIPT = `${NAMES}${CURRENT}${HEAD}
local text, expected, overwrite, id, turn, ttl, updated, context = unpack(ARGV)
local keep, entry, outside, chain, bytes = unpack(ARGV, 9)
local won = redis.call('ZSCORE', writes, id)
if won then
  -- A write, so that waiting for replicas on this connection waits for it too.
  redis.call('PEXPIRE', writes, 120000)
  return string.format('%.0f-%s', won, redis.sha1hex(text))
end
local first = head()
if first and first ~= turn then return false end
local value, number, revision, external = current()
if overwrite ~= '1' and revision ~= expected then return false end
if outside ~= '' and external then
  redis.call('RPUSH', history, string.format('%.0f:%s', number, outside))
end
number = number + 1
local digest = redis.sha1hex(text)
if ttl == '' then ttl = redis.call('HGET', meta, 't') or '0' end
redis.call('HSET', meta, 'n', number, 'd', digest, 't', ttl, 'u', updated,
  'x', context, 'c', chain, 'b', bytes)
if entry == '' then
  redis.call('DEL', history)
else
  redis.call('RPUSH', history, string.format('%.0f:%s', number, entry))
  redis.call('LTRIM', history, -keep, -1)
end
if ttl == '0' then
  redis.call('SET', doc, text)
  redis.call('PERSIST', meta)
  redis.call('PERSIST', history)
else
  redis.call('SET', doc, text, 'PX', ttl)
  redis.call('PEXPIRE', meta, ttl)
  redis.call('PEXPIRE', history, ttl)
end
redis.call('ZADD', writes, number, id)
redis.call('ZREMRANGEBYRANK', writes, 0, -10001)
redis.call('PEXPIRE', writes, 120000)
if turn ~= '' then
  redis.call('ZREM', queue, turn)
  redis.call('HDEL', seen, turn)
end
return string.format('%.0f-%s', number, digest)
`;

/**
 * Joins the queue or stays in it. Gives how many are ahead if their first lets
 * nobody else try; else 0 and what {@linkcode READ_SCRIPT} gives. To ask again seldom
 * writes: each write costs the server a line in its log and its replicas a message.
 */
export const TURN_SCRIPT = `${NAMES}${CURRENT}${HEAD}
local turn = ARGV[1]
local first, now, time = head()
if not redis.call('ZSCORE', queue, turn) then
  redis.call('ZADD', queue, string.format('%.0f', time[1] * 1000000 + time[2]), turn)
end
local at = tonumber(redis.call('HGET', seen, turn) or 0)
if now - at > ${SILENCE_MS / 4} then
  redis.call('HSET', seen, turn, string.format('%.0f', now))
  redis.call('PEXPIRE', queue, 60000)
  redis.call('PEXPIRE', seen, 60000)
end
if first and first ~= turn then return {redis.call('ZRANK', queue, turn)} end
local value, number, revision, external = current()
local chain = redis.call('HMGET', meta, 'c', 'b')
return {0, value, revision, number, external and 1 or 0, chain[1], chain[2]}
`;

/** Leaves the queue. */
export const LEAVE_SCRIPT = `${NAMES}
redis.call('ZREM', queue, ARGV[1])
return redis.call('HDEL', seen, ARGV[1])
`;

/**
 * Gives what a list shows: revision, size, when it was updated, and context; of
 * what another program wrote, the text in place of the last two.
 */
export const INSPECT_SCRIPT = `${NAMES}${CURRENT}
local value, number, revision, external = current()
if not value then return false end
if external then return {revision, #value, false, false, value} end
local held = redis.call('HMGET', meta, 'u', 'x')
return {revision, #value, held[1], held[2]}
`;

/** Gives the history's last entries, and what an external writer left since. */
export const HISTORY_SCRIPT = `${NAMES}${CURRENT}
local value, number, revision, external = current()
local entries = redis.call('LRANGE', history, ARGV[1], -1)
return {entries, external and number or false, external and value or false}
`;

/** Removes all that there is; gives 1 if there was a document. */
export const REMOVE_SCRIPT = `${NAMES}
local there = redis.call('DEL', doc)
redis.call('DEL', meta, history, writes, queue, seen)
return there
`;

/**
 * Names a document's keys, all in one hash slot of a cluster.
 *
 * @param id The document's id, which is its key.
 * @returns The keys, in the scripts' order.
 */
function documentKeys(id: string): string[] {
  const open = id.indexOf("{");
  const close = open < 0 ? -1 : id.indexOf("}", open);
  // An id may have a hash tag itself; its other keys then share that. The
  // differing suffix keeps the keys of "{a}" apart from those of "a".
  const [stem, suffix] = close > open + 1 ? [id, ":tagged"] : [`{${id}}`, ""];
  return [
    id,
    ...EXTRA_KEYS.map((name) => `${stem}:cicdstatemgr:${name}${suffix}`),
  ];
}

/** Answers after which the same command may succeed. */
const PASSING_REGEXP = /^-?(LOADING|MASTERDOWN|TRYAGAIN|NOREPLICAS)\b/;
/** The same of a client that finds its way to another node by itself. */
const PASSING_ELSEWHERE_REGEXP = /^-?(READONLY|CLUSTERDOWN)\b/;
/** How long the server itself waits for its replicas. */
const WAIT_MS = 1000;
const REPLY_REGEXP = /^-?[A-Z]{2,} /;

/** Options of {@linkcode ScriptRunner.run}. */
interface RunOptions {
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
interface ScriptRunnerOptions {
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
