import type { Handler } from "../handler.ts";

/** Every kind of handler. A handler is loaded when an event first needs it. */
const HANDLERS: ReadonlyMap<string, () => Promise<Handler>> = new Map([
  ["notify", async () => (await import("./notify.ts")).notify],
  [
    "manual-choice",
    async () => (await import("./manual_choice.ts")).manualChoice,
  ],
  [
    "trigger-pipeline",
    async () => (await import("./trigger_pipeline.ts")).triggerPipeline,
  ],
  ["respond", async () => (await import("./respond.ts")).respond],
  ["set-values", async () => (await import("./set_values.ts")).setValues],
]);

/** The name of every kind of handler, in the order of the documentation. */
export const HANDLER_KINDS: readonly string[] = [...HANDLERS.keys()];

/** Loads every kind of handler, in the order of {@linkcode HANDLER_KINDS}. */
export async function loadAllHandlers(): Promise<Handler[]> {
  return await Promise.all(Array.from(HANDLERS.values(), (load) => load()));
}

/**
 * Loads a kind of handler.
 *
 * @param kind Its name.
 * @returns The handler, or `undefined` if there is no such kind.
 */
export async function loadHandler(kind: string): Promise<Handler | undefined> {
  return await HANDLERS.get(kind)?.();
}
