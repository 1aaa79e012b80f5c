import { CicdStateError } from "../../errors.ts";
import type { Document } from "../../document/change.ts";
import { delay } from "../../util/concurrency.ts";
import { documentContext } from "../../document/id.ts";
import {
  decodeDocument,
  encodeDocument,
  openText,
  sealText,
} from "../shared/document_text.ts";
import { type Chain, makeEntry, SPARE_ENTRIES } from "../shared/history_log.ts";
import type { RedisEndpoint } from "./client.ts";
import { redisHistory } from "./history.ts";
import { listRedis } from "./list.ts";
import {
  LEAVE_SCRIPT,
  READ_SCRIPT,
  REMOVE_SCRIPT,
  ScriptRunner,
  SWAP_SCRIPT,
  TURN_SCRIPT,
} from "./runner.ts";
import type {
  ListOptions,
  ListPage,
  ReadOptions,
  Snapshot,
  StateHistory,
  StateStore,
  SwapOptions,
  TakeTurnOptions,
  Turn,
} from "../../document/store.ts";
import type { DatasourceExtras, RedisClient } from "../types.ts";

/** How often a writer tries its luck before it queues. */
const RACES_BEFORE_QUEUE = 3;
/** How long a writer waits at most before it asks again. */
const MAX_POLL_MS = 30;
/** Of how many documents the text is remembered from reading to writing. */
const MAX_REMEMBERED = 100;

/** Options of {@linkcode redisStore}. */
export interface RedisStoreOptions extends DatasourceExtras {
  /** A client that is connected, or connects when it is used. */
  readonly client: RedisClient;
  /**
   * Names the server in messages.
   *
   * @default {"redis"}
   */
  readonly name?: string | undefined;
  /** Where the client connects to, for messages. */
  readonly endpoint?: RedisEndpoint | undefined;
  /**
   * How many replicas must have a write before it counts as accepted.
   *
   * @default {0}
   */
  readonly waitReplicas?: number | undefined;
  /** The nodes of a cluster, each of which lists its own keys. */
  readonly nodes?: (() => readonly RedisClient[]) | undefined;
  /** Ends the client when the store is closed. Default: it stays as it is. */
  readonly close?: (() => void | Promise<void>) | undefined;
}

/** What {@linkcode READ_SCRIPT} gives. */
type ReadReply = (string | number | null)[];

/** What a read learned that the next write needs for the history. */
interface Remembered {
  readonly revision: string;
  readonly text: string;
  readonly external: boolean;
  readonly chain: Chain | undefined;
}

/**
 * Makes a store of a Redis server by a client of yours. Every update is one
 * script that compares and writes, so the client may be shared.
 *
 * @param options The client, and what else the store should know.
 * @returns The store.
 */
export function redisStore(
  options: RedisStoreOptions,
): StateStore & AsyncDisposable {
  return new RedisStore(options);
}

class RedisStore implements StateStore, AsyncDisposable {
  readonly name: string;
  readonly history: StateHistory | undefined;
  readonly #options: RedisStoreOptions;
  readonly #runner: ScriptRunner;
  readonly #maxEntries: number;
  readonly #remembered = new Map<string, Remembered>();

