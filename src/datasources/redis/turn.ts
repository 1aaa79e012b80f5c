import type { Snapshot, TakeTurnOptions, Turn } from "../../document/store.ts";
import { delay } from "../../util/concurrency.ts";
import type { ScriptRunner } from "./runner.ts";
import { LEAVE_SCRIPT, type StoredDocument, TURN_SCRIPT } from "./scripts.ts";

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
  /** Reports whether the swap of a turn has won, and so has left the queue. */
  readonly hasWon: (turn: Turn) => boolean;
}

/** The swap of a distant writer must arrive before its place is given away. */
function patienceOf({ slowestMs }: ScriptRunner): number {
  return Math.ceil(2 * slowestMs);
}

/**
 * Waits until a writer may go on. The document is read by the same script that
 * finds that the turn has come.
 *
 * @param id The document's id.
 * @param options The writer, and how to read.
 * @returns The turn.
 * @throws {CicdStateError} `STORE`, `TIMEOUT` or `PERMISSION`; the signal's reason, if it is aborted.
 */
export async function takeRedisTurn(
  id: string,
  { runner, snapshotOf, hasWon, turn: last, signal }: QueueOptions,
): Promise<Turn> {
  const token = last?.token ?? crypto.randomUUID();
  async function leave(): Promise<void> {
    // A writer that falls silent loses its place anyway.
    await runner.run(LEAVE_SCRIPT, id, [token]).catch(() => {});
  }
  try {
    while (true) {
      const { ahead, found } = await runner
        .run(TURN_SCRIPT, id, [token, patienceOf(runner)], { signal });
      if (ahead === 0) {
        const turn: Turn = {
          token,
          read: () => snapshotOf(found),
          async release() {
            if (!hasWon(turn)) await leave();
          },
        };
        return turn;
      }
      await delay(1 + Math.random() * Math.min(ahead, MAX_POLL_MS), signal);
    }
  } catch (error) {
    await leave();
    throw error;
  }
}
