import type { Snapshot, TakeTurnOptions, Turn } from "../../document/store.ts";
import { delay } from "../../util/concurrency.ts";
import type { ScriptRunner } from "./runner.ts";
import { LEAVE_SCRIPT, type StoredDocument, TURN_SCRIPT } from "./scripts.ts";

/** How many races a writer loses before it joins the queue. */
const RACES_BEFORE_QUEUE = 3;
/** How long a writer in the queue waits at most before it asks again. */
const MAX_POLL_MS = 30;

/** What {@linkcode takeRedisTurn} needs. */
interface QueueOptions extends TakeTurnOptions {
  /** Runs scripts. */
  readonly runner: ScriptRunner;
  /** Makes a snapshot of what was read when the turn came. */
  readonly snapshotOf: (
    found: StoredDocument | undefined,
  ) => Promise<Snapshot | undefined>;
}

/**
 * Waits until a writer may go on. The document is read by the same script that
 * finds that the turn has come.
 *
 * @param id The document's id.
 * @param options The writer, and how to read.
 * @returns The turn, or `undefined` if the writer has lost too few races to need one.
 * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`; the signal's reason, if it is aborted.
 */
export async function takeRedisTurn(
  id: string,
  { runner, snapshotOf, lostRaces, turn: last, signal }: QueueOptions,
): Promise<RedisTurn | undefined> {
  if (lostRaces < RACES_BEFORE_QUEUE) return undefined;
  const token = last?.token ?? crypto.randomUUID();
  const leave = () => runner.run(LEAVE_SCRIPT, id, [token]);
  try {
    while (true) {
      const { ahead, found } = await runner
        .run(TURN_SCRIPT, id, [token], { signal });
      if (ahead === 0) {
        return new RedisTurn(token, () => snapshotOf(found), leave);
      }
      await delay(1 + Math.random() * Math.min(ahead, MAX_POLL_MS), signal);
    }
  } catch (error) {
    await leave().catch(() => {});
    throw error;
  }
}

/** A place at the head of the queue. Winning a swap ends it. */
export class RedisTurn implements Turn {
  readonly token: string;
  readonly read: () => Promise<Snapshot | undefined>;
  readonly #leave: () => Promise<void>;
  #isOver = false;

  /**
   * @param token Identifies the place.
   * @param read Returns what was read when the turn came.
   * @param leave Leaves the queue.
   */
  constructor(
    token: string,
    read: () => Promise<Snapshot | undefined>,
    leave: () => Promise<void>,
  ) {
    this.token = token;
    this.read = read;
    this.#leave = leave;
  }

  /** Notes that the swap which won has left the queue. */
  end(): void {
    this.#isOver = true;
  }

  async release(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    // A writer that falls silent loses its place anyway.
    await this.#leave().catch(() => {});
  }
}
