import type { Redis } from "../deps/ioredis.ts";
import { GroupClient } from "./redis_group_client.ts";
import { redisEndpoint } from "./redis_options.ts";

import { redisStore } from "./redis_store.ts";
import { readTlsFiles } from "./redis_tls.ts";
import type {
  DatasourceExtras,
  HostPort,
  RedisClient,
  RedisOptions,
  StateStore,
} from "./types.ts";

/**
 * Makes a store of a Redis Cluster, or of a server that sentinels watch.
 *
 * @param options Where its nodes or the sentinels are.
 * @param extras History and encryption.
 * @returns The store.
 * @throws {CicdStateError} `CONFIG`, `STORE` or `PERMISSION`.
 */
export async function groupStore(
  options: RedisOptions,
  extras: DatasourceExtras,
): Promise<StateStore> {
  // A bundle has it in a file of its own, which an import at the top would load
  // for every command.
  const { Cluster, Redis } = await import("../deps/ioredis.ts");
  const { cluster: startNodes, sentinels = [], sentinelName = "mymaster" } =
    options;
  const { db, username, password, tls, connectTimeoutMs, commandTimeoutMs } =
    redisEndpoint(options);
  const files = tls === undefined ? undefined : await readTlsFiles(tls);
  const common = {
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    // The store itself repeats what may be repeated.
    maxRetriesPerRequest: 1,
    autoResendUnfulfilledCommands: false,
    lazyConnect: true,
    ...username !== undefined && { username },
    ...password !== undefined && { password },
    ...files !== undefined && {
      tls: {
        ...files.caCerts !== undefined && { ca: files.caCerts },
        ...files.cert !== undefined && { cert: files.cert },
        ...files.key !== undefined && { key: files.key },
      },
    },
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
      retryStrategy: retry,
      sentinelRetryStrategy: retry,
      // After a failover the old primary answers so: the next connection finds
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

function endpoints(all: readonly HostPort[]): string {
  return all.map(({ host, port }) => `${host}:${port}`).join(", ");
}

function nodeClient(node: Redis): RedisClient {
  return {
    sendCommand: (command, args) => node.call(command, ...args as string[]),
  };
}
