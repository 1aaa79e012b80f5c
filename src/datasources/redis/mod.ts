import type { StateStore } from "../../document/store.ts";
import { type DatasourceKind, defineKind } from "../kind.ts";
import type { StoreExtras } from "../shared/extras.ts";
import {
  endpointName,
  REDIS_OPTIONS,
  redisEndpoint,
  type RedisOptions,
} from "./options.ts";

/** A Redis server, a Redis Cluster, or a server behind sentinels. */
export const redis: DatasourceKind = defineKind({
  name: "redis",
  description: "A Redis server, a Redis Cluster, or a server behind sentinels.",
  options: REDIS_OPTIONS,
  async access(options) {
    const { redisAccess } = await import("./access.ts");
    return redisAccess(options);
  },
  store: {
    can: [
      "expire documents",
      "keep history",
      "hold many documents",
      "list documents",
      "remove documents",
      "hold locks",
    ],
    open: openRedis,
    async openWith({ waitReplicas, commandTimeoutMs }, client, extras) {
      const { ownClient } = await import("./clients/own_client.ts");
      const { redisStore } = await import("./store.ts");
      return redisStore({
        ...extras,
        client: ownClient(client, commandTimeoutMs),
        waitReplicas,
      });
    },
  },
});

/**
 * Opens a store on a Redis server, a cluster, or a server behind sentinels. It
 * connects when it is first used. Requires `--allow-net` for the server.
 *
 * @param options Where it is.
 * @param extras Encryption and history.
 * @returns The store.
 * @throws {CicdStateError} `CONFIG`, if the options do not fit together.
 */
export async function openRedis(
  options: RedisOptions,
  extras: StoreExtras = {},
): Promise<StateStore> {
  if (options.cluster !== undefined || options.sentinels !== undefined) {
    const { groupStore } = await import("./group.ts");
    return await groupStore(options, extras);
  }
  const endpoint = redisEndpoint(options);
  const { LeanRedisClient } = await import("./clients/client.ts");
  const { redisStore } = await import("./store.ts");
  const client = new LeanRedisClient(endpoint);
  return redisStore({
    ...extras,
    client,
    endpoint,
    waitReplicas: options.waitReplicas,
    name: `redis ${endpointName(endpoint)}`,
    close: () => client.close(),
  });
}
