import { RedisProcess } from "../cli/redis_process.ts";

/** Starts a Redis that has the user of `examples/redis/secrets.yaml`. */
export async function startExampleRedis(): Promise<RedisProcess> {
  const redis = await RedisProcess.start();
  // deno-fmt-ignore
  await redis.command(
    ["ACL", "SETUSER", "checkout-ci", "on", ">not-a-real-password", "~*", "+@all"],
  );
  return redis;
}

/** Puts this Redis in the place of the examples'. */
export function atExampleRedis(text: string, { port }: RedisProcess): string {
  return text.replaceAll("redis.ci.example", "127.0.0.1")
    .replaceAll("6379", String(port));
}
