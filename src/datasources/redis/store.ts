import type { Document } from "../../document/change.ts";
import type { WatchDocument } from "../../document/coordination.ts";
import { documentContext } from "../../document/id.ts";
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
import { CicdStateError } from "../../errors.ts";
import { encodeDocument, readStoredDocument } from "../shared/document_text.ts";
import {
  type HistoryLimits,
  historyLimits,
  openText,
  sealText,
  type StoreExtras,
  swapBase,
} from "../shared/extras.ts";
import type { Chain } from "../shared/history_log.ts";
import type { RedisNode } from "./clients/client.ts";
import type { RedisEndpoint } from "./options.ts";
import { ScriptRunner } from "./runner.ts";
import {
  READ_SCRIPT,
  REMOVE_SCRIPT,
  REVISION_SCRIPT,
  type StoredDocument,
} from "./scripts.ts";
import type { WatchingClient } from "./watch.ts";

/** How many races a writer loses before it joins the queue. */
const RACES_BEFORE_QUEUE = 3;

/** Options of {@linkcode redisStore}. */
export interface RedisStoreOptions extends StoreExtras {
  /** A client that is connected, or connects when it is used. */
  readonly client: WatchingClient;
  /**
   * The server's name in messages.
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
  /** Finds the nodes of a cluster, each of which lists its own keys. */
  readonly nodes?: (() => Promise<readonly RedisNode[]>) | undefined;
  /** Closes the client when the store is closed. Default: it stays open. */
  readonly close?: (() => void | Promise<void>) | undefined;
}

/**
 * Makes a store on a Redis server. Every update is one script that compares and
 * writes, so the client may be shared.
 *
 * @param options The client, and what else the store should know.
 * @returns The store.
 */
export function redisStore(
  options: RedisStoreOptions,
): StateStore & AsyncDisposable {
  return new RedisStore(options);
}

/** A snapshot that carries what its next write adds to the history. */
class RedisSnapshot implements Snapshot {
  readonly document: Document;
  readonly revision: string;
  /** The document as it was stored, decrypted. */
  readonly text: string;
  /** Whether a program wrote it that keeps no history. */
  readonly isExternal: boolean;
  /** The state of the history's chain. */
  readonly chain: Chain | undefined;

  constructor(document: Document, text: string, stored: StoredDocument) {
    this.document = document;
    this.text = text;
    this.revision = stored.revision;
    this.isExternal = stored.isExternal;
    this.chain = stored.chain;
  }
}

/** What a swap adds to the history. */
interface NewEntries {
  /** The entry of the write itself; empty: there is no history. */
  readonly kept: string;
  /** The entry of what another program wrote before it; empty: nothing. */
  readonly outside: string;
  /** The state of the chain after both. */
  readonly chain: Chain | undefined;
}

class RedisStore implements StateStore, AsyncDisposable {
  readonly name: string;
  readonly history: StateHistory | undefined;
  readonly #options: RedisStoreOptions;
  readonly #runner: ScriptRunner;
  readonly #limits: HistoryLimits;
  /** The turns whose swap won, which ends them. */
  readonly #won = new WeakSet<Turn>();

