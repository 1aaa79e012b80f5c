import { CicdStateError } from "../../../errors.ts";
import type { HostPort } from "../../../schema/schema.ts";
import type { LeanRedisClient, RedisClient, RedisCommand } from "./client.ts";
import {
  askMembers,
  memberClient,
  type Reach,
  whileElecting,
} from "./members.ts";
import type { RedisEndpoint } from "../options.ts";
import {
  arrayReply,
  RedisReplyError,
  stringReply,
  unexpected,
} from "./resp.ts";
import { RedisConnectionError, type Wire } from "./wire.ts";

/** Where a {@linkcode SentinelClient} finds its server. */
export interface SentinelOptions {
  /** The sentinels. */
  readonly sentinels: readonly HostPort[];
  /** What they call the primary server. */
  readonly primary: string;
  /** Their password, if they have one. */
  readonly password: string | undefined;
  /** How to log in at the server, TLS for all of them, and the time-outs. */
  readonly endpoint: RedisEndpoint;
}

/**
 * A client of the server that sentinels call the primary. When the connection
 * breaks, or the server has become a replica, it asks them again.
 */
export class SentinelClient implements RedisClient {
  readonly #options: SentinelOptions;
  readonly #reach: Reach = { wasReached: false };
  #primary: Promise<LeanRedisClient> | undefined;

  /** @param options Where the sentinels are. */
  constructor(options: SentinelOptions) {
    this.#options = options;
  }

  /** Sends a command to the primary server. */
  async sendCommand(
    command: string,
    args: (string | number | Uint8Array)[],
  ): Promise<unknown> {
    const [result] = await this.sendAll([[command, args]]);
    if (result?.status === "rejected") throw result.reason;
    return result?.value;
  }

  /** Sends commands to the primary server over one connection. */
  async sendAll(
    commands: readonly RedisCommand[],
  ): Promise<PromiseSettledResult<unknown>[]> {
    const { connectTimeoutMs } = this.#options.endpoint;
    return await whileElecting(connectTimeoutMs, this.#reach, async () => {
      const primary = this.#connected();
      const client = await primary;
      try {
        const results = await client.sendAll(commands);
        const [first] = results;
        if (first?.status === "rejected") throw first.reason;
        return results;
      } catch (error) {
        if (isGone(error)) {
          if (this.#primary === primary) this.#primary = undefined;
          await client.close();
        }
        throw error;
      }
    });
  }

  /** Opens a connection of its own to the primary server. */
  async openWire(onMessage: () => void): Promise<Wire> {
    return await (await this.#connected()).openWire(onMessage);
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    const primary = this.#primary;
    this.#primary = undefined;
    await (await primary?.catch(() => undefined))?.close();
  }

  #connected(): Promise<LeanRedisClient> {
    if (this.#primary !== undefined) return this.#primary;
    const primary = this.#find();
    this.#primary = primary;
    primary.catch(() => {
      if (this.#primary === primary) this.#primary = undefined;
    });
    return primary;
  }

  async #find(): Promise<LeanRedisClient> {
    const { sentinels, primary, endpoint } = this.#options;
    const address = await askMembers(
      sentinels,
      endpoint.connectTimeoutMs,
      (sentinel, timeoutMs) => this.#ask(sentinel, timeoutMs),
    );
    if (address === undefined) {
      throw new CicdStateError(
        "STORE",
        `Cannot use redis ${primary}: its sentinels know no primary server of that name`,
        { hint: "Check sentinel-name and sentinels" },
      );
    }
    const client = memberClient(endpoint, address);
    try {
      await checkRole(client);
      return client;
    } catch (error) {
      await client.close();
      throw error instanceof RedisConnectionError ? error.asUnsent() : error;
    }
  }

  /** Asks a sentinel where the primary server is. */
  async #ask(
    sentinel: HostPort,
    timeoutMs: number,
  ): Promise<HostPort | undefined> {
    const { primary, password, endpoint } = this.#options;
    const login = { ...endpoint, db: 0, username: undefined, password };
    await using client = memberClient(login, sentinel, {
      connectTimeoutMs: timeoutMs,
      commandTimeoutMs: timeoutMs,
    });
    try {
      const command = ["GET-MASTER-ADDR-BY-NAME", primary];
      const reply = await client.sendCommand("SENTINEL", command);
      if (reply === null) return undefined;
      const [host, port] = arrayReply(reply).map(stringReply);
      if (host === undefined || !(Number(port) > 0)) unexpected(reply);
      return { host, port: Number(port) };
    } catch (error) {
      if (!(error instanceof RedisReplyError)) throw error;
      throw new CicdStateError(
        "STORE",
        `Cannot use redis ${primary}: sentinel ${sentinel.host}:${sentinel.port} refuses to answer: ${error.message}`,
        { hint: "Check sentinel-password and sentinels", cause: error },
      );
    }
  }
}

/** Checks that a server is the primary, unless its user may not ask. */
async function checkRole(client: LeanRedisClient): Promise<void> {
  let role: string | undefined;
  try {
    role = stringReply(arrayReply(await client.sendCommand("ROLE", []))[0]);
  } catch (error) {
    // A replica that is written to says so itself.
    if (error instanceof RedisReplyError && /^NOPERM/.test(error.message)) {
      return;
    }
    throw error;
  }
  if (role === "master") return;
  throw new RedisConnectionError(
    "connect",
    "the server that the sentinels name is a replica",
    { wasReached: false },
  );
}

function isGone(error: unknown): boolean {
  return error instanceof RedisConnectionError ||
    error instanceof RedisReplyError && /^-?READONLY\b/.test(error.message);
}
