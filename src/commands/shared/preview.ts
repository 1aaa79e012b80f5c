import type { PipelineEvent } from "../../events/types.ts";
import { formatDryRun } from "../../events/dry_run.ts";
import type { CicdStateMgr } from "../../manager/manager.ts";
import type { PreviewOptions } from "../../manager/options.ts";
import type { Mapping } from "../../values.ts";

/** The services that a preview uses. */
interface PreviewServices {
  readonly manager: CicdStateMgr;
  /** Writes to stdout. */
  readonly out: (text: string) => void;
  readonly output: "text" | "json";
}

/**
 * Prints what the handlers of an event would send and set.
 *
 * @param id The document's id.
 * @param event The event.
 * @param options What the handlers run on.
 * @param services The manager and stdout.
 * @throws {CicdStateError} What the event would throw.
 */
export async function preview(
  id: string,
  event: PipelineEvent,
  options: PreviewOptions,
  { manager, out, output }: PreviewServices,
): Promise<void> {
  const outcome = await manager.previewEvent(id, event, options);
  const { failure, requests, operations } = outcome;
  const isEmpty = requests.length === 0 && operations.length === 0;
  // That nothing would be sent is not the news if the event fails.
  if (failure === undefined || !isEmpty) {
    const mask = (text: string) => manager.mask(text);
    if (output === "text") out(formatDryRun(outcome, mask));
    else {
      const { formatValue } = await import("./format_value.ts");
      const plan: object = { requests, operations };
      // Requests and operations consist of JSON values.
      out(mask(formatValue(plan as Mapping, "json")));
    }
  }
  if (failure !== undefined) throw failure;
}
