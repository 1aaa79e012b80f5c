import type { HostPort } from "../../../schema/schema.ts";
import type {
  LeanRedisClient,
  RedisClient,
  RedisCommand,
  RedisNode,
} from "./client.ts";
import {
  askMembers,
  memberClient,
  type Reach,
  sendOne,
  whileElecting,
} from "./members.ts";
import type { RedisEndpoint } from "../options.ts";
import type { Wire } from "./wire.ts";
import {
  arrayReply,
  integerReply,
  RedisReplyError,
  stringReply,
  unexpected,
} from "./resp.ts";
import { keySlot } from "./slots.ts";

/** How often a command is sent elsewhere before the cluster counts as broken. */
const MAX_REDIRECTIONS = 16;

/** The slots from one to another, and the node that has them. */
interface SlotRange {
  readonly first: number;
  readonly last: number;
  readonly node: string;
}

/**
 * A client of a Redis Cluster. It sends a command to the node that has its key,
 * follows redirections, and asks for the nodes again when one of them fails.
 */
export class ClusterClient implements RedisClient {
  readonly #startNodes: readonly HostPort[];
  readonly #endpoint: RedisEndpoint;
  readonly #reach: Reach = { wasReached: false };
  readonly #clients = new Map<string, LeanRedisClient>();
  /** Slots that have moved since the ranges were read. */
  readonly #moved = new Map<number, string>();
  #ranges: Promise<readonly SlotRange[]> | undefined;

  /**
   * @param startNodes Some of its nodes.
   * @param endpoint How to log in at each of them, TLS, and the time-outs.
   */
  constructor(startNodes: readonly HostPort[], endpoint: RedisEndpoint) {
    this.#startNodes = startNodes;
    // A cluster has one database.
    this.#endpoint = { ...endpoint, db: 0 };
  }

  /** Sends a command to the node that has its key. */
  async sendCommand(
    command: string,
    args: (string | number | Uint8Array)[],
  ): Promise<unknown> {
    return await sendOne(this, command, args);
  }

  /** Sends commands to the node that has the key of the first one, over one connection. */
  async sendAll(
    commands: readonly RedisCommand[],
  ): Promise<PromiseSettledResult<unknown>[]> {
    const slot = keySlot(keyOf(commands[0]!));
    return await whileElecting(
      this.#endpoint.connectTimeoutMs,
      this.#reach,
      async () => {
        try {
          return await this.#follow(slot, commands);
        } catch (error) {
          // Whatever failed, the slot may be elsewhere the next time.
          this.#forget();
          throw error;
        }
      },
    );
  }

