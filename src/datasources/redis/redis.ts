import { LeanRedisClient } from "./client.ts";
import { endpointName, redisEndpoint } from "./options.ts";
import { redisStore } from "./store.ts";
import type { StateStore } from "../../document/store.ts";
import type { DatasourceExtras, RedisOptions } from "../types.ts";

/**
 * Makes a store of a Redis server, a cluster, or a server that sentinels watch.
 * It connects when it is first used. Requires `--allow-net` for the server.
 *
 * @param options Where it is.
 * @param extras History and encryption.
 * @returns The store.
 * @throws {CicdStateError} `CONFIG`, if the options do not fit together.
 */
export async function redisDatasource(
  options: RedisOptions,
  extras: DatasourceExtras = {},
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
