import { backoffMs, delay } from "../../util/concurrency.ts";
import type { RedisClient } from "./clients/client.ts";
import { RedisReplyError } from "./clients/resp.ts";
import type { RedisEndpoint } from "./options.ts";
import { documentKeys } from "./runner.ts";
import type { Wire } from "./clients/wire.ts";

/** A client that can open a connection for messages. */
export interface WatchingClient extends RedisClient {
  /**
   * Opens a connection of its own.
   *
   * @param onMessage Called for each message of a channel.
   * @returns The connection.
   */
  openWire?(onMessage: () => void): Promise<Wire>;
}

/**
 * Calls a function when a document may have changed.
 *
 * @param id The document's id.
 * @param server The client, and where it connects to if that is one server.
 * @param notify The function.
 * @returns What ends the calls; `undefined`, if the client cannot listen.
 */
export async function watchRedis(
  id: string,
  { client, endpoint }: {
    readonly client: WatchingClient;
    readonly endpoint?: RedisEndpoint | undefined;
  },
  notify: () => void,
): Promise<AsyncDisposable | undefined> {
  if (client.openWire === undefined) return undefined;
  const [, meta] = await documentKeys(id);
  // Each write is published under the name of this key. The server's own
  // notifications, if it is configured to send them, tell of other programs.
  const channels = [meta!, `__keyspace@${endpoint?.db ?? 0}__:${id}`];
  return watchChannels((listen) => client.openWire!(listen), channels, notify);
}

/**
 * Listens to channels, and connects again after the connection broke. The server
 * may refuse a channel.
 *
 * @param open Opens the connection.
 * @param channels The channels.
 * @param notify Called for each message, and after a gap.
 * @returns What ends it.
 */
function watchChannels(
  open: (onMessage: () => void) => Promise<Wire>,
  channels: readonly string[],
  notify: () => void,
): AsyncDisposable {
  const stop = new AbortController();
  const { signal } = stop;

  /** Returns whether it makes sense to connect again. */
  async function listen(): Promise<boolean> {
    const wire = await open(notify);
    const close = () => wire.fail(new Error("the subscription has ended"));
    signal.addEventListener("abort", close);
    if (signal.aborted) close();
    const sent = channels.map((name) => wire.send("SUBSCRIBE", [name]));
    const replies = await Promise.allSettled(sent);
    const isRefused = replies.every((reply) =>
      reply.status === "rejected" && reply.reason instanceof RedisReplyError
    );
    if (isRefused) close();
    // Messages may have been missed until now.
    else notify();
    await wire.ended;
    signal.removeEventListener("abort", close);
    return !isRefused;
  }

  async function run(): Promise<void> {
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        if (!await listen()) return;
        attempt = 1;
      } catch {
        // Whoever listens polls too, and so reports what is wrong.
      }
      const waitMs = backoffMs(attempt, { baseMs: 500, maxMs: 5000 });
      await delay(waitMs, signal).catch(() => {});
    }
  }

  const ended = run();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}
