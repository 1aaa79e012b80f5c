import type { RedisServer } from "./redis_server.ts";

/** Options of {@linkcode redisCli}. */
export interface RedisCliOptions {
  readonly db?: number;
  /** The command's last argument. */
  readonly input?: string;
}

/** Runs a command with redis-cli, to see what other clients see. */
export async function redisCli(
  { port, options: { password = "" } }: RedisServer,
  words: readonly string[],
  { db = 0, input }: RedisCliOptions = {},
): Promise<string> {
  const child = new Deno.Command("redis-cli", {
    args: [
      ...["-p", String(port), "-n", String(db), "-e"],
      ...(input === undefined ? [] : ["-x"]),
      ...words,
    ],
    env: password === "" ? {} : { REDISCLI_AUTH: password },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const text = new TextDecoder().decode(stdout).replace(/\n$/, "");
  if (!success) throw new Error(text + new TextDecoder().decode(stderr));
  return text;
}
