import { assign } from "../document/assignment.ts";
import type { Operation } from "../document/change.ts";
import { fileNamedBy } from "../util/read_text.ts";
import type { Mapping } from "../values.ts";
import type { EventRun } from "./run.ts";
import type { Transfer } from "./sections.ts";

/**
 * Renders transfers in one context: they do not see each other.
 *
 * @param transfers The transfers. One whose `from` renders to nothing is left
 * out.
 * @param context The template context.
 * @param run The event at work.
 * @returns The operations that carry them out.
 * @throws {CicdStateError} `PATH`, `INPUT` or `PERMISSION`.
 */
export async function evaluateTransfers(
  transfers: readonly Transfer[],
  context: Mapping,
  run: EventRun,
): Promise<Operation[]> {
  const operations: Operation[] = [];
  for (const { from, to, where } of transfers) {
    const text = (await run.render(from, context)).trim();
    if (text === "") continue;
    const target = (await run.render(to, context)).trim();
    if (target === "") {
      run.services.log.warn(`Skipped "${where}": its "to" is blank`);
      continue;
    }
    const path = fileNamedBy(from, text);
    const value = path === undefined
      ? text
      : await run.services.loadFile(path, `${where}.from`);
    operations.push(assign(target, value));
  }
  return operations;
}
