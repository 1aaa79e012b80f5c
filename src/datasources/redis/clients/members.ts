import { backoffMs, delay } from "../../../util/concurrency.ts";
import type { HostPort } from "../../../schema/schema.ts";
import { LeanRedisClient, type RedisClient } from "./client.ts";
import type { RedisEndpoint } from "../options.ts";
import { RedisReplyError } from "./resp.ts";
import { RedisConnectionError } from "./wire.ts";

/** Replies of a server that is not, or not yet, the one that takes commands. */
const NOT_IN_CHARGE_REGEXP =
  /^(READONLY|CLUSTERDOWN|TRYAGAIN|LOADING|MASTERDOWN)\b/;
const MIN_CONNECT_MS = 200;

/**
 * Connects to one server of a group. It connects once: the group decides where to
 * go instead.
 *
 * @param endpoint How to log in, and the time-outs.
 * @param address Where it is.
 * @param timeouts Other time-outs than those of the endpoint.
 * @returns The client.
 */
export function memberClient(
  endpoint: RedisEndpoint,
  { host, port }: HostPort,
  timeouts: Partial<
    Pick<RedisEndpoint, "connectTimeoutMs" | "commandTimeoutMs">
  > = {},
): LeanRedisClient {
  return new LeanRedisClient(
    { ...endpoint, ...timeouts, host, port, unixSocket: undefined },
    { retries: false },
  );
}

/**
 * Asks members of a group in turn until one answers.
 *
 * @param addresses Where they are.
 * @param timeoutMs How long they may take together.
 * @param ask Asks one; it returns `undefined` if the next one should be asked.
 * @returns The first answer, or `undefined` if none of them has one.
 * @throws The failure of the last one, if all of them failed.
 */
export async function askMembers<Answer>(
  addresses: readonly HostPort[],
  timeoutMs: number,
  ask: (address: HostPort, timeoutMs: number) => Promise<
    Answer | undefined
  >,
): Promise<Answer | undefined> {
  const eachMs = Math.max(MIN_CONNECT_MS, timeoutMs / addresses.length);
  const failures: unknown[] = [];
  for (const address of addresses) {
    try {
      const answer = await ask(address, eachMs);
      if (answer !== undefined) return answer;
    } catch (error) {
      // What the caller wants to send was not sent.
      failures.push(
        error instanceof RedisConnectionError ? error.asUnsent() : error,
      );
    }
  }
  if (failures.length === addresses.length) throw failures.at(-1);
  return undefined;
}

/** Sends one command as a client sends several. */
export async function sendOne(
  client: Required<Pick<RedisClient, "sendAll">>,
  command: string,
  args: (string | number | Uint8Array)[],
): Promise<unknown> {
  const [result] = await client.sendAll([[command, args]]);
  if (result?.status === "rejected") throw result.reason;
  return result?.value;
}

/** How the group's servers were reached so far. */
export interface Reach {
  /** Whether one of them was. */
  wasReached: boolean;
}

/**
 * Repeats what a group cannot do while it elects a new primary, as long as
 * nothing can have run.
 *
 * @param timeoutMs How long.
 * @param reach Whether the group was reached before.
 * @param attempt Sends commands. It looks for the server again each time.
 * @returns What the attempt returns.
 * @throws The failure of the last attempt.
 */
export async function whileElecting<Answer>(
  timeoutMs: number,
  reach: Reach,
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  const giveUpAt = performance.now() + timeoutMs;
  for (let number = 1;; number++) {
    try {
      const answer = await attempt();
      reach.wasReached = true;
      return answer;
    } catch (error) {
      const waitMs = backoffMs(number, { baseMs: 50, maxMs: 500 });
      if (!mayPass(error) || performance.now() + waitMs >= giveUpAt) {
        throw ofGroup(error, reach);
      }
      await delay(waitMs);
    }
  }
}

/** Reports whether another attempt may succeed, and this one has done nothing. */
function mayPass(error: unknown): boolean {
  if (error instanceof RedisReplyError) {
    return NOT_IN_CHARGE_REGEXP.test(error.message);
  }
  return error instanceof RedisConnectionError && !error.isUnanswered &&
    !isCertificate(error);
}

function isCertificate({ message }: Error): boolean {
  return /certificate|HandshakeFailure|UnknownIssuer/i.test(message);
}

/** A server that was never reached may belong to a group that was. */
function ofGroup(error: unknown, { wasReached }: Reach): unknown {
  if (!(error instanceof RedisConnectionError)) return error;
  const { fault, message, isUnanswered, cause } = error;
  return new RedisConnectionError(fault, message, {
    wasReached: wasReached || error.wasReached,
    isUnanswered,
    cause,
  });
}
