import { LeanRedisClient } from "../../src/datasources/redis/clients/client.ts";
import {
  redisEndpoint,
  type RedisOptions,
} from "../../src/datasources/redis/options.ts";
import { RedisReplyError } from "../../src/datasources/redis/clients/resp.ts";
import { makeCertificates } from "./certificates.ts";

/** Options of {@linkcode startRedis}. */
export interface RedisServerOptions {
  /** The password of the `default` user. */
  password?: string;
  /** An ACL user with these rules. */
  user?: { name: string; password: string; rules?: string };
  /** Speaks TLS only, with certificates made for 127.0.0.1. */
  tls?: boolean | "mutual";
  /** Listens on a unix socket only. */
  unixSocket?: boolean;
  /** Keeps an append-only file that is synced at every write. */
  appendOnly?: boolean;
  /** Starts a sentinel. */
  sentinel?: boolean;
  /** Further lines of the server's configuration. */
  config?: string[];
}

/** A Redis server that a test runs. */
export interface RedisServer extends AsyncDisposable {
  /** How to connect to it. */
  readonly options: RedisOptions;
  /** Its TCP port; 0 if it listens on a socket only. */
  readonly port: number;
  /** Its folder; certificates are there. */
  readonly folder: string;
  /** Its process id. */
  readonly pid: number;
  /** Creates a client. */
  connect(): LeanRedisClient;
  /** Kills it and starts it again on the same data. */
  restart(): Promise<void>;
  /** Sends it a signal. */
  kill(signal: Deno.Signal): void;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/**
 * Starts a Redis server on a free loopback port.
 *
 * @param given What is special about it.
 * @returns The server, ready for commands.
 */
export async function startRedis(
  given: RedisServerOptions = {},
): Promise<RedisServer> {
  for (let attempt = 1;; attempt++) {
    try {
      return await startOnce(given);
    } catch (error) {
      // Another program may have taken the port meanwhile.
      const isTaken = /Address already in use/.test(String(error));
      if (!isTaken || attempt === 3) throw error;
    }
  }
}

async function startOnce(given: RedisServerOptions): Promise<RedisServer> {
  const folder = await Deno.makeTempDir({ prefix: "redis-" });
  const port = given.unixSocket ? 0 : freePort();
  const options = connectOptions(given, port, folder);
  const lines = await configLines(given, port, folder);
  await Deno.writeTextFile(`${folder}/redis.conf`, lines.join("\n") + "\n");

  let child = spawn(folder, given);
  const server: RedisServer = {
    options,
    port,
    folder,
    get pid() {
      return child.pid;
    },
    connect: () => new LeanRedisClient(redisEndpoint(options)),
    kill: (signal) => child.kill(signal),
    async restart() {
      end(child);
      await child.status;
      child = spawn(folder, given);
    },
    async stop() {
      end(child);
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
  try {
    await answers(server);
    return server;
  } catch (error) {
    const log = await Deno.readTextFile(`${folder}/log`).catch(() => "");
    await server.stop();
    throw new Error(`redis-server does not answer:\n${log}`, { cause: error });
  }
}

/** Returns a free TCP port. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

function spawn(
  folder: string,
  { sentinel }: RedisServerOptions,
): Deno.ChildProcess {
  return new Deno.Command("redis-server", {
    args: [`${folder}/redis.conf`, ...sentinel ? ["--sentinel"] : []],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

function end(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended already.
  }
}

/** Waits until the server has loaded its data. */
async function answers(server: RedisServer): Promise<void> {
  await using client = server.connect();
  await client.sendCommand("TIME").catch((error) => {
    // A refusal is an answer too.
    if (!(error instanceof RedisReplyError)) throw error;
  });
}

function connectOptions(
  { password, user, tls, unixSocket }: RedisServerOptions,
  port: number,
  folder: string,
): RedisOptions {
  return {
    ...unixSocket ? { unixSocket: `${folder}/socket` } : {
      host: "127.0.0.1",
      port,
    },
    ...password !== undefined && { password },
    ...user !== undefined &&
      { username: user.name, password: user.password },
    ...tls && {
      tls: {
        caFile: `${folder}/ca.crt`,
        ...tls === "mutual" && {
          certFile: `${folder}/client.crt`,
          keyFile: `${folder}/client.key`,
        },
      },
    },
  };
}

async function configLines(
  given: RedisServerOptions,
  port: number,
  folder: string,
): Promise<string[]> {
  const { password, user, tls, unixSocket, appendOnly, config = [] } = given;
  const lines = [
    `dir ${folder}`,
    `logfile ${folder}/log`,
    "bind 127.0.0.1",
    ...given.sentinel ? [] : ['save ""', "repl-diskless-sync-delay 0"],
    tls ? `port 0\ntls-port ${port}` : `port ${port}`,
  ];
  if (password !== undefined) lines.push(`requirepass ${password}`);
  if (user !== undefined) {
    const { name, password, rules = "~* +@all" } = user;
    lines.push("user default off", `user ${name} on >${password} ${rules}`);
  }
  if (unixSocket) lines.push(`unixsocket ${folder}/socket`);
  if (appendOnly) lines.push("appendonly yes", "appendfsync always");
  if (tls) {
    await makeCertificates(folder);
    lines.push(
      `tls-ca-cert-file ${folder}/ca.crt`,
      `tls-cert-file ${folder}/server.crt`,
      `tls-key-file ${folder}/server.key`,
      `tls-auth-clients ${tls === "mutual" ? "yes" : "no"}`,
    );
  }
  return [...lines, ...config];
}
