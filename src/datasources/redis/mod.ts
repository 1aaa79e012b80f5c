import { type DatasourceKind, defineKind } from "../kind.ts";
import { REDIS_OPTIONS } from "./options.ts";

/** A Redis server, a Redis Cluster, or a server that sentinels watch. */
export const redis: DatasourceKind = defineKind({
  name: "redis",
  description: "A Redis server, a Redis Cluster, or a server behind sentinels.",
  options: REDIS_OPTIONS,
  store: {
    can: [
      "expire documents",
      "keep history",
      "hold many documents",
      "list documents",
      "remove documents",
    ],
    async open(options, extras) {
      const { openRedis } = await import("./open.ts");
      return await openRedis(options, extras);
    },
    async openWith({ waitReplicas }, client, extras) {
      const { asRedisClient } = await import("./client.ts");
      const { redisStore } = await import("./store.ts");
      return redisStore({
        ...extras,
        client: asRedisClient(client),
        waitReplicas,
      });
    },
  },
});
