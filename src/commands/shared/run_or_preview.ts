import type { PipelineEvent } from "../../events/types.ts";
import type { CicdStateMgr } from "../../manager/manager.ts";
import type { HandleEventOptions } from "../../manager/options.ts";
import {
  type CHANGES,
  checkAbsentFlag,
  type DRY_RUN_OUTPUT,
  type EVENT,
  logDelivery,
} from "./changes.ts";
import {
  type DOCUMENT,
  type IF_ABSENT,
  renderingOf,
  type TEMPLATES,
  type WRITE,
} from "./command.ts";
import type { FlagValues, Services } from "./types.ts";

/** The flags that it reads. */
type EventFlags = FlagValues<
  & typeof EVENT
  & typeof CHANGES
  & typeof DOCUMENT
  & typeof DRY_RUN_OUTPUT
  & typeof IF_ABSENT
  & typeof TEMPLATES
  & typeof WRITE
>;

/**
 * Runs an event or, with `--dry-run`, prints what it would do.
 *
 * @param flags The flags.
 * @param event The event, if one is given.
 * @param services Opens the documents, writes to stdout and logs.
 * @param run Runs the event.
 * @throws {CicdStateError} `USAGE`, or what the event throws.
 */
export async function runOrPreview(
  flags: EventFlags,
  event: PipelineEvent | undefined,
  { open, out, log }: Pick<Services, "open" | "out" | "log">,
  run: (manager: CicdStateMgr, options: HandleEventOptions) => Promise<unknown>,
): Promise<void> {
  const change = [...flags.set, ...flags.setJson];
  checkAbsentFlag(flags.ifAbsent, change);
  const manager = await open();
  const options = {
    ...renderingOf(flags),
    change,
    requireEvent: !flags.ifPresent,
    onDelivery: logDelivery(log),
    ifAbsent: flags.ifAbsent,
    ifRevision: flags.ifRevision,
    ttlMs: flags.ttl,
  };
  if (flags.dryRun && event !== undefined) {
    const { preview } = await import("./preview.ts");
    const { output, showUrls } = flags;
    const services = { manager, out, output };
    return await preview(flags.id, event, { ...options, showUrls }, services);
  }
  await run(manager, options);
}
