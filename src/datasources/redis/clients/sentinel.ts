import { CicdStateError } from "../../../errors.ts";
import type { HostPort } from "../../../schema/schema.ts";
import type { LeanRedisClient, RedisClient, RedisCommand } from "./client.ts";
import {
  askMembers,
  memberClient,
  type Reach,
  sendOne,
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

/** After which time the sentinels are asked whether the primary is still the same. */
const CHECK_MS = 1000;
/** An answer that takes longer may be that of a server that was frozen, and replaced. */
const SLOW_MS = 500;

/** The server that the sentinels have named. */
interface Primary {
  readonly client: LeanRedisClient;
  readonly address: HostPort;
  /** The `performance.now()` at which the sentinels named it last. */
  namedAt: number;
}

/**
 * A client of the server that sentinels call the primary. It asks them again when
 * the connection breaks or the server has become a replica, and from time to time:
 * a server that was frozen does not know that it was replaced.
 */
export class SentinelClient implements RedisClient {
  readonly #options: SentinelOptions;
  readonly #reach: Reach = { wasReached: false };
  #primary: Promise<Primary> | undefined;

  /** @param options Where the sentinels are. */
  constructor(options: SentinelOptions) {
    this.#options = options;
  }

  /** Sends a command to the primary server. */
  async sendCommand(
    command: string,
    args: (string | number | Uint8Array)[],
  ): Promise<unknown> {
    return await sendOne(this, command, args);
  }

  /** Sends commands to the primary server over one connection. */
  async sendAll(
    commands: readonly RedisCommand[],
  ): Promise<PromiseSettledResult<unknown>[]> {
    const { connectTimeoutMs } = this.#options.endpoint;
    return await whileElecting(connectTimeoutMs, this.#reach, async () => {
      const connected = this.#connected();
      const primary = await connected;
      const start = performance.now();
      try {
        const results = await primary.client.sendAll(commands);
        const [first] = results;
        if (first?.status === "rejected") throw first.reason;
        await this.#checkNamed(primary, performance.now() - start);
        return results;
      } catch (error) {
        if (isGone(error)) {
          if (this.#primary === connected) this.#primary = undefined;
          await primary.client.close();
        }
        throw error;
      }
    });
  }

  /** Opens a connection of its own to the primary server. */
  async openWire(onMessage: () => void): Promise<Wire> {
    return await (await this.#connected()).client.openWire(onMessage);
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    const primary = this.#primary;
    this.#primary = undefined;
    await (await primary?.catch(() => undefined))?.client.close();
  }

  #connected(): Promise<Primary> {
    if (this.#primary !== undefined) return this.#primary;
    const primary = this.#find();
    this.#primary = primary;
    primary.catch(() => {
      if (this.#primary === primary) this.#primary = undefined;
    });
    return primary;
  }

  /** Fails if the sentinels have replaced the server that has just answered. */
  async #checkNamed(primary: Primary, tookMs: number): Promise<void> {
    const now = performance.now();
    if (now - primary.namedAt < CHECK_MS && tookMs < SLOW_MS) return;
    primary.namedAt = now;
    // Without sentinels, the server is as good as it was.
    const named = await this.#askAll().catch(() => undefined);
    const { host, port } = primary.address;
    if (named === undefined || named.host === host && named.port === port) {
      return;
    }
    throw new RedisConnectionError(
      "lost",
      "the sentinels have replaced the server",
      { wasReached: true, isUnanswered: true },
    );
  }

  #askAll(): Promise<HostPort | undefined> {
    const { sentinels, endpoint } = this.#options;
    return askMembers(
      sentinels,
      endpoint.connectTimeoutMs,
      (sentinel, timeoutMs) => this.#ask(sentinel, timeoutMs),
    );
  }

  async #find(): Promise<Primary> {
    const { primary, endpoint } = this.#options;
    const address = await this.#askAll();
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
      return { client, address, namedAt: performance.now() };
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