  constructor(options: RedisStoreOptions) {
    const { name = "redis", client, endpoint, codec, history } = options;
    this.name = name;
    this.#options = options;
    this.#runner = new ScriptRunner({
      client,
      target: { name, endpoint },
      waitReplicas: options.waitReplicas ?? 0,
    });
    this.#maxEntries = history?.maxEntries ?? 500;
    if (this.#maxEntries > 0) {
      this.history = redisHistory(this.#runner, this.#maxEntries, codec);
    }
  }

  async read(
    id: string,
    { signal, turn }: ReadOptions = {},
  ): Promise<Snapshot | undefined> {
    const reply = (turn instanceof RedisTurn ? turn.takeReply() : undefined) ??
      await this.#readReply(id, signal);
    const found = await this.#found(id, reply);
    if (found === undefined) return undefined;
    return {
      document: await this.#decode(id, found.text),
      revision: found.revision,
    };
  }

  async swap(
    id: string,
    next: Document,
    expected: string | undefined,
    options: SwapOptions = {},
  ): Promise<string | undefined> {
    const { overwrite = false, turn, ttlMs, signal } = options;
    const text = encodeDocument(next);
    const entry = this.#maxEntries === 0
      ? { kept: "", outside: "", chain: undefined }
      : await this.#entries(id, text, expected, options);
    if (entry === undefined) return undefined;
    const revision = await this.#runner.run(SWAP_SCRIPT, id, [
      await this.#seal(text),
      expected ?? "",
      overwrite ? "1" : "0",
      // Should the answer get lost, the script is sent again with the same id.
      crypto.randomUUID(),
      turn?.token ?? "",
      ttlMs === undefined ? "" : String(Math.ceil(ttlMs)),
      Date.now(),
      documentContext(next) ?? "",
      this.#maxEntries + SPARE_ENTRIES,
      entry.kept,
      entry.outside,
      entry.chain?.count ?? "",
      entry.chain?.length ?? "",
    ], { signal, writes: true }) as string | null;
    if (revision === null) return undefined;
    if (turn instanceof RedisTurn) turn.released = true;
    this.#remember(id, {
      revision,
      text,
      external: false,
      chain: entry.chain,
    });
    return revision;
  }

  async takeTurn(
    id: string,
    { lostRaces, turn: given, signal }: TakeTurnOptions,
  ): Promise<Turn | undefined> {
    if (lostRaces < RACES_BEFORE_QUEUE) return undefined;
    const turn = given instanceof RedisTurn
      ? given
      : new RedisTurn((token) =>
        this.#runner.run(LEAVE_SCRIPT, id, [token], {})
      );
    try {
      while (true) {
        const [ahead, ...reply] = await this.#runner
          .run(TURN_SCRIPT, id, [turn.token], { signal }) as [
            number,
            ...ReadReply,
          ];
        if (ahead === 0) {
          turn.reply = reply;
          return turn;
        }
        await delay(1 + Math.random() * Math.min(ahead, MAX_POLL_MS), signal);
      }
    } catch (error) {
      await turn.release();
      throw error;
    }
  }

  async remove(id: string): Promise<boolean> {
    this.#remembered.delete(id);
    return await this.#runner.run(REMOVE_SCRIPT, id, [], {}) === 1;
  }

  list(options: ListOptions = {}): Promise<ListPage> {
    const { client, nodes = () => [client], codec } = this.#options;
    return listRedis(this.#runner, nodes(), codec, options);
  }

  async close(): Promise<void> {
    await this.#options.close?.();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #readReply(id: string, signal: AbortSignal | undefined): Promise<ReadReply> {
    return this.#runner.run(READ_SCRIPT, id, [], { signal }) as Promise<
      ReadReply
    >;
  }

  async #found(
    id: string,
    [stored, revision, , external, count, length]: ReadReply,
  ): Promise<Remembered | undefined> {
    if (typeof stored !== "string" || typeof revision !== "string") {
      this.#remembered.delete(id);
      return undefined;
    }
    const text = await openText(
      stored,
      this.#options.codec,
      `"${id}" from ${this.name}`,
    );
    const found: Remembered = {
      revision,
      text,
      external: Number(external) === 1,
      chain: count
        ? { count: Number(count), length: Number(length) }
        : undefined,
    };
    this.#remember(id, found);
    return found;
  }

  /** Makes the history's entries; `undefined`: the race is lost already. */
  async #entries(
    id: string,
    text: string,
    expected: string | undefined,
    { note, overwrite = false, signal }: SwapOptions,
  ): Promise<
    { kept: string; outside: string; chain: Chain } | undefined
  > {
    const mask = this.#options.history?.mask;
    let before = this.#remembered.get(id);
    // What is overwritten may be sealed with a key that nobody has any more.
    if (overwrite) before = undefined;
    else if (before?.revision !== expected) {
      before = await this.#found(id, await this.#readReply(id, signal));
      if (before?.revision !== expected) return undefined;
    }
    const outside = before?.external
      ? makeEntry({
        note: undefined,
        text: before.text,
        previous: undefined,
        chain: undefined,
        external: true,
      }, mask)
      : undefined;
    const { kept, chain } = makeEntry({
      note,
      text,
      previous: before?.text,
      chain: outside?.chain ?? before?.chain,
    }, mask);
    return {
      kept: await this.#seal(kept),
      outside: outside === undefined ? "" : await this.#seal(outside.kept),
      chain,
    };
  }

  #remember(id: string, found: Remembered): void {
    if (this.#maxEntries === 0) return;
    this.#remembered.delete(id);
    this.#remembered.set(id, found);
    if (this.#remembered.size > MAX_REMEMBERED) {
      this.#remembered.delete(this.#remembered.keys().next().value!);
    }
  }

  #seal(text: string): Promise<string> {
    return sealText(text, this.#options.codec);
  }

  async #decode(id: string, text: string): Promise<Document> {
    try {
      return await decodeDocument(text);
    } catch (cause) {
      throw new CicdStateError(
        "STORE",
        `Cannot read "${id}" from ${this.name}: ${(cause as Error).message}`,
        { hint: `Mend its value, or write it anew by --init-new ${id}`, cause },
      );
    }
  }
}

/** A place in the queue; winning a swap ends it too. */
class RedisTurn implements Turn {
  readonly token: string = crypto.randomUUID();
  /** Whether the place was given up. */
  released = false;
  /** What was read when the turn came. */
  reply: ReadReply | undefined;
  readonly #leave: (token: string) => Promise<unknown>;

  constructor(leave: (token: string) => Promise<unknown>) {
    this.#leave = leave;
  }

  /** Gives what was read when the turn came, once. */
  takeReply(): ReadReply | undefined {
    const { reply } = this;
    this.reply = undefined;
    return reply;
  }

  async release(): Promise<void> {
    if (this.released) return;
    this.released = true;
    // Whoever falls silent loses its place anyway.
    await this.#leave(this.token).catch(() => {});
  }
}
