import type { Cluster, Redis } from "../deps/ioredis.ts";
import { redisEndpoint } from "./redis_options.ts";
import type { PairingClient } from "./redis_runner.ts";
import { redisStore } from "./redis_store.ts";
import { readTlsFiles } from "./redis_tls.ts";
import type {
  DatasourceExtras,
  HostPort,
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
  const { cluster, sentinels = [], sentinelName = "mymaster" } = options;
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
  if (cluster !== undefined) {
    const client = new Cluster([...cluster], {
      redisOptions: common,
      lazyConnect: true,
    });
    silence(client);
    return redisStore({
      ...extras,
      client: asClient(client),
      waitReplicas: options.waitReplicas,
      name: `redis cluster ${endpoints(cluster)}`,
      nodes: () => client.nodes("master").map(asClient),
      close: () => client.disconnect(),
    });
  }
  const client = new Redis({
    ...common,
    sentinels: [...sentinels],
    name: sentinelName,
    db,
    ...options.sentinelPassword !== undefined &&
      { sentinelPassword: options.sentinelPassword },
    // After a failover the old primary answers so: the next connection finds
    // the new one.
    reconnectOnError: (error) => error.message.startsWith("READONLY"),
  });
  silence(client);
  return redisStore({
    ...extras,
    client: asClient(client),
    waitReplicas: options.waitReplicas,
    name: `redis ${sentinelName} of sentinels ${endpoints(sentinels)}/${db}`,
    close: () => client.disconnect(),
  });
}

function endpoints(all: readonly HostPort[]): string {
  return all.map(({ host, port }) => `${host}:${port}`).join(", ");
}

/** What ends a command is told by its promise; the event would end the process. */
function silence(client: Cluster | Redis): void {
  client.on("error", () => {});
}

function asClient(client: Cluster | Redis): PairingClient {
  return {
    sendCommand: (command, args) => client.call(command, ...args as string[]),
    async sendPair([first, args], [second, more]) {
      // Of a pipeline, a cluster's client sends all to the node of its keys.
      const [head, tail] = await client.pipeline()
        .call(first, ...args).call(second, ...more).exec() ?? [];
      const failure = head?.[0] ?? tail?.[0];
      // The client looks up where a slot has moved only for a single command.
      if (failure?.message.startsWith("MOVED")) {
        return [await client.call(first, ...args), 0];
      }
      if (failure) throw failure;
      return [head?.[1], tail?.[1]];
    },
  };
}
