import { CicdStateError } from "../errors.ts";
import { pythonStr } from "../formats/python_text.ts";
import { assign } from "../document/assignment.ts";
import type { Operation } from "../document/change.ts";
import { describeType } from "../util/messages.ts";
import { fileNamedBy } from "../util/read_text.ts";
import { getKey, isMapping, type Mapping, type Value } from "../values.ts";
import { configValue } from "./config_value.ts";
import type { EventRun } from "./event_run.ts";
import type { ManualChoiceConfig, NotifyConfig } from "./handler_config.ts";
import type { Answer } from "./post.ts";

/** A `{from, to}` of a config, not rendered yet. */
export interface Transfer {
  /** The template of the value. */
  readonly from: string;
  /** The template of the property path. */
  readonly to: string;
  /** Where it is written, for messages. */
  readonly where: string;
}

/**
 * Reads a list of `{from, to}`.
 *
 * @param list The list; none counts as an empty one.
 * @param where Where it is written, for messages.
 * @returns The transfers.
 * @throws {CicdStateError} `CONFIG`.
 */
export function parseTransfers(
  list: Value | undefined,
  where: string,
): Transfer[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw wrongShape(where, list);
  return list.map((item, index) => {
    const at = `${where}[${index}]`;
    if (!isMapping(item)) throw wrongShape(at, item);
    const from = getKey(item, "from");
    const to = getKey(item, "to");
    if (from === undefined || typeof to !== "string") {
      throw wrongShape(at, item);
    }
    return { from: pythonStr(from), to, where: at };
  });
}

function wrongShape(where: string, found: Value): CicdStateError {
  const what = isMapping(found)
    ? `it has ${Object.keys(found).join(", ") || "no keys"}`
    : `it is ${describeType(found)}`;
  return new CicdStateError("CONFIG", `Cannot use "${where}": ${what}`, {
    hint: 'Write a list of {from: "TEMPLATE", to: "PATH"}',
  });
}

/**
 * Renders transfers, all in one context: they do not see each other.
 *
 * @param transfers The transfers. Those whose `from` renders to nothing are
 * left out.
 * @param context What their templates see.
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
      run.services.log.warn(`Passed over "${where}": its "to" is blank`);
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
