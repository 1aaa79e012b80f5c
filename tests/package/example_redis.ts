import { type RedisServer, startRedis } from "../support/redis_server.ts";

/** Starts a Redis that has the user of `examples/redis/secrets.yaml`. */
export function startExampleRedis(): Promise<RedisServer> {
  const user = { name: "checkout-ci", password: "not-a-real-password" };
  return startRedis({ user });
}

/** Replaces the examples' Redis with this one. */
export function atExampleRedis(text: string, { port }: RedisServer): string {
  return text.replaceAll("redis.ci.example", "127.0.0.1")
    .replaceAll("6379", String(port));
}
