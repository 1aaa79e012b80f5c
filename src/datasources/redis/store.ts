import type { Document } from "../../document/change.ts";
import type { StoreInfo } from "../../document/capabilities.ts";
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
  BOUND_PREFIX,
  type HistoryLimits,
  historyLimits,
  openText,
  revisionNumber,
  sealText,
  type StoreExtras,
  swapBase,
} from "../shared/extras.ts";
import type { Chain } from "../shared/history_log.ts";
import type { RedisNode } from "./clients/client.ts";
import type { RedisEndpoint } from "./options.ts";
import { ScriptRunner } from "./runner.ts";
import {
  ABOUT_SCRIPT,
  DISTANT_MS,
  NUMBER_SCRIPT,
  READ_SCRIPT,
  REMOVE_SCRIPT,
  REVISION_SCRIPT,
  type StoredDocument,
} from "./scripts.ts";
import type { WatchingClient } from "./watch.ts";

/** How many races a writer loses before it joins the queue, and a distant one. */
const [RACES_BEFORE_QUEUE, DISTANT_RACES] = [3, 1];

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
  /** Whether encryption binds it, and its history, to what it is. */
  readonly isBound: boolean;

  constructor(document: Document, text: string, stored: StoredDocument) {
    this.document = document;
    this.text = text;
    this.revision = stored.revision;
    this.isExternal = stored.isExternal;
    this.chain = stored.chain;
    this.isBound = stored.stored.startsWith(BOUND_PREFIX);
  }
}

/** What a store without a history adds to it. */
const NO_ENTRIES = { kept: "", outside: "", chain: undefined };

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
    const { codec } = this.#options;
    const text = encodeDocument(next);
    const from = await swapBase(
      before,
      options,
      RedisSnapshot,
      () => this.read(id, { signal }),
    );
    if (from === "lost") return undefined;
    const last = await this.#lastNumber(id, from, options);
    const { newEntries, nextOf, SWAP_SCRIPT } = await import(
      "./swap_script.ts"
    );
    const { kept, outside, chain } = this.#limits.shown === 0
      ? NO_ENTRIES
      : await newEntries({ id, text, note: options.note }, {
        from,
        last,
        extras: this.#options,
      });
    const revision = await this.#runner.run(SWAP_SCRIPT, id, [
      await sealText(text, codec, {
        kind: "redis",
        id,
        revision: nextOf(last),
      }),
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
      last ?? "",
    ], { signal, writes: true });
    if (revision !== undefined && turn !== undefined) this.#won.add(turn);
    return revision;
  }

  async takeTurn(
    id: string,
    options: TakeTurnOptions,
  ): Promise<Turn | undefined> {
    const races = this.#runner.slowestMs > DISTANT_MS
      ? DISTANT_RACES
      : RACES_BEFORE_QUEUE;
    if (options.lostRaces < races) return undefined;
    const { takeRedisTurn } = await import("./turn.ts");
    return await takeRedisTurn(id, {
      ...options,
      runner: this.#runner,
      hasWon: (turn) => this.#won.has(turn),
      snapshotOf: (found) => this.#snapshot(id, found),
    });
  }

  async about(): Promise<StoreInfo> {
    return await this.#runner.run(ABOUT_SCRIPT, "cicdstatemgr", []);
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

  readonly records: StateStore["records"] = async () =>
    (await import("./records.ts")).redisRecords(this.#runner);

  readonly watch: StateStore["watch"] = async (id, notify) =>
    (await import("./watch.ts")).watchRedis(id, this.#options, notify);

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
    const text = await openText(found.stored, this.#options.codec, {
      kind: "redis",
      id,
      revision: revisionNumber(found.revision),
      where: `"${id}" from ${this.name}`,
    });
    const document = await readStoredDocument(text, id, this.name);
    return new RedisSnapshot(document, text, found);
  }

  /**
   * Returns the number of the revision before this write, to which encryption
   * binds what is written. `undefined`: nothing is encrypted.
   */
  async #lastNumber(
    id: string,
    from: RedisSnapshot | undefined,
    { signal }: SwapOptions,
  ): Promise<number | undefined> {
    if (this.#options.codec === undefined) return undefined;
    if (from !== undefined) return revisionNumber(from.revision);
    return await this.#runner.run(NUMBER_SCRIPT, id, [], { signal });
  }
}
