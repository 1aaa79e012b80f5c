import type { Datasource } from "./kind.ts";
import type { RedisOptions } from "./redis/options.ts";

/** What a server or a library says of itself, as far as it does. */
export interface Health {
  /** Its version: `7.2.4`. */
  readonly version: string | undefined;
  /** How far its clock is ahead of this machine's, in milliseconds. */
  readonly clockAheadMs?: number | undefined;
  /** What is wrong with what it holds. */
  readonly damage?: string | undefined;
}

/** The oldest version that stores work with, by kind. */
export const OLDEST_VERSIONS: Readonly<Record<string, string>> = {
  redis: "6.0",
};

/**
 * Asks a datasource for its version, its clock and damage.
 *
 * @param datasource The datasource.
 * @returns What it says; nothing if its kind has none of that, or if a Redis user
 * lacks the rights.
 * @throws {Error} If it cannot be reached or opened.
 */
export async function healthOf(
  { kind, options, path }: Datasource,
): Promise<Health> {
  // The kind has read the options by the schema of this type.
  if (kind.name === "redis") return await redisHealth(options as RedisOptions);
  if (kind.name === "sqlite" && path !== undefined) return sqliteHealth(path);
  return { version: undefined };
}

async function redisHealth(options: RedisOptions): Promise<Health> {
  // The servers of a group may differ, and other tools watch them.
  if (options.cluster !== undefined || options.sentinels !== undefined) {
    return { version: undefined };
  }
  const { redisEndpoint } = await import("./redis/options.ts");
  const { LeanRedisClient } = await import("./redis/clients/client.ts");
  const client = new LeanRedisClient(redisEndpoint(options));
  try {
    const [info, time] = await client.sendAll([["INFO", ["server"]], [
      "TIME",
      [],
    ]]);
    const now = Date.now();
    const text = info?.status === "fulfilled" ? String(info.value) : "";
    const parts = time?.status === "fulfilled" ? time.value : undefined;
    const seconds = Array.isArray(parts) ? Number(parts[0]) : NaN;
    return {
      version: /^redis_version:(\S+)/m.exec(text)?.[1],
      // TIME counts whole seconds first.
      clockAheadMs: Number.isNaN(seconds)
        ? undefined
        : seconds * 1000 + Number(Array.isArray(parts) ? parts[1] : 0) / 1000 -
          now,
    };
  } finally {
    client.close();
  }
}

async function sqliteHealth(path: string): Promise<Health> {
  const { DatabaseSync } = await import("node:sqlite");
  using database = new DatabaseSync(path, { readOnly: true });
  const version = database.prepare("SELECT sqlite_version() AS version").get();
  const check = database.prepare("PRAGMA quick_check(1)").get();
  const found = String(check?.["quick_check"] ?? "ok");
  return {
    version: String(version?.["version"]),
    damage: found === "ok" ? undefined : found,
  };
}