  constructor(options: RedisStoreOptions) {
    const { name = "redis", client, endpoint, history } = options;
    const { waitReplicas = 0 } = options;
    if (waitReplicas > 0 && client.sendAll === undefined) {
      throw new CicdStateError(
        "CONFIG",
        "Cannot wait for replicas with this Redis client: it has no method sendAll",
        {
          hint:
            "Remove wait-replicas, or add the method: it sends commands over one connection",
        },
      );
    }
    this.name = name;
    this.#options = options;
    this.#runner = new ScriptRunner({
      client,
      target: { name, endpoint },
      waitReplicas,
    });
    this.#limits = historyLimits(history);
    if (this.#limits.shown > 0) this.history = this.#history();
  }

  async read(
    id: string,
    { signal }: ReadOptions = {},
  ): Promise<RedisSnapshot | undefined> {
    const found = await this.#runner.run(READ_SCRIPT, id, [], { signal });
    return await this.#snapshot(id, found);
  }

  async revision(
    id: string,
    { signal }: ReadOptions = {},
  ): Promise<string | undefined> {
    return await this.#runner.run(REVISION_SCRIPT, id, [], { signal });
  }

  async swap(
    id: string,
    next: Document,
    before: Snapshot | undefined,
    options: SwapOptions = {},
  ): Promise<string | undefined> {
    const { overwrite = false, turn, ttlMs, signal } = options;
    const text = encodeDocument(next);
    const from = await swapBase(
      before,
      options,
      RedisSnapshot,
      () => this.read(id, { signal }),
    );
    if (from === "lost") return undefined;
    const { kept, outside, chain } = await this.#entries(text, from, options);
    const { SWAP_SCRIPT } = await import("./swap_script.ts");
    const revision = await this.#runner.run(SWAP_SCRIPT, id, [
      await this.#seal(text),
      before?.revision ?? "",
      overwrite ? "1" : "0",
      // If the answer is lost, the script is sent again with the same id.
      crypto.randomUUID(),
      turn?.token ?? "",
      ttlMs === undefined ? "" : String(ttlMs),
      Date.now(),
      documentContext(next) ?? "",
      this.#limits.entries,
      this.#limits.bytes,
      kept,
      outside,
      chain?.count ?? "",
      chain?.length ?? "",
    ], { signal, writes: true });
    if (revision !== undefined && turn !== undefined) this.#won.add(turn);
    return revision;
  }

  async takeTurn(
    id: string,
    options: TakeTurnOptions,
  ): Promise<Turn | undefined> {
    if (options.lostRaces < RACES_BEFORE_QUEUE) return undefined;
    const { takeRedisTurn } = await import("./turn.ts");
    return await takeRedisTurn(id, {
      ...options,
      runner: this.#runner,
      hasWon: (turn) => this.#won.has(turn),
      snapshotOf: (found) => this.#snapshot(id, found),
    });
  }

  async remove(id: string): Promise<boolean> {
    return await this.#runner.run(REMOVE_SCRIPT, id, [], { writes: true });
  }

  async list(options: ListOptions = {}): Promise<ListPage> {
    const { client, nodes, codec } = this.#options;
    const { listRedis } = await import("./list.ts");
    return await listRedis(options, {
      runner: this.#runner,
      codec,
      findNodes: nodes ?? (() => Promise.resolve([{ name: "", client }])),
    });
  }

  readonly watch: WatchDocument = async (id, notify) => {
    const { watchRedis } = await import("./watch.ts");
    return await watchRedis(id, this.#options, notify);
  };

  async close(): Promise<void> {
    await this.#options.close?.();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #history(): StateHistory {
    const open = async () => {
      const { redisHistory } = await import("./history.ts");
      const { codec } = this.#options;
      return redisHistory(this.#runner, this.#limits.shown, codec);
    };
    return {
      entries: async (id, limit) => (await open()).entries(id, limit),
      documentAt: async (id, revision) =>
        (await open()).documentAt(id, revision),
    };
  }

  async #snapshot(
    id: string,
    found: StoredDocument | undefined,
  ): Promise<RedisSnapshot | undefined> {
    if (found === undefined) return undefined;
    const where = `"${id}" from ${this.name}`;
    const text = await openText(found.stored, this.#options.codec, where);
    const document = await readStoredDocument(text, id, this.name);
    return new RedisSnapshot(document, text, found);
  }

  /** Makes the history's entries. */
  async #entries(
    text: string,
    from: RedisSnapshot | undefined,
    { note }: SwapOptions,
  ): Promise<NewEntries> {
    if (this.#limits.shown === 0) {
      return { kept: "", outside: "", chain: undefined };
    }
    const { makeEntry } = await import("../shared/history_log.ts");
    const mask = this.#options.history?.mask;
    const outside = from?.isExternal
      ? makeEntry({
        note: undefined,
        text: from.text,
        previous: undefined,
        chain: undefined,
        external: true,
      }, mask)
      : undefined;
    const { kept, chain } = makeEntry({
      note,
      text,
      previous: from?.text,
      chain: outside?.chain ?? from?.chain,
    }, mask);
    return {
      kept: await this.#seal(kept),
      outside: outside === undefined ? "" : await this.#seal(outside.kept),
      chain,
    };
  }

  #seal(text: string): Promise<string> {
    return sealText(text, this.#options.codec);
  }
}
