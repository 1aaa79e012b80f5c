import { cloneValue } from "../../values.ts";
import { evaluateTransfers } from "../transfer.ts";
import type { EventRun } from "../event_run.ts";
import type { SetValuesConfig } from "../handler_config.ts";

/** Sets values of the document. */
export async function setValues(
  config: SetValuesConfig,
  run: EventRun,
): Promise<void> {
  const context = run.context({ "set-values": cloneValue(config.section) });
  if (!await run.allows(config.condition, context)) return;
  run.commit(await evaluateTransfers(config.set, context, run));
}