  /** Returns the nodes that have slots, in the order of their names. */
  async nodes(): Promise<readonly RedisNode[]> {
    return await whileElecting(
      this.#endpoint.connectTimeoutMs,
      this.#reach,
      async () => {
        this.#forget();
        const names = (await this.#readRanges()).map(({ node }) => node);
        if (names.length === 0) throw notServed();
        return [...new Set(names)].toSorted()
          .map((name) => ({ name, client: this.#clientOf(name) }));
      },
    );
  }

  /** Opens a connection of its own to a node: each one has all messages. */
  async openWire(onMessage: () => void): Promise<Wire> {
    this.#forget();
    const [range] = await this.#readRanges();
    if (range === undefined) throw notServed();
    return await this.#clientOf(range.node).openWire(onMessage);
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    this.#forget();
    const clients = [...this.#clients.values()];
    this.#clients.clear();
    await Promise.all(clients.map((client) => client.close()));
  }

  async #follow(
    slot: number,
    commands: readonly RedisCommand[],
  ): Promise<PromiseSettledResult<unknown>[]> {
    let name = await this.#nodeOf(slot);
    let asks = false;
    for (let hop = 0; hop < MAX_REDIRECTIONS; hop++) {
      const client: LeanRedisClient = this.#clientOf(name);
      const results: PromiseSettledResult<unknown>[] = asks
        ? (await client.sendAll([ASKING, ...commands])).slice(1)
        : await client.sendAll(commands);
      const [first] = results;
      if (first?.status !== "rejected") return results;
      const redirection = readRedirection(first.reason);
      if (redirection === undefined) throw first.reason;
      name = addressFrom(redirection.address, name);
      asks = redirection.kind === "ASK";
      if (!asks) this.#moved.set(slot, name);
    }
    throw new RedisReplyError("CLUSTERDOWN Too many redirections");
  }

  async #nodeOf(slot: number): Promise<string> {
    const moved = this.#moved.get(slot);
    if (moved !== undefined) return moved;
    const range = (await this.#readRanges()).find(({ first, last }) =>
      first <= slot && slot <= last
    );
    if (range === undefined) throw notServed();
    return range.node;
  }

  #forget(): void {
    this.#ranges = undefined;
    this.#moved.clear();
  }

  #readRanges(): Promise<readonly SlotRange[]> {
    if (this.#ranges !== undefined) return this.#ranges;
    const known = [...this.#clients.keys()].map(parseAddress);
    const ranges = askMembers(
      [...this.#startNodes, ...known],
      this.#endpoint.connectTimeoutMs,
      async (address, timeoutMs) => {
        await using client = memberClient(this.#endpoint, address, {
          connectTimeoutMs: timeoutMs,
          commandTimeoutMs: timeoutMs,
        });
        const reply = await client.sendCommand("CLUSTER", ["SLOTS"]);
        return parseRanges(reply, address.host);
      },
    ).then((answer) => answer ?? []);
    this.#ranges = ranges;
    ranges.catch(() => {
      if (this.#ranges === ranges) this.#ranges = undefined;
    });
    return ranges;
  }

  #clientOf(name: string): LeanRedisClient {
    let client = this.#clients.get(name);
    if (client === undefined) {
      client = memberClient(this.#endpoint, parseAddress(name));
      this.#clients.set(name, client);
    }
    return client;
  }
}

const ASKING: RedisCommand = ["ASKING", []];

/** A script's arguments begin with its source and the number of its keys. */
function keyOf([command, args]: RedisCommand): string {
  return String(command === "EVAL" ? args[2] : args[0]);
}

function notServed(): RedisReplyError {
  return new RedisReplyError("CLUSTERDOWN Hash slot not served");
}

/** Reads the reply of CLUSTER SLOTS: the first and last slot, and the nodes. */
function parseRanges(reply: unknown, askedHost: string): SlotRange[] {
  return arrayReply(reply).map((range) => {
    const [first, last, primary] = arrayReply(range);
    const [host, port] = arrayReply(primary);
    const name = stringReply(host);
    // A node that does not know its address is where it was asked.
    const known = name === undefined || name === "" || name === "?"
      ? askedHost
      : name;
    return {
      first: integerReply(first),
      last: integerReply(last),
      node: `${known}:${integerReply(port)}`,
    };
  });
}

/** Reads where the server says that a slot is. */
function readRedirection(
  reason: unknown,
): { kind: string; address: string } | undefined {
  if (!(reason instanceof RedisReplyError)) return undefined;
  const [, kind, address] = /^(MOVED|ASK) \d+ (\S+)$/.exec(reason.message) ??
    [];
  return kind === undefined || address === undefined
    ? undefined
    : { kind, address };
}

/** Reads the address of a redirection; without a host, it is the node's own. */
function addressFrom(address: string, name: string): string {
  return address.startsWith(":")
    ? `${parseAddress(name).host}${address}`
    : address;
}

function parseAddress(name: string): HostPort {
  const colon = name.lastIndexOf(":");
  const port = Number(name.slice(colon + 1));
  if (colon < 1 || !Number.isInteger(port)) unexpected(name);
  return { host: name.slice(0, colon), port };
}
