import type { Cluster, Redis } from "../../deps/ioredis.ts";
import type { StateStore } from "../../document/store.ts";
import { CicdStateError } from "../../errors.ts";
import { abortable } from "../../util/concurrency.ts";
import type { HostPort } from "../../schema/schema.ts";
import type { StoreExtras } from "../shared/extras.ts";
import { readTlsFiles, type RedisClient } from "./client.ts";
import { RedisConnectionError } from "./wire.ts";
import {
  DEFAULT_SENTINEL_NAME,
  redisEndpoint,
  type RedisOptions,
} from "./options.ts";
import { RedisReplyError } from "./resp.ts";
import type { PairingClient } from "./runner.ts";
import { redisStore } from "./store.ts";

const REPLY_REGEXP = /^[A-Z]{2,} /;
const MAX_RETRY_MS = 500;

/** Decides whether and when a client connects again. */
type RetryStrategy = (attempt: number) => number | null;

/** How long a {@linkcode GroupClient} waits. */
interface GroupTimeouts {
  /** How long connecting for the first time may take, retries included. */
  readonly connectTimeoutMs: number;
  /** How long a server may take to answer. */
  readonly commandTimeoutMs: number;
}

/** The failure of a whole group carries that of the last node it asked. */
interface NodeFailure extends Error {
  readonly lastNodeError?: Error;
}

/** Sends commands through a client of ioredis, and converts its errors to ours. */
class GroupClient implements PairingClient {
  readonly #client: Cluster | Redis;
  readonly #timeouts: GroupTimeouts;
  #reached = false;
  #lastFailure: Error | undefined;

  /**
   * @param make Makes the client, which reconnects as the strategy says.
   * @param timeouts How long to wait.
   */
  constructor(
    make: (retry: RetryStrategy) => Cluster | Redis,
    timeouts: GroupTimeouts,
  ) {
    const giveUpAt = performance.now() + timeouts.connectTimeoutMs;
    const client = make((attempt) => {
      // A group that was reached may be failing over: never give it up.
      if (!this.#reached && performance.now() > giveUpAt) return null;
      return Math.min(50 * attempt, MAX_RETRY_MS);
    });
    this.#client = client;
    this.#timeouts = timeouts;
    client.on("ready", () => {
      this.#reached = true;
      this.#lastFailure = undefined;
    });
    const remember = (error: Error) => {
      this.#lastFailure = error;
    };
    // Without a listener, an error would end the process.
    client.on("error", remember);
    client.on("node error", remember);
  }

  /** Ends the connections. */
  close(): void {
    this.#client.disconnect();
  }

  /** Sends a command to the server that has its keys. */
  sendCommand(
    command: string,
    args: (string | number | Uint8Array)[],
  ): Promise<unknown> {
    return this.#timed(this.#client.call(command, ...args as string[]));
  }

  /** Sends two commands over one connection. */
  async sendPair(
    [first, args]: [string, (string | number)[]],
    [second, more]: [string, (string | number)[]],
  ): Promise<[unknown, unknown]> {
    // A cluster's client sends a whole pipeline to the node that has its keys.
    const [head, tail] = await this.#timed(
      this.#client.pipeline().call(first, ...args).call(second, ...more).exec(),
    ) ?? [];
    const failure = head?.[0] ?? tail?.[0];
    // The client follows a moved slot only for a single command.
    if (failure?.message.startsWith("MOVED")) {
      return [await this.sendCommand(first, args), 0];
    }
    if (failure) throw this.#translate(failure);
    return [head?.[1], tail?.[1]];
  }

  async #timed<T>(reply: Promise<T>): Promise<T> {
    const { connectTimeoutMs, commandTimeoutMs } = this.#timeouts;
    // While no server is known, the client holds commands back indefinitely.
    const signal = AbortSignal.timeout(connectTimeoutMs + commandTimeoutMs);
    try {
      return await abortable(reply, signal);
    } catch (error) {
      throw this.#translate(error as Error);
    }
  }

  #translate(error: Error): Error {
    // The client's errors hold the command, perhaps with a password. None of
    // that is passed on.
    if (REPLY_REGEXP.test(error.message)) {
      return new RedisReplyError(error.message);
    }
    const failure: NodeFailure = this.#lastFailure ?? error;
    const cause = failure.lastNodeError ?? failure;
    // For example a wrong password, which keeps the client from being ready.
    if (REPLY_REGEXP.test(cause.message)) {
      return new RedisReplyError(cause.message);
    }
    if (cause instanceof Deno.errors.NotCapable) return cause;
    const timedOut = cause.name === "TimeoutError" ||
      cause.message === "Command timed out";
    return new RedisConnectionError(
      timedOut ? "timeout" : this.#reached ? "lost" : "connect",
      timedOut
        ? `no answer within ${this.#timeouts.commandTimeoutMs} ms`
        : cause.message,
      { wasReached: this.#reached, isUnanswered: this.#reached },
    );
  }
}

