import type { StateStore } from "../../document/store.ts";
import type { HostPort } from "../../schema/schema.ts";
import type { StoreExtras } from "../shared/extras.ts";
import {
  DEFAULT_SENTINEL_NAME,
  redisEndpoint,
  type RedisOptions,
} from "./options.ts";
import { redisStore } from "./store.ts";

/**
 * Opens a Redis Cluster, or a server that sentinels watch, as a store.
 *
 * @param options Where its nodes or the sentinels are.
 * @param extras Encryption and history.
 * @returns The store.
 * @throws {CicdStateError} `CONFIG`, if the options do not fit together.
 */
export async function groupStore(
  options: RedisOptions,
  extras: StoreExtras,
): Promise<StateStore> {
  const { cluster, sentinels = [], waitReplicas } = options;
  const endpoint = redisEndpoint(options);
  if (cluster !== undefined) {
    const { ClusterClient } = await import("./clients/cluster.ts");
    const client = new ClusterClient(cluster, endpoint);
    return redisStore({
      ...extras,
      client,
      waitReplicas,
      name: `redis cluster ${addresses(cluster)}`,
      nodes: () => client.nodes(),
      close: () => client.close(),
    });
  }
  const { sentinelName = DEFAULT_SENTINEL_NAME, sentinelPassword } = options;
  const { SentinelClient } = await import("./clients/sentinel.ts");
  const client = new SentinelClient({
    sentinels,
    primary: sentinelName,
    password: sentinelPassword || undefined,
    endpoint,
  });
  return redisStore({
    ...extras,
    client,
    waitReplicas,
    name: `redis ${sentinelName} of sentinels ${
      addresses(sentinels)
    }/${endpoint.db}`,
    close: () => client.close(),
  });
}

function addresses(all: readonly HostPort[]): string {
  return all.map(({ host, port }) => `${host}:${port}`).join(", ");
}
