import { CicdStateError } from "../../../errors.ts";
import { abortable } from "../../../util/concurrency.ts";
import { DEFAULT_COMMAND_TIMEOUT_MS } from "../options.ts";
import type { RedisClient } from "./client.ts";
import { RedisConnectionError } from "./wire.ts";

/**
 * Prepares a client that the user passes in. A command that it does not settle in
 * time counts as one whose answer was lost.
 *
 * @param client The client.
 * @param timeoutMs How long a command may take.
 * @returns The client to send commands with.
 * @throws {CicdStateError} `CONFIG`, if it has no `sendCommand`.
 */
export function ownClient(
  client: unknown,
  timeoutMs: number = DEFAULT_COMMAND_TIMEOUT_MS,
): RedisClient {
  if (!isRedisClient(client)) {
    throw new CicdStateError(
      "CONFIG",
      "Cannot use the Redis client: it has no method sendCommand",
      { hint: "Pass a client of @db/redis, or an object with that method" },
    );
  }
  const timed = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await abortable(answer, signal);
    } catch (error) {
      if (error !== signal.reason) throw error;
      throw new RedisConnectionError(
        "timeout",
        `no answer within ${timeoutMs} ms`,
        { wasReached: true, isUnanswered: true },
      );
    }
  };
  return {
    sendCommand: (command, args) => timed(client.sendCommand(command, args)),
    ...client.sendAll !== undefined && {
      sendAll: (commands) => timed(client.sendAll!(commands)),
    },
    get isClosed() {
      return client.isClosed === true;
    },
  };
}

function isRedisClient(client: unknown): client is RedisClient {
  return typeof client === "object" && client !== null &&
    "sendCommand" in client && typeof client.sendCommand === "function";
}
