import { assign } from "../document/assignment.ts";
import type { Operation } from "../document/change.ts";
import { list, object, present, required } from "../schema/composite.ts";
import { pathText } from "../schema/error.ts";
import { type About, type Schema, string } from "../schema/schema.ts";
import { fileNamedBy } from "../util/read_text.ts";
import type { Mapping } from "../values.ts";
import type { EventRun } from "./run.ts";
import { template } from "./template.ts";

/** A `{from, to}` of a config, before it is rendered. */
export interface Transfer {
  /** The template of the value. */
  readonly from: string;
  /** The template of the property path. */
  readonly to: string;
  /** Where it stands, for messages. */
  readonly where: string;
}

const KEYS = object({
  "from": present(
    template({
      description: "A template: the value. A blank one sets nothing.",
    }),
  ),
  "to": required(
    string({ description: "A template: the path that is set." }),
  ),
}, { isOpen: true });

const TRANSFER: Schema<Transfer> = {
  about: KEYS.about,
  json: (isPartial) => KEYS.json(isPartial),
  read(value, path, report) {
    const { from = "", to } = KEYS.read(value, path, report);
    return { from, to, where: pathText(path) };
  },
};

/**
 * A list of `{from, to}`.
 *
 * @param about What the list is for.
 * @returns The schema.
 */
export function transfers(about?: About): Schema<Transfer[]> {
  return list(TRANSFER, about);
}

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
