import type { StateStore } from "../../document/store.ts";
import type { StoreExtras } from "../shared/extras.ts";
import { LeanRedisClient } from "./client.ts";
import { endpointName, redisEndpoint } from "./endpoint.ts";
import type { RedisOptions } from "./options.ts";
import { redisStore } from "./store.ts";

/**
 * Opens a Redis server, a cluster, or a server that sentinels watch as a store.
 * It connects when it is first used. Requires `--allow-net` for the server.
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