/**
 * Opens a Redis Cluster, or a server that sentinels watch, as a store.
 *
 * @param options Where its nodes or the sentinels are.
 * @param extras Encryption and history.
 * @returns The store.
 * @throws {CicdStateError} `CONFIG`, `STORE` or `PERMISSION`.
 */
export async function groupStore(
  options: RedisOptions,
  extras: StoreExtras,
): Promise<StateStore> {
  const { Cluster, Redis } = await loadClient();
  const {
    cluster: startNodes,
    sentinels = [],
    sentinelName = DEFAULT_SENTINEL_NAME,
  } = options;
  const { db, username, password, tls, connectTimeoutMs, commandTimeoutMs } =
    redisEndpoint(options);
  const files = tls === undefined ? undefined : await readTlsFiles(tls);
  const tlsFiles = files && {
    ...files.caCerts !== undefined && { ca: files.caCerts },
    ...files.cert !== undefined && { cert: files.cert },
    ...files.key !== undefined && { key: files.key },
  };
  const common = {
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    // The store itself retries what may be retried.
    maxRetriesPerRequest: 1,
    autoResendUnfulfilledCommands: false,
    lazyConnect: true,
    ...username !== undefined && { username },
    ...password !== undefined && { password },
    ...tlsFiles !== undefined && { tls: tlsFiles },
  };
  const timeouts = { connectTimeoutMs, commandTimeoutMs };
  if (startNodes !== undefined) {
    let nodes: () => readonly Redis[] = () => [];
    const client = new GroupClient((clusterRetryStrategy) => {
      const cluster = new Cluster([...startNodes], {
        redisOptions: common,
        lazyConnect: true,
        clusterRetryStrategy,
      });
      nodes = () => cluster.nodes("master");
      return cluster;
    }, timeouts);
    return redisStore({
      ...extras,
      client,
      waitReplicas: options.waitReplicas,
      name: `redis cluster ${endpoints(startNodes)}`,
      nodes: () => nodes().map(nodeClient),
      close: () => client.close(),
    });
  }
  const client = new GroupClient((retry) =>
    new Redis({
      ...common,
      sentinels: [...sentinels],
      name: sentinelName,
      db,
      ...options.sentinelPassword !== undefined &&
        { sentinelPassword: options.sentinelPassword },
      // Otherwise the client would speak TLS with neither.
      ...tlsFiles !== undefined &&
        { sentinelTLS: tlsFiles, enableTLSForSentinelMode: true },
      retryStrategy: retry,
      sentinelRetryStrategy: retry,
      // The old primary replies so after a failover: the next connection finds
      // the new one.
      reconnectOnError: (error) => error.message.startsWith("READONLY"),
    }), timeouts);
  return redisStore({
    ...extras,
    client,
    waitReplicas: options.waitReplicas,
    name: `redis ${sentinelName} of sentinels ${endpoints(sentinels)}/${db}`,
    close: () => client.close(),
  });
}

/**
 * Imports ioredis. A bundle keeps it in a file of its own, which a static import
 * would load for every command.
 */
async function loadClient(): Promise<typeof import("../../deps/ioredis.ts")> {
  try {
    return await import("../../deps/ioredis.ts");
  } catch (cause) {
    const isMissing = cause instanceof TypeError &&
      cause.message.startsWith("Module not found");
    if (!isMissing) throw cause;
    throw new CicdStateError(
      "STORE",
      "Cannot load the client of Redis Cluster and sentinels: ioredis.js is missing",
      { hint: "Copy dist/ioredis.js to the folder of cli.js", cause },
    );
  }
}

function endpoints(all: readonly HostPort[]): string {
  return all.map(({ host, port }) => `${host}:${port}`).join(", ");
}

function nodeClient(node: Redis): RedisClient {
  return {
    sendCommand: (command, args) => node.call(command, ...args as string[]),
  };
}
