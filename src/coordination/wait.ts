import { parseItemPath, valueAt } from "../document/path.ts";
import type { Snapshot, StateStore } from "../document/store.ts";
import { readDocument } from "../document/update.ts";
import { CicdStateError } from "../errors.ts";
import { stringifyJson } from "../formats/json_writer.ts";
import { abortable } from "../util/concurrency.ts";
import { formatDuration } from "../util/duration.ts";
import type { Value } from "../values.ts";
import { poll, type PollOptions } from "./poll.ts";

/** How long a wait takes at most, in milliseconds, if nothing else is said. */
export const DEFAULT_WAIT_MS = 600_000;

/** How much of a value a message shows. */
const MAX_SHOWN = 60;

/**
 * Options of {@linkcode CicdStateMgr.wait}.
 *
 * @example Wait for an approval
 * ```ts
 * import { CicdStateMgr, memoryStore } from "@cicdstatemgr/cicdstatemgr";
 * import { strictEqual } from "node:assert/strict";
 *
 * await using manager = await CicdStateMgr.open({
 *   config: { cicdstatemgr: { datasources: {} } },
 *   store: memoryStore(),
 * });
 * await manager.init("build-1", {
 *   appConfig: { "cicd-contexts": { stage: {} } },
 * });
 * const approval = manager.wait("build-1", "state.approval", {
 *   until: (value) => value === "yes" || value === "no",
 *   timeoutMs: 60_000,
 * });
 * await manager.set("build-1", { "state.approval": "yes" });
 * strictEqual(await approval, "yes");
 * ```
 */
export interface WaitOptions {
  /**
   * Decides whether a value is the one to wait for. It is called once for each
   * value that is seen. Default: any value is, even null.
   */
  readonly until?: ((value: Value) => boolean | Promise<boolean>) | undefined;
  /**
   * Milliseconds to wait at most. 0: the value must be there already.
   *
   * @default {600_000}
   */
  readonly timeoutMs?: number | undefined;
  /** Ends the wait: the call fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a wait found. */
export interface FoundValue {
  /** The value, as it is stored. */
  readonly value: Value;
  /** The document that has it. */
  readonly snapshot: Snapshot;
}

/**
 * Waits for a value.
 *
 * @param store The store.
 * @param id The document's id.
 * @param path Where the value will be.
 * @param options Which value, and how long to wait.
 * @returns The value and the document.
 * @throws {CicdStateError} `TIMEOUT`; `NOT_FOUND`, if the document does not exist or is removed; `STORE`, if the store was never reached; `PATH` or `PERMISSION`.
 */
export async function waitForValue(
  store: StateStore,
  id: string,
  path: string,
  options: WaitOptions & Pick<PollOptions, "pollMs" | "onOutage"> = {},
): Promise<FoundValue> {
  const { until = () => true, timeoutMs = DEFAULT_WAIT_MS } = options;
  const steps = parseItemPath(path);
  let revision: string | undefined;
  let value: Value | undefined;

  async function check(signal: AbortSignal): Promise<FoundValue | void> {
    // The document is read only if it has changed.
    if (
      revision !== undefined &&
      await store.revision(id, { signal }) === revision
    ) return;
    const snapshot = await readDocument(store, id, { signal });
    revision = snapshot.revision;
    value = valueAt(snapshot.document, steps);
    if (value !== undefined && await until(value)) return { value, snapshot };
  }
  return await poll(
    store,
    id,
    async (signal) => await abortable(check(signal), signal) ?? undefined,
    { ...options, timeoutMs, tooLate },
  );

  function tooLate(outage: CicdStateError | undefined): CicdStateError {
    const what = outage?.message ?? (
      revision === undefined
        ? "the document was not read in time"
        : value === undefined
        ? "nothing is there"
        : `it is ${show(value)}`
    );
    return new CicdStateError(
      "TIMEOUT",
      `Waited ${
        formatDuration(timeoutMs)
      } for "${path}" in document "${id}": ${what}`,
      { hint: "Check what sets it, or wait longer", cause: outage },
    );
  }
}

function show(value: Value): string {
  const text = stringifyJson(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
