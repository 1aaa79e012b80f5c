import type { Value } from "../values.ts";
import {
  evaluateTransfers,
  parseTransfers,
  type Transfer,
} from "./transfer.ts";
import { configValue } from "./config_text.ts";
import type { EventRun } from "./event_run.ts";
import type { ManualChoiceConfig, NotifyConfig } from "./handler_config.ts";
import type { Answer } from "./post.ts";

/**
 * Lists what a handler takes from answers: what the config has for all of its
 * kind, then its own.
 *
 * @throws {CicdStateError} `CONFIG`.
 */
export function capturesOf(
  config: NotifyConfig | ManualChoiceConfig,
  run: EventRun,
): Transfer[] {
  const key = "auto-capture-response-data";
  const forAll = configValue(run.services.configData, config.kind, key);
  const where = `cicdstatemgr.${config.kind}.${key}`;
  return [...parseTransfers(forAll, where), ...config.captures];
}

/**
 * Sets what the captures take from an answer.
 *
 * @param captures What to take; all see the document as it was before.
 * @param answer The answer.
 * @param label The handler, for messages.
 * @param run The event at work.
 * @throws {CicdStateError} `PATH`, `INPUT` or `PERMISSION`.
 */
export async function capture(
  captures: readonly Transfer[],
  answer: Answer | undefined,
  label: string,
  run: EventRun,
): Promise<void> {
  if (answer === undefined || captures.length === 0) return;
  if (answer.json === undefined) {
    run.services.log.warn(
      `Captured nothing from the answer to ${label}: it is no JSON`,
    );
    return;
  }
  const body: Value = answer.json;
  run.commit(await evaluateTransfers(captures, run.context({ body }), run));
}
